import { isMetaschema } from "../load/metaschemas.ts";

/** The name that a schema's place suggests. */
export interface PlaceName {
  readonly name: string;
  /** Whether an author chose that name (a key among definitions, a file's name); a clash of such names is worth a word. */
  readonly authored: boolean;
}

// Keys that say where a schema hangs, not what it is.
const structural = new Set([
  "paths",
  "components",
  "schemas",
  "definitions",
  "$defs",
  "properties",
  "responses",
  "parameters",
  "requestBody",
  "requestBodies",
  "content",
  "schema",
  "headers",
  "webhooks",
  "callbacks",
  "pathItems",
]);
const definitions = new Set(["schemas", "definitions", "$defs"]);

/**
 * Names the schema at these keys of a file: by its file when it is the whole of it, by its key when it stands among
 * definitions or at the top of its file, and else by the way that leads to it: `#/components/schemas/Pet/properties/owner`
 * is `Pet_owner`.
 */
export function nameFrom(file: string, keys: readonly string[]): PlaceName {
  const last = keys.at(-1);
  if (isMetaschema(file)) {
    // People speak of it as one thing, whatever it is put together from.
    const part = last ?? basename(file);
    return { name: part === "schema" ? "JsonSchema" : `JsonSchema_${clean(part)}`, authored: false };
  }
  if (last === undefined) return { name: clean(basename(file)), authored: true };
  const parent = keys.at(-2);
  const amongDefinitions =
    parent !== undefined && definitions.has(parent) && (keys.length === 2 || (keys.length === 3 && keys[0] === "components"));
  if (keys.length === 1 || amongDefinitions) return { name: clean(last), authored: true };
  const telling = keys.filter((key) => !structural.has(key) && !/^[\w.+-]+\/[\w.+*-]+$/.test(key));
  return { name: telling.map(clean).join("_") || "Schema", authored: false };
}

/** The characters that OpenAPI allows in a component's key: https://spec.openapis.org/oas/v3.1.1#components-object */
function clean(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, "_").replace(/^_+|_+$/g, "") || "Schema";
}

function basename(file: string): string {
  return file
    .slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1)
    .replace(/\.(ya?ml|json)$/i, "")
    .replace(/[?].*$/, "");
}
