/** The readers of keywords that hold values: `enum`, `pattern`, `example` and `examples`. */
import { isObject, items, kindOf, member, members, type Node } from "../node.ts";
import { exampleValue, ignored, literal } from "./fields.ts";
import { made, type Context } from "./context.ts";
import type { KeywordReader } from "./schema-keywords.ts";

export const enumeration: KeywordReader = ({ node, owner, draft, context }) => {
  if (Array.isArray(node.value)) {
    if (isOfItems(node, owner)) ignored(node, "an array of arrays, or under items", context);
    else draft["enum"] = asTyped(node, owner, context) ?? literal(node, context);
  } else if (isObject(node.value) || node.value === null) ignored(node, "an array", context);
  else {
    context.diagnostics.report("value-repaired", node.at, {
      what: '"enum"',
      found: kindOf(node.value),
      expected: "an array",
      used: "an array of it",
    });
    draft["enum"] = [node.value];
  }
};

/** `type: array, items: { enum: [a] }, enum: [a]` says twice what items are: as it stands, no array would be valid. */
function isOfItems(node: Node, owner: Node): boolean {
  const own = items(node);
  const inner: unknown = member(member(owner, "items"), "enum").value;
  return (
    member(owner, "type").value === "array" &&
    Array.isArray(inner) &&
    own.length > 0 &&
    own.every(({ value }) => !Array.isArray(value) && inner.includes(value))
  );
}

/**
 * `type: string, enum: [1, 2]` has quotes forgotten, and `type: integer, enum: ["1", "2"]` has too many: as they stand, no value
 * would be valid. `undefined` when some value is of the type, since that one may be meant.
 */
function asTyped(node: Node, owner: Node, context: Context): unknown[] | undefined {
  const written: unknown = member(owner, "type").value;
  const types: readonly unknown[] = Array.isArray(written) ? written : [written];
  const [type, other] = types.filter((one) => one !== "null");
  const values = items(node).filter((item) => item.value !== null);
  if (typeof type !== "string" || other !== undefined || values.length === 0) return undefined;
  const read: (string | number | boolean)[] = [];
  for (const item of values) {
    const value = retyped(item, type, context);
    if (value === undefined) return undefined;
    read.push(value);
  }
  context.diagnostics.report("value-repaired", node.at, {
    what: `each value of this "enum"`,
    found: kindOf(values[0]?.value),
    expected: `of type ${type}`,
    used: JSON.stringify(read[0]),
  });
  const nulls = items(node).filter((item) => item.value === null);
  return made([...read, ...nulls.map(() => null)], node, context);
}

/** A scalar as one of another type that is spelled alike; `undefined` when it is of that type already, or cannot be. */
function retyped(node: Node, type: string, context: Context): string | number | boolean | undefined {
  const { value } = node;
  if (type === "string") {
    if (typeof value !== "number") return typeof value === "boolean" ? String(value) : undefined;
    // Asked for numbers alone: to find the place in a large text takes long.
    const spelled = context.bundle.textAt(node)?.trim();
    return spelled !== undefined && Number(spelled) === value ? spelled : String(value);
  }
  if (typeof value !== "string") return undefined;
  if (type === "boolean") return value === "true" ? true : value === "false" ? false : undefined;
  const isNumber = type === "integer" ? /^-?\d+$/.test(value) : type === "number" && /^-?\d+(\.\d+)?$/.test(value);
  return isNumber ? Number(value) : undefined;
}

/**
 * `/^[a-z]+$/` is a regular expression as JavaScript writes it: as a pattern, it wants a slash before the beginning, which nothing has.
 * JSON Schema has no flags, so that one that ignores case cannot be said.
 */
export const pattern: KeywordReader = ({ node, draft, context }) => {
  const { value } = node;
  if (typeof value !== "string") return ignored(node, "a string", context);
  const [, source, flags = ""] = /^\/(\^.*\$)\/([dgimsuvy]*)$/s.exec(value) ?? [];
  if (source === undefined) draft["pattern"] = value;
  else if (flags.includes("i")) ignored(node, "a regular expression without slashes and flags", context);
  else {
    context.diagnostics.report("value-repaired", node.at, {
      what: '"pattern"',
      found: value,
      expected: "a regular expression without slashes",
      used: source,
    });
    draft["pattern"] = source;
  }
};

export const example: KeywordReader = ({ node, draft, context }) => {
  const others: unknown[] = Array.isArray(draft["examples"]) ? draft["examples"] : [];
  draft["examples"] = [exampleValue(node, context), ...others];
};

export const examples: KeywordReader = ({ node, draft, context }) => {
  const before: unknown[] = Array.isArray(draft["examples"]) ? draft["examples"] : [];
  if (Array.isArray(node.value)) {
    draft["examples"] = [...before, ...items(node).map((item) => literal(item, context))];
    return;
  }
  // The map of Example Objects that media types have.
  const used = [...members(node)].map(([, inner]) =>
    isObject(inner.value) && "value" in inner.value ? literal(member(inner, "value"), context) : literal(inner, context),
  );
  context.diagnostics.report(
    "value-repaired",
    node.at,
    { what: '"examples"', found: kindOf(node.value), expected: "an array", used: "an array of its values" },
    { atKey: true },
  );
  draft["examples"] = [...before, ...(isObject(node.value) ? used : [literal(node, context)])];
};
