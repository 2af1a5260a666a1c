import { isBareReference, isObject, items, kindOf, member, members, put, withValue, type Node } from "../node.ts";
import type { Schema } from "../shapes.ts";
import { countUnused, made, type Context, type Draft } from "./context.ts";
import { readDiscriminator } from "./discriminator.ts";
import { flag, ignored, literal, numeric, text } from "./fields.ts";
import { enumeration, example, examples, pattern } from "./keyword-values.ts";
import { readType } from "./schema-type.ts";
import { through } from "./through.ts";

/** What the reader of a keyword works on. */
export interface Keyword {
  readonly node: Node;
  /** The schema it stands in. */
  readonly owner: Node;
  readonly keyword: string;
  readonly draft: Draft;
  readonly context: Context;
  readonly readSchema: (node: Node, context: Context) => Schema;
}

export type KeywordReader = (keyword: Keyword) => void;

/** Puts a value in as it is written. */
export function literalKeyword(keyword: string, node: Node, draft: Draft, context: Context): void {
  put(draft, keyword, literal(node, context));
}

const simple =
  (reader: (node: Node, context: Context) => unknown): KeywordReader =>
  ({ node, keyword, draft, context }) => {
    if (node.value === null)
      return context.diagnostics.report("value-missing", node.at, { what: `"${keyword}"` }, { atKey: true });
    const value = reader(node, context);
    if (value !== undefined) draft[keyword] = value;
  };

const schema: KeywordReader = ({ node, keyword, draft, context, readSchema }) => {
  draft[keyword] = readSchema(node, context);
};

/** Reads through a reference that stands where a keyword's value belongs. */
const followed =
  (read: KeywordReader): KeywordReader =>
  (keyword) => {
    const node = isBareReference(keyword.node.value) ? through(keyword.node, keyword.context) : keyword.node;
    if (node !== undefined) read({ ...keyword, node });
  };

const schemas: KeywordReader = ({ node, keyword, draft, context, readSchema }) => {
  // `allOf: { $ref: … }` with its dash forgotten means a list of one.
  const list = isObject(node.value) ? [withValue(node, node.value)] : items(node);
  if (isObject(node.value))
    context.diagnostics.report(
      "value-repaired",
      node.at,
      { what: `"${keyword}"`, found: "an object", expected: "an array", used: "an array of it" },
      { atKey: true },
    );
  else if (!Array.isArray(node.value)) return ignored(node, "an array", context);
  // An empty list is forbidden and says nothing.
  if (list.length > 0)
    draft[keyword] = made(
      list.map((item) => readSchema(item, context)),
      node,
      context,
    );
};

const schemaMap: KeywordReader = ({ node, keyword, draft, context, readSchema }) => {
  if (node.value === null) return context.diagnostics.report("value-missing", node.at, { what: `"${keyword}"` }, { atKey: true });
  if (!isObject(node.value))
    return context.diagnostics.report("value-wrong-kind", node.at, {
      what: `"${keyword}"`,
      found: kindOf(node.value),
      expected: "an object",
    });
  const map: Draft = {};
  for (const [name, inner] of members(node)) put(map, name, readSchema(inner, context));
  draft[keyword] = made(map, node, context);
};

/** A tuple of older drafts, `items: [A, B]`, is `prefixItems`, and its `additionalItems` are `items`. */
const itemsKeyword: KeywordReader = (keyword) => {
  const { node, draft, context, readSchema } = keyword;
  if (!Array.isArray(node.value)) return schema(keyword);
  if (node.value.length > 0)
    draft["prefixItems"] = made(
      items(node).map((item) => readSchema(item, context)),
      node,
      context,
    );
};

const additionalItems: KeywordReader = ({ node, owner, draft, context, readSchema }) => {
  if (Array.isArray(member(owner, "items").value)) draft["items"] = readSchema(node, context);
};

const number = simple(numeric);
const string = simple(text);
const boolean = simple(flag);
const dropped: KeywordReader = () => {};

/** `exclusiveMinimum: true` beside `minimum: 1` is `exclusiveMinimum: 1` since JSON Schema draft 6. */
const exclusive =
  (limit: "minimum" | "maximum"): KeywordReader =>
  (keyword) => {
    const { node, owner, draft, context } = keyword;
    if (typeof node.value !== "boolean") return number(keyword);
    const bound = member(owner, limit);
    if (!node.value) return;
    const value = bound.value === undefined ? undefined : numeric(bound, context);
    if (value === undefined) ignored(node, `a boolean beside "${limit}"`, context);
    else draft[keyword.keyword] = value;
  };

const bound =
  (exclusiveKeyword: string): KeywordReader =>
  (keyword) => {
    if (member(keyword.owner, exclusiveKeyword).value !== true) number(keyword);
  };

