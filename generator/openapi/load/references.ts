import { locationOf, type Location } from "../../diagnostics/location.ts";
import { identifierOf, isExampleReference, isObject, type JsonObject } from "../node.ts";
import { absoluteId, uriOf } from "./targets.ts";

/** A `$ref` as written, and the place of its value. */
export interface Reference {
  readonly reference: string;
  readonly at: Location;
  /** The absolute `$id` around it, if there is one: what it is resolved against. */
  readonly base?: string;
  /** Set when it names a dialect: it is well if that cannot be read. */
  readonly soft?: boolean;
}

/** What a walk over a parsed tree finds. */
export interface Survey {
  readonly references: readonly Reference[];
  /** Every `$id` (and OpenAPI 3.2's `$self`), absolute and as it is written: references to these lead to no file. */
  readonly ids: readonly string[];
  /** The keys to a value that contains itself, as YAML aliases can have it. */
  readonly cycle?: readonly string[];
  /** The keys to the first value that is nested too deep. */
  readonly tooDeep?: readonly string[];
  /** How many values there are, each counted as often as aliases repeat it. */
  readonly size: number;
}

/** Deeper than any real document by a factor of ten, and shallow enough for every recursion that follows. */
export const maxDepth = 400;

// Under these keys stand maps whose keys are names: "example" or "enum" is a name there and no keyword.
const maps = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "schemas",
  "responses",
  "parameters",
  "requestBodies",
  "headers",
  "examples",
  "links",
  "callbacks",
  "pathItems",
  "paths",
  "webhooks",
  "securitySchemes",
  "mediaTypes",
  "content",
  "encoding",
]);
// The values of these are data; a `$ref` inside them is no reference.
const literals = new Set(["example", "default", "enum", "const", "value"]);
const examples = new Set(["example", "value", "dataValue"]);
// These hold a schema, or a list of them.
const applicators = new Set([
  ...["items", "prefixItems", "contains", "additionalItems", "unevaluatedItems", "additionalProperties", "propertyNames"],
  ...["unevaluatedProperties", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "contentSchema", "dependencies"],
  ...["schema", "itemSchema", "components"],
]);

/** Whether what stands under a keyword is data: a `$ref` or an `$id` inside it is none. */
export function isDataKey(key: string, value: unknown): boolean {
  const holdsData = literals.has(key) || key.startsWith("x-") || (key === "examples" && Array.isArray(value));
  return holdsData && !(examples.has(key) && isExampleReference(value));
}

/** Whether what stands under a keyword is a map whose keys are names. */
export function isMapKey(key: string, value: unknown): boolean {
  return maps.has(key) && isObject(value);
}

/** Whether what stands under a keyword is read, as a schema or as what has schemas in it. */
export function isKnownKey(key: string): boolean {
  return maps.has(key) || applicators.has(key);
}

/** Finds the references of a tree to other files. A value that several aliases share is visited once. */
export function survey(file: string, tree: unknown): Survey {
  const references: Reference[] = [];
  const ids: string[] = [];
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  const keys: string[] = [];
  let cycle: readonly string[] | undefined;
  let tooDeep: readonly string[] | undefined;

  const visit = (value: object, isMap: boolean, literal: boolean, around: string | undefined): number => {
    const known = sizes.get(value);
    if (known !== undefined) return known;
    if (open.has(value)) {
      cycle ??= [...keys];
      return 1;
    }
    if (keys.length > maxDepth) {
      tooDeep ??= [...keys];
      return 1;
    }
    open.add(value);
    let size = 1;
    const keyword = !isMap && isObject(value);
    const id = keyword && !literal ? identifierOf(value) : undefined;
    const base = id === undefined ? around : absoluteId(id, around ?? uriOf(file));
    if (id !== undefined && base !== undefined) ids.push(id, base);
    // Every value of a document passes here: no pair is made for each.
    const names = Object.keys(value);
    const members: readonly unknown[] = Object.values(value);
    for (let index = 0; index < names.length; index++) {
      const key = names[index] ?? "";
      const inner = members[index];
      keys.push(key);
      if (typeof inner === "string" && !literal && !inner.startsWith("#")) {
        const soft = keyword && isDialect(key, inner, value);
        if (key === "$ref" || key === "$dynamicRef" || soft)
          references.push({
            reference: inner,
            at: locationOf(file, keys),
            ...(base === undefined ? {} : { base }),
            ...(soft ? { soft } : {}),
          });
      }
      if (typeof inner === "object" && inner !== null)
        size += visit(inner, keyword && isMapKey(key, inner), literal || (keyword && isDataKey(key, inner)), base);
      else size += 1;
      keys.pop();
    }
    open.delete(value);
    sizes.set(value, size);
    return size;
  };

  const size = typeof tree === "object" && tree !== null ? visit(tree, false, false, undefined) : 1;
  return { references, ids, size, ...(cycle === undefined ? {} : { cycle }), ...(tooDeep === undefined ? {} : { tooDeep }) };
}

/** Whether a keyword names a dialect of JSON Schema that is not known. Editors read a `$schema` at the root of a document; it is none. */
function isDialect(key: string, value: string, owner: JsonObject): boolean {
  if (key !== "$schema" && key !== "jsonSchemaDialect") return false;
  const isDocument = "openapi" in owner || "swagger" in owner || "overlay" in owner;
  return isDocument === (key === "jsonSchemaDialect") && !isDialectKnown(value);
}

/** Whether a dialect is one of JSON Schema's or OpenAPI's own, whose keywords all are read. */
export function isDialectKnown(dialect: string): boolean {
  return /^https?:\/\/(json-schema|spec\.openapis)\.org\//.test(dialect);
}
