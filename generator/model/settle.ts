import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import type { Location } from "../diagnostics/location.ts";
import type { Document } from "../openapi/document.ts";
import type { Schema, SchemaObject } from "../openapi/shapes.ts";
import { acceptsStrings, bytesSchema, meansBytes, type Use, useInside } from "./bytes.ts";
import { findUsage } from "./bytes-usage.ts";
import { subschemas, visitSubschemas } from "./walk.ts";

export interface Settled {
  /** The schema as the model has it when it is used so. */
  readonly settle: (schema: Schema, use?: Use) => Schema;
  /** A schema of `components.schemas`, as the model has it. */
  readonly settleNamed: (key: string, schema: Schema) => Schema;
  /** Where a node was written; one made here has the place of what it was made from. */
  readonly locate: (node: object) => Location;
}

/**
 * Makes `format: binary` mean bytes: it stays, or comes, where a value really is bytes, and goes elsewhere. A schema that is
 * used both ways keeps its name for the use without bytes, and stands in place of its reference in the other.
 */
export function settleBytes(document: Document, diagnostics: Diagnostics): Settled {
  const { usesOf, encodedAsBytes } = findUsage(document);
  const origins = new WeakMap<object, object>();
  const made: Record<Use, WeakMap<object, SchemaObject>> = {
    value: new WeakMap(),
    form: new WeakMap(),
    part: new WeakMap(),
    bytes: new WeakMap(),
  };
  const locate = (node: object): Location => document.locate(origins.get(node) ?? node);

  const settle = (schema: Schema, use: Use = "value"): Schema => {
    if (typeof schema === "boolean") return schema;
    const known = made[use].get(schema);
    if (known !== undefined) return known;
    // Found again on the way down: a circle of references, which holds no bytes of its own.
    made[use].set(schema, schema);
    const settled = settleObject(schema, use);
    if (settled !== schema) origins.set(settled, schema);
    made[use].set(schema, settled);
    return settled;
  };

  const settleObject = (schema: SchemaObject, use: Use): SchemaObject => {
    const inner = settleReference(settleInside(schema, use), use);
    const bytes = meansBytes(schema, use) || (use === "part" && encodedAsBytes.has(schema));
    if (bytes)
      return inner.format === "binary" && inner.type !== undefined
        ? inner
        : { ...inner, ...bytesSchema, ...(Array.isArray(inner.type) ? { type: inner.type } : {}) };
    if (inner.format !== "binary") return inner;
    if (acceptsStrings(schema)) diagnostics.report("binary-format-ignored", document.locate(schema), {});
    const { format: _format, ...rest } = inner;
    return rest;
  };

  const settleInside = (schema: SchemaObject, use: Use): SchemaObject => {
    let settled = schema;
    visitSubschemas(schema, (before, keyword, key) => {
      const after = settle(before, useInside(use, keyword));
      if (after !== before) settled = replaced(settled, key === undefined ? [keyword] : [keyword, key], after);
    });
    return settled;
  };

  // A reference to a schema whose bytes are lost under its name is replaced by what it refers to.
  const settleReference = (schema: SchemaObject, use: Use): SchemaObject => {
    if (schema.$ref === undefined || use === "value") return schema;
    const target = document.resolve(schema.$ref);
    if (useOfName(target.key) === use || !holdsBytes(target.schema, use)) return schema;
    const { $ref: _reference, ...beside } = schema;
    const inline = settle(target.schema, use);
    return typeof inline === "boolean" ? schema : { ...inline, ...beside };
  };

  const holdsBytes = (schema: Schema, use: Use, seen = new Set<Schema>()): boolean => {
    if (typeof schema === "boolean" || use === "value" || seen.has(schema)) return false;
    seen.add(schema);
    if (meansBytes(schema, use) || encodedAsBytes.has(schema)) return true;
    if (schema.$ref !== undefined && holdsBytes(document.resolve(schema.$ref).schema, use, seen)) return true;
    return [...subschemas(schema)].some((inner) => holdsBytes(inner.schema, useInside(use, inner.keys[0]), seen));
  };

  /** A schema that several uses share has the name for the one that comes first here. */
  const useOfName = (key: string): Use => {
    const uses = usesOf.get(key);
    return uses === undefined ? "value" : (precedence.find((use) => uses.has(use)) ?? "value");
  };

  return { settle, settleNamed: (key, schema) => settle(schema, useOfName(key)), locate };
}

const precedence = ["value", "form", "part", "bytes"] as const;

/** A copy with one subschema replaced. `fromEntries` takes any key, `__proto__` too, for an ordinary one. */
function replaced(schema: SchemaObject, keys: readonly (string | number)[], after: Schema): SchemaObject {
  const [keyword, name] = keys;
  if (keyword === undefined) return schema;
  if (name === undefined) return { ...schema, [keyword]: after };
  const container = schema[keyword];
  if (Array.isArray(container))
    return { ...schema, [keyword]: container.map((member: unknown, index) => (index === name ? after : member)) };
  const members = Object.entries(container ?? {}).map(([key, member]: [string, unknown]) => [key, key === name ? after : member]);
  return { ...schema, [keyword]: Object.fromEntries(members) };
}
