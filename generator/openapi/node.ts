import { child, type Location } from "../diagnostics/location.ts";

/** An object as JSON or YAML gave it. */
export type JsonObject = { readonly [key: string]: unknown };

/** A value as it was written, and where: a cursor into the parsed trees. */
export interface Node {
  readonly value: unknown;
  readonly at: Location;
  /** The file it stands in: what relative references start from. */
  readonly file: string;
  /** The nearest schema around it that has an `$id`: what `#/…` inside it starts from. */
  readonly resource?: Node;
  /** What the dynamic anchors mean here, by the schemas that were entered on the way: the outermost has the say. */
  readonly scope?: ReadonlyMap<string, Node>;
  /** The references that led here and were replaced by what they lead to, the last first. */
  readonly via?: Via;
}

/** A place that a reference led to, and the one before it. */
export interface Via {
  readonly at: Location;
  readonly before: Via | undefined;
}

/** Whether a value is an object, neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether an example is written in another file: data that looks just like that is not known in the wild. */
export function isExampleReference(value: unknown): boolean {
  return isBareReference(value) && /#|\.(json|ya?ml)$/i.test(value.$ref);
}

/** Whether a value is `{ $ref: "…" }` and nothing else. */
export function isBareReference(value: unknown): value is { readonly $ref: string } {
  return isObject(value) && typeof value["$ref"] === "string" && Object.keys(value).length === 1;
}

/** The `$id` of a schema, or the `$self` of a document; up to draft 7, `$id: "#name"` is no identifier but an anchor. */
export function identifierOf(value: JsonObject): string | undefined {
  const written = value["$id"] ?? ("openapi" in value ? value["$self"] : undefined);
  return typeof written === "string" && !written.startsWith("#") ? written : undefined;
}

/** The same node, as a resource of its own when it has an `$id`. */
export function entered(node: Node): Node {
  return isObject(node.value) && identifierOf(node.value) !== undefined ? { ...node, resource: node } : node;
}

/** The node behind a key; its value is `undefined` when there is none. */
export function member(node: Node, key: string | number): Node {
  const { value } = node;
  const inner: unknown =
    (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined; // An array is indexed by its decimal keys, too.
  return inside(node, key, inner);
}

/** The members of an object, in order; of anything else, none. */
export function* members(node: Node): Generator<readonly [string, Node]> {
  if (!isObject(node.value)) return;
  for (const key of Object.keys(node.value)) yield [key, inside(node, key, node.value[key])];
}

/** The items of an array; of anything else, none. */
export function items(node: Node): Node[] {
  return Array.isArray(node.value) ? node.value.map((item: unknown, index) => inside(node, index, item)) : [];
}

/** The same place, with a value of our making. */
export function withValue(node: Node, value: unknown): Node {
  return { ...node, value };
}

/** Sets a member; `obj.__proto__ = …` would change the prototype instead, and the key comes from the document. */
export function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** What a value is, in words: "an array", "null". */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function inside(node: Node, key: string | number, value: unknown): Node {
  const plain = typeof key === "number" || !/[~/#]/.test(key);
  // Concatenation is a rope in V8: it costs no copy until somebody reads the place.
  const at: Location = plain ? `${node.at}/${key}` : child(node.at, key);
  if (node.resource === undefined && node.via === undefined && node.scope === undefined) return { value, at, file: node.file };
  return { ...node, value, at };
}