const required: KeywordReader = ({ node, draft, context }) => {
  const { value } = node;
  if (typeof value === "boolean")
    return context.diagnostics.report("required-misplaced", node.at, { value: String(value) }, { atKey: true });
  const names: unknown[] = Array.isArray(value) ? value : typeof value === "string" ? [value] : [];
  if (!Array.isArray(value)) {
    if (typeof value !== "string") return ignored(node, "an array of names", context);
    context.diagnostics.report("value-repaired", node.at, {
      what: '"required"',
      found: "a string",
      expected: "an array",
      used: JSON.stringify([value]),
    });
  }
  draft["required"] = [...new Set(names.map(String))];
};

/** The properties whose own schemas say `required: true`, as parameters do; it means the list of the object around them. */
export function misplacedRequired(owner: Node): string[] {
  return [...members(member(owner, "properties"))]
    .filter(([, inner]) => isObject(inner.value) && inner.value["required"] === true)
    .map(([name]) => name);
}

/** OpenAPI 3.0's `format: byte` is JSON Schema's `contentEncoding: base64`: https://spec.openapis.org/oas/v3.1.1#data-type-format */
const format: KeywordReader = (keyword) => {
  if (keyword.node.value === "byte") keyword.draft["contentEncoding"] = "base64";
  else string(keyword);
};

/** `dependencies` of draft 4 to 7 has become two keywords. */
const dependencies: KeywordReader = ({ node, draft, context, readSchema }) => {
  for (const [name, inner] of members(node)) {
    const keyword = Array.isArray(inner.value) ? "dependentRequired" : "dependentSchemas";
    const map = draft[keyword];
    const target: Draft = isObject(map) ? { ...map } : {};
    put(target, name, Array.isArray(inner.value) ? inner.value : readSchema(inner, context));
    draft[keyword] = target;
  }
};

/** The keywords that are read in a way of their own; all others are kept as they are written. */
export const keywordReaders: Readonly<Record<string, KeywordReader>> = {
  // References lead to `components.schemas` after this; what only named a place has done its work.
  $ref: dropped,
  $dynamicRef: dropped,
  $id: dropped,
  $schema: string,
  $anchor: dropped,
  $dynamicAnchor: dropped,
  $recursiveRef: dropped,
  $recursiveAnchor: dropped,
  id: ({ node, keyword, draft, context }) => {
    if (typeof node.value !== "string") return literalKeyword(keyword, node, draft, context);
    const effect = "no reference is resolved against it, nor finds the schema by it";
    context.diagnostics.report("keyword-outdated", node.at, { keyword, draft: "draft 4", effect }, { atKey: true });
  },
  $vocabulary: dropped,
  $defs: dropped,
  definitions: dropped,
  nullable: dropped,
  "x-nullable": ({ node, draft, context }) =>
    context.dialect === "2.0" ? undefined : literalKeyword("x-nullable", node, draft, context),
  type: followed(({ node, draft, context }) => readType(node, draft, context)),
  enum: followed(enumeration),
  example,
  examples: followed(examples),
  required: followed(required),
  // XML goes through as text, so that nobody asks how it would be written.
  xml: ({ node, draft, context }) => {
    countUnused("xml", "a schema", node.at, context);
    literalKeyword("xml", node, draft, context);
  },
  format,
  dependencies,
  title: string,
  description: string,
  pattern,
  contentMediaType: string,
  contentEncoding: string,
  $comment: string,
  deprecated: boolean,
  readOnly: boolean,
  writeOnly: boolean,
  uniqueItems: boolean,
  minLength: number,
  maxLength: number,
  minItems: number,
  maxItems: number,
  minContains: number,
  maxContains: number,
  minProperties: number,
  maxProperties: number,
  multipleOf: number,
  minimum: bound("exclusiveMinimum"),
  maximum: bound("exclusiveMaximum"),
  exclusiveMinimum: exclusive("minimum"),
  exclusiveMaximum: exclusive("maximum"),
  items: itemsKeyword,
  additionalItems,
  prefixItems: schemas,
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
  contains: schema,
  unevaluatedItems: schema,
  additionalProperties: schema,
  propertyNames: schema,
  unevaluatedProperties: schema,
  not: schema,
  if: schema,
  then: schema,
  else: schema,
  contentSchema: schema,
  properties: followed(schemaMap),
  patternProperties: followed(schemaMap),
  dependentSchemas: followed(schemaMap),
  discriminator: followed(({ node, owner, draft, context }) => {
    // It tells the members of a union apart; who extends a schema by allOf is not looked for.
    if (member(owner, "oneOf").value === undefined && member(owner, "anyOf").value === undefined)
      countUnused("discriminator", "a schema without oneOf and anyOf", node.at, context);
    const discriminator = readDiscriminator(node, context);
    if (discriminator !== undefined) draft["discriminator"] = discriminator;
  }),
};
