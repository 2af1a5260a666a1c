import type { Location } from "../../diagnostics/location.ts";
import { referenced, subschemas } from "../../model/walk.ts";
import type { Schema } from "../../openapi/shapes.ts";
import { rule, type LintContext } from "../rule.ts";

/** A component that no operation leads to. A document without operations is a library, and is left alone. */
export const componentUnused = rule("component-unused", (context, report) => {
  const { document, survey } = context;
  if (survey.operations.length === 0) return;
  const {
    schemas = {},
    parameters = {},
    requestBodies = {},
    responses = {},
    headers = {},
    securitySchemes = {},
  } = document.root.components ?? {};
  const look = (
    kind: string,
    components: Readonly<Record<string, unknown>>,
    isUsed: (key: string, at: Location) => boolean,
  ): void => {
    for (const [key, component] of Object.entries(components)) {
      if (typeof component !== "object" || component === null) continue;
      const at = document.locate(component);
      if (!isUsed(key, at)) report(at, { kind, key }, { atKey: true });
    }
  };
  const reachable = reachableSchemas(context);
  look("schema", schemas, (key) => reachable.has(schemas[key] ?? true));
  const isUsed = (_: string, at: Location): boolean => survey.used.has(at);
  look("parameter", parameters, isUsed);
  look("request body", requestBodies, isUsed);
  look("response", responses, isUsed);
  look("header", headers, isUsed);
  const schemes = new Set(
    [document.root.security, ...survey.operations.map(({ operation }) => operation.security)]
      .flatMap((list) => list ?? [])
      .flatMap((one) => Object.keys(one)),
  );
  look("security scheme", securitySchemes, (key) => schemes.has(key));
});

/** All schemas that paths and webhooks lead to, through references and discriminators. */
function reachableSchemas({ document, model, survey }: LintContext): ReadonlySet<Schema> {
  const reached = new Set<Schema>();
  // A list rather than recursion: schemas can refer to one another in a chain of any length.
  const waiting: Schema[] = [];
  const visitReference = (reference: string): void => {
    if (model.schemaByReference.has(reference)) waiting.push(document.resolve(reference).schema);
  };
  const look = (schema: Schema): void => {
    if (typeof schema === "boolean") return;
    if (reached.has(schema)) return;
    reached.add(schema);
    for (const reference of [schema.$ref ?? "", ...Object.values(schema.discriminator?.mapping ?? {})]) visitReference(reference);
    for (const { schema: inner } of subschemas(schema)) waiting.push(inner);
    for (const reference of extensionReferences(schema)) visitReference(reference);
  };
  const visit = (first: Schema): void => {
    waiting.push(first);
    for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) look(schema);
  };
  for (const site of survey.schemas) if (survey.usedSchemas.has(site.schema)) visit(site.schema);
  for (const reference of extensionReferences(document.root)) visitReference(reference);
  visit(true);
  // A schema that extends a used one is meant by it: the base's discriminator names it by its key.
  for (const { schema } of survey.schemas) {
    const bases = (schema.allOf ?? []).flatMap((member) => referenced(model, member) ?? []);
    if (
      bases.some(
        (base) =>
          typeof base.schema === "object" &&
          base.schema.discriminator !== undefined &&
          reached.has(document.resolve(base.reference).schema),
      )
    )
      visit(schema);
  }
  return reached;
}

/** Extensions such as `x-webhooks` are not read, but what they refer to is used. */
function extensionReferences(object: object): string[] {
  return Object.entries(object).flatMap(([key, value]) => (key.startsWith("x-") ? [...referencesIn(value)] : []));
}

function* referencesIn(value: unknown): Generator<string> {
  if (typeof value === "string" && value.startsWith("#/components/schemas/")) yield value;
  if (typeof value !== "object" || value === null) return;
  for (const member of Object.values(value)) yield* referencesIn(member);
}
