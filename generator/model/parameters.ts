import { child } from "../diagnostics/location.ts";
import type {
  ExampleObject,
  HeaderObject,
  OperationObject,
  ParameterIn,
  ParameterObject,
  ParameterStyle,
  Schema,
} from "../openapi/shapes.ts";
import type { Example, Header, Parameter, Serialization } from "./api-model.ts";
import { type Building, defined } from "./building.ts";
import { queryPlaceholders, routeOf } from "./route.ts";

/** The parameters of an operation, in spec order: those the specification ignores are gone, those the path lacks are made. */
export function buildParameters(building: Building, path: string, operation: OperationObject): Parameter[] {
  const placeholders = placeholdersOf(path);
  // `/answers?by={name}`: what stands behind the question mark is no part of the path, and can only be meant for the query.
  const inQuery = queryPlaceholders(path);
  const fixed = new URLSearchParams(routeOf(path).query);
  const placeOf = ({ name, in: place }: ParameterPlace): ParameterPlace =>
    place === "path" && inQuery.has(name) ? { name: inQuery.get(name) ?? name, in: "query" } : { name, in: place };
  const seen = new Set<string>();
  const parameters: Parameter[] = [];
  for (const written of operation.parameters ?? []) {
    const at = building.locate(written);
    const place = placeOf(written);
    const key = `${place.in} ${place.in === "header" ? place.name.toLowerCase() : place.name}`;
    if (written.in === "header" && ignoredHeaders.has(written.name.toLowerCase())) {
      building.diagnostics.report("header-parameter-ignored", at, { name: written.name });
    } else if (written.in === "header" && connectionHeaders.has(written.name.toLowerCase())) {
      building.diagnostics.report("header-parameter-unsendable", at, { name: written.name });
    } else if (!Object.hasOwn(stylesOf, written.in)) {
      building.diagnostics.report("parameter-place-unknown", child(at, "in"), { name: written.name, in: String(written.in) });
    } else if (seen.has(key)) {
      building.diagnostics.report("parameter-duplicate", at, { name: written.name, in: written.in });
    } else if (written.in === "query" && fixed.has(written.name)) {
      building.diagnostics.report("query-parameter-fixed", at, { name: written.name, path });
    } else if (written.in === "path" && !placeholders.includes(written.name)) {
      building.diagnostics.report("path-parameter-unused", at, { name: written.name, path });
    } else {
      seen.add(key);
      if (place.in !== written.in) building.diagnostics.report("value-repaired", child(at, "in"), misplaced(path));
      parameters.push(buildParameter(building, written, place));
    }
  }
  const missing = placeholders
    .map((name) => placeOf({ name, in: "path" }))
    .filter((place) => !seen.has(`${place.in} ${place.name}`));
  return [...missing.map((place) => undeclared(building, place, path, operation)), ...parameters];
}

/** The names in the braces of a path template, in path order, each once. */
export function placeholdersOf(path: string): string[] {
  return [...new Set([...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ""))];
}

type ParameterPlace = Pick<Parameter, "name" | "in">;

function misplaced(path: string): { what: string; found: string; expected: string; used: string } {
  return {
    what: `the "in" of a parameter that ${path} has behind its "?"`,
    found: '"path"',
    expected: '"query"',
    used: '"query"',
  };
}

/** One parameter; the defaults of its location are filled in (https://spec.openapis.org/oas/v3.1.1#parameter-object). */
export function buildParameter(building: Building, written: ParameterObject, place: ParameterPlace = written): Parameter {
  const at = building.locate(written);
  if (place.in === "path" && written.required !== true)
    building.diagnostics.report("path-parameter-optional", at, { name: written.name });
  return {
    name: place.name,
    in: place.in,
    required: place.in === "path" || written.required === true,
    deprecated: written.deprecated ?? false,
    allowEmptyValue: place.in === "query" && (written.allowEmptyValue ?? false),
    ...defined({ description: written.description }),
    schema: schemaOf(building, written, `parameter "${written.name}"`),
    serialization: serializationOf(building, written, place.name, place.in),
    examples: examplesOf(written),
    at,
  };
}

