/**
 * Normalize: a document of any dialect goes in; one of OpenAPI 3.1 comes out, as the top of shapes.ts describes it.
 * There is a reader for the 2.0 family and one for the 3.x family; schemas have one for all.
 */
import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import type { Location } from "../diagnostics/location.ts";
import type { Bundle } from "./bundle.ts";
import type { Dialect, Document } from "./document.ts";
import { isObject, member, type Node } from "./node.ts";
import type { Context } from "./normalize/context.ts";
import { readOpenApi3 } from "./normalize/openapi3.ts";
import { keyIn, schemaRegistry } from "./normalize/schema-registry.ts";
import { readSwagger2 } from "./normalize/swagger2.ts";
import { through } from "./normalize/through.ts";
import { vocabularyOf } from "./normalize/vocabulary.ts";

/** Normalizes a document; `undefined` when it is none, or of a version that is not known. */
export function normalize(bundle: Bundle, diagnostics: Diagnostics): Omit<Document, "written"> | undefined {
  const { entry } = bundle;
  const dialect = dialectOf(entry, diagnostics);
  if (dialect === undefined) return undefined;
  const shell: Omit<Context, "schemas"> = {
    dialect,
    bundle,
    diagnostics,
    vocabulary: vocabularyOf({ dialect, bundle, diagnostics }),
    origins: new WeakMap(),
    shared: new Map(),
    followed: { count: 0 },
    open: new Set(),
    ignoredSiblings: new Map(),
    unusedFields: new Map(),
  };
  const place = dialect === "2.0" ? entry : (through(member(entry, "components"), shell) ?? entry);
  const declared = through(member(place, dialect === "2.0" ? "definitions" : "schemas"), shell);
  const context: Context = { ...shell, schemas: schemaRegistry(declared ?? { ...place, value: undefined }, shell) };
  const root = dialect === "2.0" ? readSwagger2(entry, context) : readOpenApi3(entry, context);
  for (const { at, ...unused } of context.unusedFields.values())
    diagnostics.report("field-unused", at, unused, {
      atKey: true,
      ...(travelling.has(unused.field) ? { severity: "warning" } : {}),
    });
  for (const [keyword, { at, count }] of context.ignoredSiblings)
    diagnostics.report("reference-siblings-ignored", at, { keyword, count, dialect }, { atKey: true });

  const schemas = root.components?.schemas ?? {};
  const locate = (node: object): Location => context.origins.get(node) ?? entry.at;
  const resolve: Document["resolve"] = (reference) => {
    const key = keyIn(reference);
    const schema = Object.hasOwn(schemas, key) ? schemas[key] : undefined;
    if (schema === undefined) throw new Error(`"${reference}" is no reference of a normalized document.`);
    return { key, schema };
  };
  return { root, dialect, sources: bundle.sources, locate, resolve };
}

/** What says how values travel: without it, they travel otherwise than the document says. */
const travelling: ReadonlySet<string> = new Set(["allowReserved", "encoding", "prefixEncoding", "itemEncoding"]);

function dialectOf(entry: Node, diagnostics: Diagnostics): Dialect | undefined {
  if (entry.value === undefined) return undefined; // It could not be read, which is reported.
  const { value } = entry;
  const written = isObject(value) ? (value["openapi"] ?? value["swagger"]) : undefined;
  if (!isObject(value) || written === undefined) {
    diagnostics.report("not-an-openapi-document", entry.at, { keys: isObject(value) ? Object.keys(value) : [] });
    return undefined;
  }
  const version = String(written);
  const dialect =
    value["openapi"] === undefined
      ? /^2(\.0)?$/.test(version)
        ? "2.0"
        : undefined
      : /^3\.[012](\.|$)/.test(version)
        ? version.slice(0, 3)
        : undefined;
  for (const known of ["2.0", "3.0", "3.1", "3.2"] as const) if (dialect === known) return known;
  diagnostics.report("version-unsupported", member(entry, value["openapi"] === undefined ? "swagger" : "openapi").at, {
    version,
  });
  return undefined;
}
