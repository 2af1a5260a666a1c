import type { Schema, SchemaObject } from "../shapes.ts";
import { isObject, kindOf, member, members, put, type JsonObject, type Node } from "../node.ts";
import { finish, ignoreSibling, made, type Context, type Draft } from "./context.ts";
import { withNull } from "./nullable.ts";
import { keywordReaders, literalKeyword, misplacedRequired } from "./schema-keywords.ts";
import { referenceTo } from "./schema-registry.ts";

/** Reads a schema of any dialect into JSON Schema 2020-12, whose references are all `#/components/schemas/<key>`. */
export function readSchema(written: Node, context: Context): Schema {
  const { value } = written;
  if (typeof value === "boolean") return value;
  if (!isObject(value)) {
    if (value === null) context.diagnostics.report("value-missing", written.at, { what: "the schema" }, { atKey: true });
    else
      context.diagnostics.report("value-wrong-kind", written.at, {
        what: "the schema",
        found: kindOf(value),
        expected: "an object",
      });
    return made({}, written, context);
  }
  const node = typeof value["$id"] === "string" ? { ...written, resource: written } : written;
  const draft =
    typeof value["$ref"] === "string" || typeof value["$dynamicRef"] === "string"
      ? readReference(node, value, context)
      : readKeywords(node, context);
  return finish<SchemaObject>(isNullable(node, value, context) ? withNull(draft) : draft, node, context);
}

function readReference(node: Node, value: JsonObject, context: Context): Draft {
  const key =
    typeof value["$ref"] === "string"
      ? context.schemas.keyOf(value["$ref"], node)
      : dynamicTarget(node, String(value["$dynamicRef"]), context);
  const reference: Draft = key === undefined ? {} : { $ref: referenceTo(key) };
  const siblings = Object.keys(value).length > 1;
  if (!siblings) return reference;
  // OpenAPI 3.1 schemas are JSON Schemas, where a reference is a keyword like others: https://spec.openapis.org/oas/v3.1.1#schema-object
  if (context.dialect === "3.1" || context.dialect === "3.2") return { ...reference, ...readKeywords(node, context) };
  for (const [keyword, inner] of members(node)) {
    if (keyword === "description" || keyword === "summary" || keyword.startsWith("x-"))
      literalKeyword(keyword, inner, reference, context);
    else if (keyword !== "$ref" && keyword !== "nullable") ignoreSibling(keyword, node, context);
  }
  return reference;
}

/** Without a dynamic scope at hand, the anchor of that name is taken; when there are several, that is a guess and reported. */
function dynamicTarget(node: Node, reference: string, context: Context): string | undefined {
  const hash = reference.indexOf("#");
  const name = reference.slice(hash + 1);
  const dynamic = hash === 0 && !name.startsWith("/") ? context.bundle.dynamicAnchor(name, node) : undefined;
  if (dynamic === undefined) return context.schemas.keyOf(reference, node, member(node, "$dynamicRef").at);
  if (!dynamic.alone) context.diagnostics.report("dynamic-reference-guessed", member(node, "$dynamicRef").at, { reference });
  return context.schemas.keyAt(dynamic.node);
}

function readKeywords(node: Node, context: Context): Draft {
  const draft: Draft = {};
  for (const [keyword, inner] of members(node)) {
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
