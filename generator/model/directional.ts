import type { Document } from "../openapi/document.ts";
import type { Schema, SchemaObject } from "../openapi/shapes.ts";
import type { Parameter, RequestBody } from "./api-model.ts";
import { visitSubschemas } from "./walk.ts";

/** What those send who use the API. */
export interface RequestSide {
  /** Parameters, and the headers of answers to what the API sends. */
  readonly values: readonly Pick<Parameter, "schema">[];
  readonly bodies: readonly Pick<RequestBody, "contents">[];
}

/**
 * The keys of the schemas whose requests differ from their responses: some request uses them, and they hold a property, at
 * any depth and through references, that one side leaves out. Linear: each schema is read once, and each reference is then
 * followed once from what differs back to whoever refers to it.
 */
export function directionalKeys(document: Document, requests: RequestSide): Set<string> {
  const schemas = document.root.components?.schemas ?? {};
  const reads = new Map(Object.entries(schemas).map(([key, schema]) => [key, read(document, schema)]));
  const referrers = new Map<string, string[]>();
  for (const [key, { references }] of reads) {
    for (const target of references) {
      const known = referrers.get(target);
      if (known === undefined) referrers.set(target, [key]);
      else known.push(key);
    }
  }
  const differing = closure(
    [...reads].flatMap(([key, { differs }]) => (differs ? [key] : [])),
    (key) => referrers.get(key) ?? [],
  );
  const contents = requests.bodies.flatMap(({ contents }) => contents.flatMap(({ schema, itemSchema }) => [schema, itemSchema]));
  const roots = [...contents, ...requests.values.map(({ schema }) => schema)].flatMap((schema) =>
    schema === undefined ? [] : [...read(document, schema).references],
  );
  const requested = closure(roots, (key) => reads.get(key)?.references ?? []);
  return new Set([...differing].filter((key) => requested.has(key)));
}

/** What is reached from the start, the start included. A Set that grows while it is walked is a queue without repetition. */
function closure(start: readonly string[], next: (key: string) => Iterable<string>): Set<string> {
  const reached = new Set(start);
  for (const key of reached) for (const further of next(key)) reached.add(further);
  return reached;
}

/** The keys that a schema refers to, and whether a property inside it is readOnly or writeOnly. */
function read(document: Document, schema: Schema): { readonly differs: boolean; readonly references: ReadonlySet<string> } {
  const references = new Set<string>();
  let differs = false;
  const pending: Schema[] = [schema];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if (typeof current === "boolean") continue;
    if (current.$ref !== undefined) references.add(document.resolve(current.$ref).key);
    if (!differs && current.properties !== undefined)
      differs = Object.values(current.properties).some((property) => oneSided(document, property));
    visitSubschemas(current, (inner) => {
      pending.push(inner);
    });
  }
  return { differs, references };
}

/** Whether a property says so itself, behind its `$ref` or in its `allOf`: the rule of direction.ts, on a document. */
function oneSided(document: Document, property: Schema, seen?: Set<SchemaObject>): boolean {
  if (typeof property === "boolean" || seen?.has(property) === true) return false;
  if (property.readOnly === true || property.writeOnly === true) return true;
  if (property.$ref === undefined && property.allOf === undefined) return false;
  seen = (seen ?? new Set()).add(property);
  if (property.$ref !== undefined && oneSided(document, document.resolve(property.$ref).schema, seen)) return true;
  return (property.allOf ?? []).some((member) => oneSided(document, member, seen));
}
