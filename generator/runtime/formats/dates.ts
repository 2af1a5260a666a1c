import type { Codec } from "../operation.js";
import { isDate, isDateTime } from "../validation/formats/date-time.js";
import { FormatError } from "./apply.js";

/**
 * `date-time` (RFC 3339, §5.6) as a Date. What a Date cannot hold is lost: the offset, and digits beyond the millisecond. A leap second,
 * and a year that RFC 3339 cannot write, are refused.
 */
export const dateTimeAsDate: Codec<Date> = {
  decode: reading((text) => {
    if (!isDateTime(text)) return undefined;
    return new Date(text.toUpperCase().replace(" ", "T"));
  }, "must be a date-time that a Date can hold"),
  encode: writing((date) => date.toISOString()),
};

/** `date` (RFC 3339, §5.6) as the Date of its midnight in UTC. A Date with a time of day is refused: which day is meant depends on the zone. */
export const dateAsDate: Codec<Date> = {
  decode: reading((text) => (isDate(text) ? new Date(text) : undefined), "must be a date"),
  encode: writing((date) => {
    const text = date.toISOString();
    if (!text.endsWith("T00:00:00.000Z")) throw new FormatError(`must be midnight in UTC, and is ${text}`);
    return text.slice(0, 10);
  }),
};

/** Whole seconds since 1970 (`unixtime` of the format registry, also spelled `unix-time`) as a Date. */
export const unixTimeAsDate: Codec<Date> = {
  decode(wire) {
    if (typeof wire !== "number") return wire as Date;
    const date = new Date(wire * 1000);
    if (!Number.isInteger(wire) || Number.isNaN(date.getTime()))
      throw new FormatError("must be whole seconds that a Date can hold");
    return date;
  },
  encode: writing((date) => {
    if (date.getTime() % 1000 !== 0)
      throw new FormatError(`must be a whole second, and is ${date.toISOString()}`);
    return date.getTime() / 1000;
  }),
};

// What is no text is handed on: null where that is allowed, and what the validator has more to say of.
function reading(parse: (text: string) => Date | undefined, message: string): Codec<Date>["decode"] {
  return (wire) => {
    if (typeof wire !== "string") return wire as Date;
    const date = parse(wire);
    if (date === undefined || Number.isNaN(date.getTime())) throw new FormatError(message);
    return date;
  };
}

function writing(write: (date: Date) => unknown): Codec["encode"] {
  return (value) => {
    if (!(value instanceof Date)) return value;
    if (Number.isNaN(value.getTime())) throw new FormatError("is an invalid Date");
    if (!/^\d{4}-/.test(value.toISOString()))
      throw new FormatError("is a Date beyond the years 0000 to 9999, which RFC 3339 cannot write");
    return write(value);
  };
}
