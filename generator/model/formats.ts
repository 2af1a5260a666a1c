/**
 * The formats whose TypeScript type can be chosen: one row decides the type, what travels, how it is read and written, and so what
 * fixtures hold. The codecs themselves stand in generator/runtime/formats/, since clients and servers ship them.
 */
import type { SchemaObject, TypeName } from "../openapi/shapes.ts";
import { byteAsUint8Array } from "../runtime/formats/bytes.ts";
import { dateAsDate, dateTimeAsDate, unixTimeAsDate } from "../runtime/formats/dates.ts";
import { int64AsBigint, int64TextAsBigint, uint64AsBigint, uint64TextAsBigint } from "../runtime/formats/integers.ts";
import type { Codec } from "../runtime/operation.ts";
import type { ApiModel } from "./api-model.ts";

/** What a format becomes, by its name: `{ "date-time": "Date" }`. What is not named has its default. */
export type Formats = Readonly<Record<string, string>>;

/** A choice of the user: a TypeScript type, and the codec between its values and the wire. */
export interface FormatChoice {
  readonly type: string;
  /** What JSON has there. */
  readonly json: "string" | "integer";
  /** The name that the codec is exported by. */
  readonly codec: CodecName;
  /** The module of generator/runtime/formats/ that exports it. */
  readonly module: "bytes" | "dates" | "integers";
}

export interface FormatRow {
  /** The type without a choice. */
  readonly default: string;
  /** What may be chosen: one for each JSON type that the format is written with. */
  readonly choices: readonly FormatChoice[];
}

const codecs = {
  byteAsUint8Array,
  dateAsDate,
  dateTimeAsDate,
  int64AsBigint,
  int64TextAsBigint,
  uint64AsBigint,
  uint64TextAsBigint,
  unixTimeAsDate,
} satisfies Readonly<Record<string, Codec>>;
export type CodecName = keyof typeof codecs;

const unixTime: FormatRow = {
  default: "number",
  choices: [{ type: "Date", json: "integer", codec: "unixTimeAsDate", module: "dates" }],
};

/** The table. */
export const formatTable: Readonly<Record<string, FormatRow>> = {
  "date-time": {
    default: "string",
    choices: [{ type: "Date", json: "string", codec: "dateTimeAsDate", module: "dates" }],
  },
  date: { default: "string", choices: [{ type: "Date", json: "string", codec: "dateAsDate", module: "dates" }] },
  unixtime: unixTime,
  "unix-time": unixTime,
  int64: {
    default: "number",
    choices: [
      { type: "bigint", json: "integer", codec: "int64AsBigint", module: "integers" },
      { type: "bigint", json: "string", codec: "int64TextAsBigint", module: "integers" },
    ],
  },
  uint64: {
    default: "number",
    choices: [
      { type: "bigint", json: "integer", codec: "uint64AsBigint", module: "integers" },
      { type: "bigint", json: "string", codec: "uint64TextAsBigint", module: "integers" },
    ],
  },
  byte: {
    default: "string",
    choices: [{ type: "Uint8Array", json: "string", codec: "byteAsUint8Array", module: "bytes" }],
  },
};

/** The codec of a choice. */
export function codecNamed(name: CodecName): Codec {
  return codecs[name];
}

/** Whether the default of a format was chosen: then it has no codec, as if nothing were said. */
export function isDefault(format: string, type: string): boolean {
  return formatTable[format]?.default === type;
}

/**
 * What the user chose for a schema; nothing by default, for a schema of several types (`null` apart), and where constants say
 * more than the format does.
 */
export function choiceOf(model: Partial<Pick<ApiModel, "formats">>, schema: SchemaObject): FormatChoice | undefined {
  const { formats = {} } = model;
  const format = schema.format ?? (schema.contentEncoding === "base64" ? "byte" : undefined);
  if (format === undefined || schema.enum !== undefined || schema.const !== undefined) return undefined;
  const type = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (type === undefined) return undefined;
  const types: readonly TypeName[] = [schema.type ?? []].flat().filter((one) => one !== "null");
  const [json, ...others] = types;
  if (others.length > 0) return undefined;
  return formatTable[format]?.choices.find((choice) => choice.type === type && choice.json === json);
}
