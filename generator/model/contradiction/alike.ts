import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { equal, positionIn } from "../validate/equal.ts";
import { appliedIn, commonTypes, objectsOf, ofProperty, typesLeft, type Applied, type Schemas } from "./applied.ts";

/** How a schema is held to imply another. */
export interface Implying {
  /** Properties that are not needed on a side, whoever requires them. */
  readonly absent: (all: readonly Applied<SchemaObject>[]) => ReadonlySet<string>;
  /**
   * Whether a property that the first schemas do not declare is taken to be as the other declares it. By JSON Schema it may be
   * anything; TypeScript gives it the other's type.
   */
  readonly byType: boolean;
}

/** Whether each value that meets all of these meets another schema too; `false` where that cannot be told. */
export function implies(model: Schemas, all: readonly Applied[], other: Applied, how: Implying, depth = 0): boolean {
  if (other.schema === true || all.some(({ schema }) => schema === false || schema === other.schema)) return true;
  if (other.schema === false || depth > 6) return false;
  const own = objectsOf(all);
  const asked = appliedIn(model, other);
  if (asked.some(({ schema }) => schema === false)) return false;
  const absent = how.absent([...own, ...objectsOf(asked)]);
  return objectsOf(asked).every(
    (part) => own.some(({ schema }) => schema === part.schema) || meets(model, own, part, { how, absent, depth }),
  );
}

interface Asking {
  readonly how: Implying;
  readonly absent: ReadonlySet<string>;
  readonly depth: number;
}

function meets(model: Schemas, own: readonly Applied<SchemaObject>[], part: Applied<SchemaObject>, asking: Asking): boolean {
  return Object.entries(part.schema).every(([keyword, value]) => {
    if (value === undefined || silent.has(keyword) || keyword.startsWith("x-")) return true;
    switch (keyword) {
      case "$ref":
      case "allOf":
        return true; // What they lead to stands beside them.
      case "type": {
        const left = typesLeft(own);
        return left.every((type) => commonTypes([type], [part.schema.type ?? []].flat()).some((one) => one === type));
      }
      case "required":
        return (part.schema.required ?? []).every(
          (name) => asking.absent.has(name) || own.some(({ schema }) => schema.required?.includes(name) === true),
        );
      case "enum":
        return own.some(({ schema }) => {
          const values = schema.const === undefined ? schema.enum : [schema.const];
          return values !== undefined && values.every((one) => positionIn(part.schema.enum ?? [], one) >= 0);
        });
      case "properties":
        return Object.keys(part.schema.properties ?? {}).every((name) => impliesProperty(model, own, part, name, asking));
      case "items":
        return own.some(
          ({ schema, at }) =>
            schema.items !== undefined &&
            schema.prefixItems === undefined &&
            implies(
              model,
              appliedIn(model, { schema: schema.items, at }),
              { schema: part.schema.items ?? true, at: part.at },
              asking.how,
              asking.depth + 1,
            ),
        );
      case "additionalProperties":
        return own.some(
          ({ schema }) =>
            equal(schema.additionalProperties, part.schema.additionalProperties) &&
            schema.patternProperties === undefined &&
            Object.keys(part.schema.properties ?? {}).every((name) => Object.hasOwn(schema.properties ?? {}, name)) &&
            Object.keys(schema.properties ?? {}).every((name) => Object.hasOwn(part.schema.properties ?? {}, name)),
        );
      case "if":
      case "contains":
      case "unevaluatedItems":
      case "unevaluatedProperties":
        return false; // They mean something together with others.
      default:
        // Any other keyword has to be said in the same words.
        return own.some(({ schema }) => equal(schema[keyword as keyof SchemaObject], value));
    }
  });
}

function impliesProperty(
  model: Schemas,
  own: readonly Applied<SchemaObject>[],
  part: Applied<SchemaObject>,
  name: string,
  { how, depth }: Asking,
): boolean {
  const asked: Schema = part.schema.properties?.[name] ?? true;
  const given = ofProperty(model, own, name);
  if (how.byType && given.length === 0) return isToldByType(model, { schema: asked, at: part.at });
  return implies(model, given, { schema: asked, at: part.at }, how, depth + 1);
}

/** Whether what TypeScript says of a schema is all that it says: then no value of the type breaks it. */
function isToldByType(model: Schemas, asked: Applied, depth = 0): boolean {
  if (typeof asked.schema === "boolean" || depth > 4) return true;
  return objectsOf(appliedIn(model, asked)).every(({ schema, at }) => {
    if (Object.keys(schema).some((keyword) => untold.has(keyword))) return false;
    if ([schema.type ?? []].flat().includes("integer") && schema.enum === undefined) return false;
    const inner = [...Object.values(schema.properties ?? {}), ...(schema.items === undefined ? [] : [schema.items])];
    const members = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
    return [...inner, ...members].every((one) => isToldByType(model, { schema: one, at }, depth + 1));
  });
}

const untold: ReadonlySet<string> = new Set([
  ...["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minItems", "maxItems", "uniqueItems", "contains", "minProperties", "maxProperties", "propertyNames", "not", "if"],
]);

/** Keywords that say nothing of which values are valid. */
const silent: ReadonlySet<string> = new Set([
  ...["title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs", "xml"],
  ...["discriminator", "$comment", "$schema", "contentEncoding", "contentMediaType", "contentSchema"],
]);
