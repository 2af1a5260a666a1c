import { withValue, type Node, items } from "../node.ts";
import type { Context, Draft } from "./context.ts";
import { ignored } from "./fields.ts";

const typeNames = new Set(["null", "boolean", "object", "array", "number", "string", "integer"]);

/** Whether a value is the name of one of the types of JSON Schema. */
export function isTypeName(value: unknown): value is string {
  return typeof value === "string" && typeNames.has(value);
}

// What people write for the seven types of JSON Schema; `undefined` says that any value is meant.
const meant: Readonly<Record<string, string | undefined>> = {
  int: "integer",
  int32: "integer",
  int64: "integer",
  long: "integer",
  short: "integer",
  float: "number",
  double: "number",
  decimal: "number",
  bool: "boolean",
  str: "string",
  date: "string",
  datetime: "string",
  "date-time": "string",
  uuid: "string",
  map: "object",
  dict: "object",
  list: "array",
  any: undefined,
};

/** Reads `type`: one name or several. An unknown name is repaired when it can only mean one thing. */
export function readType(node: Node, draft: Draft, context: Context): void {
  const { value } = node;
  // `type: null`, without quotes, is YAML's null; only the type of that name can be meant.
  if (value === null) {
    context.diagnostics.report("type-unknown", node.at, { type: "null without quotes", used: '"null"' });
    draft["type"] = "null";
    return;
  }
  if (value === "file") return readFile(node, draft, context);
  if (!Array.isArray(value) && typeof value !== "string") return ignored(node, "a string or an array", context);
  const written = Array.isArray(value) ? items(node) : [node];
  const types = new Set<string>();
  for (const item of written) {
    const type = readName(item.value === null ? withValue(item, "null") : item, context);
    if (type === undefined) return;
    types.add(type);
  }
  const [first, ...others] = types;
  if (first !== undefined) draft["type"] = others.length === 0 ? first : [first, ...others];
}

function readName(node: Node, context: Context): string | undefined {
  const { value } = node;
  if (typeof value !== "string") {
    ignored(node, "the name of a type", context);
    return undefined;
  }
  if (typeNames.has(value)) return value;
  const lower = value.toLowerCase();
  const used = typeNames.has(lower) ? lower : Object.hasOwn(meant, lower) ? meant[lower] : undefined;
  context.diagnostics.report("type-unknown", node.at, { type: `"${value}"`, used: used === undefined ? undefined : `"${used}"` });
  return used;
}

/** `type: file` belongs to Swagger 2.0; since 3.0 it is a binary string. */
function readFile(node: Node, draft: Draft, context: Context): void {
  if (context.dialect !== "2.0")
    context.diagnostics.report("type-unknown", node.at, { type: '"file"', used: '"string" with format "binary"' });
  draft["type"] = "string";
  draft["format"] = "binary";
}
