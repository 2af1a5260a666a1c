/** Queries of some kinds of parameters, each kind an import: a part of what `wire/encode-parameters.ts` does, for a part of its weight. */
import type { ParameterDescriptor } from "../operation.js";
import { jsonText } from "../wire/classify.js";
import type { Place } from "../wire/errors.js";
import { percentEncode } from "../wire/percent.js";
import { delimiterOf } from "../wire/styles.js";
import { encoded, ownValue, refuse } from "./plain.js";
import type { Wire } from "./wire.js";

/** Writes a value that is neither null nor undefined as pairs, if the parameter is of its kind. */
export type QueryKind = (
  parameter: ParameterDescriptor,
  value: unknown,
  place: Place,
) => readonly string[] | undefined;

/**
 * A query whose parameters are plain, or of the kinds that are given. Throws an EncodeError for a value that is not declared or cannot
 * be written.
 */
export function queryOf(...kinds: readonly QueryKind[]): Wire {
  const pairs = (parameter: ParameterDescriptor, value: unknown, place: Place): readonly string[] => {
    for (const kind of kinds) {
      const written = kind(parameter, value, place);
      if (written !== undefined) return written;
    }
    const items: readonly unknown[] = Array.isArray(value) ? value.filter(isPresent) : [value];
    return items.map((item) => `${percentEncode(parameter.name)}=${encoded(item, place)}`);
  };
  return {
    query({ parameters = [] }, values = {}) {
      const declared = parameters.filter((parameter) => parameter.in === "query");
      for (const name of Object.keys(values)) {
        if (values[name] !== undefined && !declared.some((parameter) => parameter.name === name))
          refuse({ in: "query", name });
      }
      return declared
        .flatMap((parameter) => {
          const { name } = parameter;
          const value = ownValue(values, name);
          return isPresent(value) ? pairs(parameter, value, { in: "query", name }) : [];
        })
        .join("&");
    },
  };
}

/** A parameter whose `content` is JSON. */
export const asJson: QueryKind = ({ name, mediaType }, value, place) =>
  mediaType === undefined ? undefined : [`${percentEncode(name)}=${encoded(jsonText(value, place), place)}`];

/** A list, or the members of an object, in one text: `form` that is not exploded, `spaceDelimited` or `pipeDelimited`. */
export const delimited: QueryKind = (
  { name, style = "form", explode = style === "form", mediaType },
  value,
  place,
) => {
  if (explode || style === "deepObject" || mediaType !== undefined) return undefined;
  const items: readonly unknown[] | undefined = Array.isArray(value)
    ? value.filter(isPresent)
    : membersOf(value, place)?.flatMap((pair) => pair);
  if (items === undefined) return [`${percentEncode(name)}=${encoded(value, place)}`];
  const { wire, text } = delimiterOf(style);
  if (wire !== "," && items.some((item) => `${item}`.includes(text))) refuse(place);
  return items.length === 0
    ? []
    : [`${percentEncode(name)}=${items.map((item) => encoded(item, place)).join(wire)}`];
};

/** The members of an object, however deep they are: `deepObject`. */
export const deep: QueryKind = ({ name, style }, value, place) =>
  style === "deepObject" ? deepPairs(name, value, place) : undefined;

// Indices keep lists of objects apart; see `wire/expand-form.ts`.
function deepPairs(name: string, value: unknown, place: Place): string[] {
  const members: Members | undefined = Array.isArray(value)
    ? Object.entries(value.filter(isPresent))
    : membersOf(value, place);
  return (
    members?.flatMap(([key, member]) =>
      /[[\]]/.test(key) ? refuse(place) : deepPairs(`${name}[${key}]`, member, place),
    ) ?? [`${percentEncode(name)}=${encoded(value, place)}`]
  );
}

type Members = readonly (readonly [name: string, value: unknown])[];

/** The members of an object that are there; `undefined` for a scalar. What has a form of its own in JSON is refused. */
function membersOf(value: unknown, place: Place): Members | undefined {
  if (typeof value !== "object" || value === null || value instanceof Date) return undefined;
  if ("toJSON" in value || value instanceof Blob || value instanceof ArrayBuffer) refuse(place);
  return Object.entries(value).filter(([, member]) => isPresent(member));
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
