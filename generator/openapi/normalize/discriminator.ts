import { isObject, kindOf, members, put, type Node } from "../node.ts";
import { made, type Context, type Draft } from "./context.ts";
import { literal } from "./fields.ts";
import { referenceTo } from "./schema-registry.ts";

/** Reads a discriminator; the names and references of its mapping become `#/components/schemas/<key>`. */
export function readDiscriminator(node: Node, context: Context): Draft | undefined {
  const { value } = node;
  if (typeof value === "string") {
    // Swagger 2.0 gives the property's name alone.
    if (context.dialect !== "2.0")
      context.diagnostics.report("value-repaired", node.at, {
        what: '"discriminator"',
        found: "a string",
        expected: "an object",
        used: JSON.stringify({ propertyName: value }),
      });
    return made({ propertyName: value }, node, context);
  }
  if (!isObject(value) || typeof value["propertyName"] !== "string") {
    context.diagnostics.report("value-ignored", node.at, {
      what: '"discriminator"',
      found: isObject(value) ? 'an object without "propertyName"' : kindOf(value),
      expected: 'an object with "propertyName"',
    });
    return undefined;
  }
  const draft: Draft = {};
  for (const [key, inner] of members(node)) {
    if (key === "mapping") draft["mapping"] = readMapping(inner, context);
    else if (key === "defaultMapping") draft["defaultMapping"] = readTarget(inner, context);
    else put(draft, key, literal(inner, context));
  }
  return made(draft, node, context);
}

function readMapping(node: Node, context: Context): Draft {
  const mapping: Draft = {};
  for (const [value, inner] of members(node)) {
    const target = readTarget(inner, context);
    if (target !== undefined) put(mapping, value, target);
  }
  return made(mapping, node, context);
}

/** A name of a schema, or a reference. What could be both is a name: https://spec.openapis.org/oas/v3.1.1#discriminator-object */
function readTarget(node: Node, context: Context): string | undefined {
  const written = node.value;
  if (typeof written !== "string") {
    context.diagnostics.report("value-ignored", node.at, {
      what: "the mapping",
      found: kindOf(written),
      expected: "a name or a reference",
    });
    return undefined;
  }
  if (context.schemas.has(written)) return referenceTo(written);
  // A bare name that is no file either is looked for among the schemas, so that the message says so.
  const reference = /^[\w-]+$/.test(written)
    ? `${context.dialect === "2.0" ? "#/definitions" : "#/components/schemas"}/${written}`
    : written;
  const key = context.schemas.keyOf(reference, node, node.at);
  return key === undefined ? undefined : referenceTo(key);
}
