import type { Location } from "../diagnostics/location.ts";
import type { Schema } from "../openapi/shapes.ts";
import type { NamedSchema } from "./api-model.ts";
import { type Building, defined } from "./building.ts";
import { directionalKeys, type RequestSide } from "./directional.ts";
import { assignNames, type NameTable, typeIdentifier, valueIdentifier } from "./names.ts";
import { globalTypes, ourTypes, ourValues, objectMembers, reservedWords } from "./reserved.ts";

/** What the names of schemas depend on, beside the schemas: requests need types of their own, operations share a module with factories. */
export interface SchemaSurroundings {
  readonly requests: RequestSide;
  readonly operationNames: ReadonlySet<string>;
}

/** The schemas of `components.schemas`, in spec order, each with its names. */
export function buildSchemas(building: Building, { requests, operationNames }: SchemaSurroundings): NamedSchema[] {
  const schemas = building.document.root.components?.schemas ?? {};
  const keys = Object.keys(schemas);
  const names = typeNames(building, schemas, keys);
  const nameOf = (key: string): string => names.get(key) ?? key;
  const directional = directionalKeys(building.document, requests);
  const writable = assignNames(
    [...directional].map((key) => ({ key, wanted: `${nameOf(key)}Writable` })),
    new Set(names.values()),
    "Schema",
  ).names;
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

function typeNames(
  building: Building,
  schemas: Readonly<Record<string, Schema>>,
  keys: readonly string[],
): ReadonlyMap<string, string> {
  const table = assignNames(
    keys.map((key) => ({ key, wanted: typeIdentifier(key) })),
    new Set([...globalTypes, ...ourTypes, ...reservedWords]),
    "Schema",
  );
  reportNames(building, schemas, table);
  return table.names;
}

function reportNames(
  building: Building,
  schemas: Readonly<Record<string, Schema>>,
  { names, clashes, yielded }: NameTable,
): void {
  const placeOf = (key: string) => locateSchema(building, schemas[key] ?? true);
  for (const { wanted, keys } of clashes) {
    const [first, ...rest] = keys;
    if (first === undefined) continue;
    for (const key of rest) {
      const related = [{ at: placeOf(first), message: `"${first}" is here` }];
      building.diagnostics.report(
        "schema-names-clash",
        placeOf(key),
        { key, other: first, wanted, name: names.get(key) ?? key },
        { related, atKey: true },
      );
    }
  }
  for (const [key, wanted] of yielded) {
    building.diagnostics.report(
      "schema-name-reserved",
      placeOf(key),
      { key, wanted, name: names.get(key) ?? key },
      { atKey: true },
    );
  }
}

// A boolean has no place of its own; it stands in `components.schemas`.
function locateSchema({ document, locate }: Building, schema: Schema): Location {
  return locate(typeof schema === "object" ? schema : (document.root.components?.schemas ?? document.root));
}
