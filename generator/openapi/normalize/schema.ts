import { child } from "../../diagnostics/location.ts";
import type { Schema, SchemaObject } from "../shapes.ts";
import { entered, isObject, kindOf, member, members, put, withValue, type JsonObject, type Node } from "../node.ts";
import { finish, ignoreSibling, made, type Context, type Draft } from "./context.ts";
import { withScope } from "./dynamic-scope.ts";
import { withNull } from "./nullable.ts";
import { keywordReaders, literalKeyword, misplacedRequired } from "./schema-keywords.ts";
import { referenceTo } from "./schema-registry.ts";
import { isTypeName } from "./schema-type.ts";

/** Reads a schema of any dialect into JSON Schema 2020-12, whose references are all `#/components/schemas/<key>`. */
export function readSchema(written: Node, context: Context): Schema {
  const { value } = written;
  if (typeof value === "boolean") return value;
  if (!isObject(value)) {
    if (value === null) context.diagnostics.report("value-missing", written.at, { what: "the schema" }, { atKey: true });
    else if (isTypeName(value)) {
      // `items: string` can mean one thing alone.
      context.diagnostics.report("value-repaired", written.at, {
        what: "the schema",
        found: "the name of a type",
        expected: "an object",
        used: `\`type: ${value}\``,
      });
      return readSchema(withValue(written, { type: value }), context);
    } else
      context.diagnostics.report("value-wrong-kind", written.at, {
        what: "the schema",
        found: kindOf(value),
        expected: "an object",
      });
    return made({}, written, context);
  }
  const own = entered(written);
  const node = withScope(own, own.scope, context.bundle);
  const draft =
    typeof value["$ref"] === "string" || typeof value["$dynamicRef"] === "string" || value["$recursiveRef"] === "#"
      ? readReference(node, value, context)
      : readKeywords(node, context);
  return finish<SchemaObject>(isNullable(node, value, context) ? withNull(draft) : draft, node, context);
}

function readReference(node: Node, value: JsonObject, context: Context): Draft {
  const { $ref, $dynamicRef, $recursiveRef } = value;
  if ($recursiveRef === "#")
    context.diagnostics.report(
      "keyword-outdated",
      child(node.at, "$recursiveRef"),
      { keyword: "$recursiveRef", draft: "2019-09", effect: "it is read as $ref, whatever extends the schema" },
      { atKey: true },
    );
  const keys = [
    typeof $ref === "string" ? context.schemas.keyOf($ref, node) : undefined,
    typeof $dynamicRef === "string" ? context.schemas.keyOfDynamic($dynamicRef, node) : undefined,
    $recursiveRef === "#" ? context.schemas.keyOf(aroundReference(node, context), node) : undefined,
  ].filter((key) => key !== undefined);
  const [first, ...others] = keys.map((key): Draft => ({ $ref: referenceTo(key) }));
  const reference: Draft = { ...first };
  const siblings = Object.keys(value).length > 1;
  if (!siblings) return reference;
  // OpenAPI 3.1 schemas are JSON Schemas, where a reference is a keyword like others: https://spec.openapis.org/oas/v3.1.1#schema-object
  if (context.dialect === "3.1" || context.dialect === "3.2") {
    const draft = { ...reference, ...readKeywords(node, context) };
    const all: unknown[] = Array.isArray(draft["allOf"]) ? draft["allOf"] : [];
    return others.length === 0
      ? draft
      : { ...draft, allOf: made([...all, ...others.map((one) => made(one, node, context))], node, context) };
  }
  for (const [keyword, inner] of members(node)) {
    if (keyword === "description" || keyword === "summary" || keyword.startsWith("x-"))
      literalKeyword(keyword, inner, reference, context);
    else if (keyword !== "$ref" && keyword !== "nullable") ignoreSibling(keyword, node, context);
  }
  return reference;
}

/** What `#` means to the author of a schema in an API's document: the outermost schema around, or the one with an `$id`. */
function aroundReference(node: Node, { bundle }: Context): string {
  const scope = bundle.anchors.scopeOf(node);
  const isOwn = scope === node.resource?.at;
  return isOwn ? "#" : scope.slice(scope.indexOf("#"));
}

function readKeywords(node: Node, context: Context): Draft {
  const draft: Draft = {};
  const ignored = context.vocabulary.ignoredAt(node);
  for (const [keyword, inner] of members(node)) {
    if (ignored?.has(keyword) === true) {
      context.vocabulary.ignore(keyword, inner.at);
      continue;
    }
    const read = Object.hasOwn(keywordReaders, keyword) ? keywordReaders[keyword] : undefined;
    if (read === undefined) literalKeyword(keyword, inner, draft, context);
    else read({ node: inner, owner: node, keyword, draft, context, readSchema });
  }
  const misplaced = misplacedRequired(node);
  if (misplaced.length > 0)
    draft["required"] = [
      ...new Set([...(Array.isArray(draft["required"]) ? (draft["required"] as unknown[]) : []), ...misplaced]),
    ]; // `isArray` gives any[].
  return draft;
}

function isNullable(node: Node, value: JsonObject, context: Context): boolean {
  if (value["x-nullable"] === true && context.dialect === "2.0") return true;
  if (value["nullable"] !== true && value["nullable"] !== "true") return false;
  if (context.dialect === "3.1" || context.dialect === "3.2")
    context.diagnostics.report("nullable-outdated", member(node, "nullable").at, { dialect: context.dialect }, { atKey: true });
  return true;
}

/** A schema made of what a node says, for places that have no schema of their own. */
export function readInlineSchema(node: Node, keywords: readonly string[], context: Context): Schema {
  if (!isObject(node.value)) return made({}, node, context);
  const value: Record<string, unknown> = {};
  for (const keyword of Object.keys(node.value)) if (keywords.includes(keyword)) put(value, keyword, node.value[keyword]);
  return readSchema({ ...node, value }, context);
}
