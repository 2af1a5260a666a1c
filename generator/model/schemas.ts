import type { Location } from "../diagnostics/location.ts";
import type { Schema } from "../openapi/shapes.ts";
import type { NamedSchema } from "./api-model.ts";
import { type Building, defined } from "./building.ts";
import { assignNames, type NameTable, typeIdentifier, valueIdentifier } from "./names.ts";
import { globalTypes, ourTypes, ourValues, objectMembers, reservedWords } from "./reserved.ts";
import { subschemas } from "./walk.ts";

/** The schemas of `components.schemas`, in spec order, each with its names. `operationNames` share a module with the factories. */
export function buildSchemas(building: Building, operationNames: ReadonlySet<string>): NamedSchema[] {
  const schemas = building.document.root.components?.schemas ?? {};
  const keys = Object.keys(schemas);
  const names = typeNames(building, schemas, keys);
  const nameOf = (key: string): string => names.get(key) ?? key;
  const directional = directionalKeys(building, schemas);
  const writable = assignNames([...directional].map((key) => ({ key, wanted: `${nameOf(key)}Writable` })), new Set(names.values()), "Schema").names;
  const factories = assignNames(
    keys.map((key) => ({ key, wanted: valueIdentifier(nameOf(key)) })),
    new Set([...operationNames, ...reservedWords, ...ourValues, ...objectMembers]),
    "Value",
  ).names;
  return Object.entries(schemas).map(([key, schema]) => ({
    key,
    reference: referenceTo(key),
    name: nameOf(key),
    ...defined({ writableName: writable.get(key) }),
    factoryName: factories.get(key) ?? key,
    schema: building.settleNamed(key, schema),
    at: locateSchema(building, schema),
  }));
}

/** `#/components/schemas/<key>`, with the key escaped as RFC 6901 asks. */
export function referenceTo(key: string): string {
  return `#/components/schemas/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function typeNames(building: Building, schemas: Readonly<Record<string, Schema>>, keys: readonly string[]): ReadonlyMap<string, string> {
  const table = assignNames(keys.map((key) => ({ key, wanted: typeIdentifier(key) })), new Set([...globalTypes, ...ourTypes, ...reservedWords]), "Schema");
  reportNames(building, schemas, table);
  return table.names;
}

function reportNames(building: Building, schemas: Readonly<Record<string, Schema>>, { names, clashes, yielded }: NameTable): void {
  const placeOf = (key: string) => locateSchema(building, schemas[key] ?? true);
  for (const { wanted, keys } of clashes) {
    const [first, ...rest] = keys;
    if (first === undefined) continue;
    for (const key of rest) {
      // Keys that differ in case alone are common in real documents, and a suffix does them no harm.
      const severity = key.toLowerCase() === first.toLowerCase() ? "warning" : "error";
      const related = [{ at: placeOf(first), message: `"${first}" is here` }];
      building.diagnostics.report("schema-names-clash", placeOf(key), { key, other: first, wanted, name: names.get(key) ?? key }, { severity, related, atKey: true });
    }
  }
  for (const [key, wanted] of yielded) {
    building.diagnostics.report("schema-name-reserved", placeOf(key), { key, wanted, name: names.get(key) ?? key }, { atKey: true });
  }
}

// A boolean has no place of its own; it stands in `components.schemas`.
function locateSchema({ document, locate }: Building, schema: Schema): Location {
  return locate(typeof schema === "object" ? schema : (document.root.components?.schemas ?? document.root));
}

/**
 * The keys whose schemas hold readOnly or writeOnly at any depth, through references: their requests and responses differ.
 * Each reference is looked at once: whoever holds a directional part makes those that refer to him directional.
 */
function directionalKeys(building: Building, schemas: Readonly<Record<string, Schema>>): Set<string> {
  const referrers = new Map<string, string[]>();
  const found: string[] = [];
  for (const [key, schema] of Object.entries(schemas)) {
    const { directional, references } = readSchema(schema);
    if (directional) found.push(key);
    for (const reference of references) {
      const target = building.document.resolve(reference).key;
      referrers.set(target, [...(referrers.get(target) ?? []), key]);
    }
  }
  const reached = new Set(found);
  for (const key of reached) for (const referrer of referrers.get(key) ?? []) reached.add(referrer);
  return reached;
}

function readSchema(schema: Schema): { directional: boolean; references: Set<string> } {
  const references = new Set<string>();
  let directional = false;
  const pending: Schema[] = [schema];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if (typeof current === "boolean") continue;
    if (current.$ref !== undefined) references.add(current.$ref);
    if (current.readOnly === true || current.writeOnly === true) directional = true;
    for (const inner of subschemas(current)) pending.push(inner.schema);
  }
  return { directional, references };
}
