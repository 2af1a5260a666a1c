import type { ParameterDescriptor } from "../operation.js";
import { classify, memberText, omitted, refuse } from "./classify.js";
import type { Place } from "./errors.js";
import { delimiterOf, spellingOf } from "./styles.js";

/** What the expansion of a form needs to know of a member. */
export type FormMember = Pick<ParameterDescriptor, "in" | "name" | "style" | "explode">;

/** A value as name and value pairs, each already encoded: the styles of queries, cookies and urlencoded forms. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/**
 * Expands a value into pairs by `form`, `spaceDelimited`, `pipeDelimited`, `deepObject` or `cookie` (OpenAPI 3.1.1, §4.8.12.4).
 * `encode` is applied to every name and value; `encodeMember` to what stands between delimiters. An empty list or object makes
 * no pairs (RFC 6570, §2.3).
 */
export function expandForm(
  member: FormMember,
  value: unknown,
  encode: (text: string) => string,
  encodeMember: (text: string) => string,
  place: Place,
): Pairs {
  if (omitted(value)) return [];
  const { style, explode } = spellingOf(member);
  if (style === "deepObject") return expandDeep(member.name, value, encode, place);

  const classified = classify(value, place);
  const name = encode(member.name);
  if (classified.kind === "scalar") return [[name, encode(classified.text)]];
  if (explode) {
    return classified.kind === "array"
      ? classified.items.map((item) => [name, encode(memberText(item, place))] as const)
      : classified.entries.map(([key, each]) => [encode(key), encode(memberText(each, place))] as const);
  }
  const delimiter = delimiterOf(style);
  const members =
    classified.kind === "array"
      ? classified.items.map((item) => memberText(item, place))
      : classified.entries.flatMap(([key, each]) => [key, memberText(each, place)]);
  if (members.length === 0) return [];
  if (delimiter.wire !== "," && members.some((text) => text.includes(delimiter.text))) {
    return refuse(
      `holds ${JSON.stringify(delimiter.text)}, which the style ${style} cannot tell from its delimiter`,
      place,
    );
  }
  return [[name, members.map(encodeMember).join(delimiter.wire)]];
}

// `a[b][0]=…`: the specification leaves arrays and deeper objects open; indices are the one spelling that keeps lists of objects apart.
function expandDeep(name: string, value: unknown, encode: (text: string) => string, place: Place): Pairs {
  if (omitted(value)) return [];
  const classified = classify(value, place);
  if (classified.kind === "scalar") return [[encode(name), encode(classified.text)]];
  const entries =
    classified.kind === "array"
      ? classified.items.map((item, index) => [String(index), item] as const)
      : classified.entries;
  return entries.flatMap(([key, each]) => {
    if (/[[\]]/.test(key))
      return refuse(
        `has the key ${JSON.stringify(key)}, which the style deepObject cannot tell from its brackets`,
        place,
      );
    return expandDeep(`${name}[${key}]`, each, encode, place);
  });
}