/** Headers of a response or a part. `Content-Type` is ruled by the media type, so a header of that name is ignored. */
export function buildHeaders(building: Building, headers: Readonly<Record<string, HeaderObject>> | undefined): Header[] {
  const built: Header[] = [];
  for (const [name, written] of Object.entries(headers ?? {})) {
    const at = building.locate(written);
    const earlier = built.find((header) => header.name.toLowerCase() === name.toLowerCase())?.name;
    if (name.toLowerCase() === "content-type") building.diagnostics.report("response-header-ignored", at, { name });
    else if (earlier !== undefined) building.diagnostics.report("response-header-twice", at, { name, earlier }, { atKey: true });
    else built.push(buildHeader(building, name, written));
  }
  return built;
}

/** One header: always of style `simple`, or a document of a media type. */
export function buildHeader(building: Building, name: string, written: HeaderObject): Header {
  return {
    name,
    required: written.required ?? false,
    deprecated: written.deprecated ?? false,
    ...defined({ description: written.description }),
    schema: schemaOf(building, written, `header "${name}"`),
    serialization: serializationOf(building, written, name, "header"),
    examples: examplesOf(written),
    at: building.locate(written),
  };
}

/** The examples, in spec order. */
export function examplesOf(holder: { readonly examples?: Readonly<Record<string, ExampleObject>> }): Example[] {
  return Object.entries(holder.examples ?? {}).map(([key, example]) => ({ ...example, key }));
}

// Parameters of these names are ignored: https://spec.openapis.org/oas/v3.1.1#parameter-name
const ignoredHeaders = new Set(["accept", "content-type", "authorization"]);
// These belong to the connection, and `fetch` sets them: https://fetch.spec.whatwg.org/#forbidden-request-header
const connectionHeaders = new Set([
  // `fetch` says which codings it can undo, and lets no page say otherwise (https://fetch.spec.whatwg.org/#forbidden-request-header).
  "accept-encoding",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const stylesOf: Readonly<Record<ParameterIn, readonly [ParameterStyle, ...ParameterStyle[]]>> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form", "cookie"],
  querystring: ["form"],
};

function serializationOf(building: Building, written: HeaderObject, name: string, location: ParameterIn): Serialization {
  const mediaType = Object.keys(written.content ?? {})[0];
  if (mediaType !== undefined) return { kind: "content", mediaType };
  const styles = stylesOf[location];
  const known = written.style === undefined || styles.includes(written.style);
  if (!known) {
    const parameters = { name, in: location, style: String(written.style), styles };
    building.diagnostics.report("parameter-style-unknown", child(building.locate(written), "style"), parameters);
  }
  const style = known ? (written.style ?? styles[0]) : styles[0];
  const explode = written.explode ?? (style === "form" || style === "cookie");
  return { kind: "style", style, explode, allowReserved: written.allowReserved ?? false };
}

function schemaOf(building: Building, written: HeaderObject, what: string): Schema {
  const content = Object.values(written.content ?? {})[0];
  const schema = content === undefined ? written.schema : (content.schema ?? true);
  if (schema !== undefined) return building.settle(schema);
  building.diagnostics.report("schema-missing", building.locate(written), { what });
  return { type: "string" };
}

function undeclared(building: Building, place: ParameterPlace, path: string, operation: OperationObject): Parameter {
  const at = building.locate(operation);
  building.diagnostics.report("path-parameter-undeclared", at, { name: place.name, path });
  return {
    ...place,
    required: true,
    deprecated: false,
    allowEmptyValue: false,
    schema: { type: "string" },
    serialization: serializationOf(building, {}, place.name, place.in),
    examples: [],
    at,
  };
}
