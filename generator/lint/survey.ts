import type { Location } from "../diagnostics/location.ts";
import type { Direction } from "../model/api-model.ts";
import { subschemas } from "../model/walk.ts";
import type { Document } from "../openapi/document.ts";
import {
  methods,
  type HeaderObject,
  type MediaTypeObject,
  type OperationObject,
  type ParameterObject,
  type PathItemObject,
  type RequestBodyObject,
  type ResponseObject,
  type Schema,
  type SchemaObject,
} from "../openapi/shapes.ts";

/** What rules look at, gathered in one walk over a document, in spec order. Several things may have been made from one place. */
export interface Survey {
  readonly paths: readonly { readonly path: string; readonly item: PathItemObject; readonly at: Location }[];
  readonly operations: readonly OperationSite[];
  readonly parameters: readonly { readonly parameter: ParameterObject; readonly at: Location }[];
  readonly headers: readonly { readonly name: string; readonly header: HeaderObject; readonly at: Location }[];
  readonly responses: readonly { readonly status: string; readonly response: ResponseObject; readonly at: Location }[];
  readonly contents: readonly {
    readonly mediaType: string;
    readonly content: MediaTypeObject;
    readonly direction: Direction | undefined;
    readonly at: Location;
  }[];
  readonly schemas: readonly SchemaSite[];
  /** The schemas that stand in paths and webhooks, not behind a reference. */
  readonly usedSchemas: ReadonlySet<SchemaObject>;
  /** The places of everything else that paths and webhooks use; what was a reference has the place of its target. */
  readonly used: ReadonlySet<Location>;
}

export interface OperationSite {
  readonly operation: OperationObject;
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  readonly at: Location;
  /** Whether the API serves it, rather than sends it. */
  readonly served: boolean;
}

export interface SchemaSite {
  readonly schema: SchemaObject;
  /** What to call it: the key of a component, the name of a property, or what holds it. */
  readonly name: string;
  readonly at: Location;
  /** Whether it applies to the value of a schema around it, as a member of `allOf` does. */
  readonly inPlace: boolean;
}

/** Walks a document once. */
export function survey(document: Document): Survey {
  const { root } = document;
  const found = {
    paths: Object.entries(root.paths).map(([path, item]) => ({ path, item, at: document.locate(item) })),
    operations: [] as OperationSite[],
    parameters: new Map<object, Survey["parameters"][number]>(),
    headers: new Map<object, Survey["headers"][number]>(),
    responses: new Map<object, Survey["responses"][number]>(),
    contents: new Map<object, Survey["contents"][number]>(),
    schemas: new Map<object, SchemaSite>(),
    used: new Set<Location>(),
  };

  const visitSchema = (schema: Schema | undefined, name: string, inPlace = false): void => {
    if (typeof schema !== "object") return;
    const at = document.locate(schema);
    if (found.schemas.has(schema)) return;
    found.schemas.set(schema, { schema, name, at, inPlace });
    for (const { keys, schema: inner } of subschemas(schema)) {
      const [keyword = "", key] = keys.map(String);
      visitSchema(inner, keyword === "properties" ? (key ?? name) : name, inPlaceKeywords.has(keyword));
    }
  };
  const visitContents = (
    contents: Readonly<Record<string, MediaTypeObject>> | undefined,
    direction: Direction | undefined,
    name: string,
  ): void => {
    for (const [mediaType, content] of Object.entries(contents ?? {})) {
      const at = document.locate(content);
      found.used.add(at);
      if (!found.contents.has(content)) found.contents.set(content, { mediaType, content, direction, at });
      visitSchema(content.schema, name);
      visitSchema(content.itemSchema, name);
      for (const encoding of Object.values(content.encoding ?? {})) visitHeaders(encoding.headers, direction);
    }
  };
  const visitHeaders = (headers: Readonly<Record<string, HeaderObject>> | undefined, direction: Direction | undefined): void => {
    for (const [name, header] of Object.entries(headers ?? {})) {
      const at = document.locate(header);
      found.used.add(at);
      if (!found.headers.has(header)) found.headers.set(header, { name, header, at });
      visitSchema(header.schema, name);
      visitContents(header.content, direction, name);
    }
  };
  const visitParameter = (parameter: ParameterObject, served: boolean): void => {
    const at = document.locate(parameter);
    found.used.add(at);
    if (!found.parameters.has(parameter)) found.parameters.set(parameter, { parameter, at });
    visitSchema(parameter.schema, parameter.name);
    visitContents(parameter.content, served ? "request" : undefined, parameter.name);
  };
  const visitBody = (body: RequestBodyObject, served: boolean): void => {
    found.used.add(document.locate(body));
    visitContents(body.content, served ? "request" : undefined, "the request body");
  };
  const visitResponse = (response: ResponseObject, status: string, served: boolean): void => {
    const at = document.locate(response);
    found.used.add(at);
    if (!found.responses.has(response)) found.responses.set(response, { status, response, at });
    visitHeaders(response.headers, served ? "response" : undefined);
    visitContents(response.content, served ? "response" : undefined, `the response ${status}`);
  };
  const visitOperation = (operation: OperationObject, method: string, path: string, served: boolean): void => {
    const at = document.locate(operation);
    found.operations.push({ operation, method, path, at, served });
    for (const parameter of operation.parameters ?? []) visitParameter(parameter, served);
    if (operation.requestBody !== undefined) visitBody(operation.requestBody, served);
    for (const [status, response] of Object.entries(operation.responses ?? {})) visitResponse(response, status, served);
    for (const callback of Object.values(operation.callbacks ?? {})) {
      found.used.add(document.locate(callback));
      for (const [expression, item] of Object.entries(callback)) visitItem(item, expression, false);
    }
  };
  const visitItem = (item: PathItemObject, path: string, served: boolean): void => {
    found.used.add(document.locate(item));
    for (const method of methods) {
      const operation = item[method];
      if (operation !== undefined) visitOperation(operation, method.toUpperCase(), path, served);
    }
    for (const [method, operation] of Object.entries(item.additionalOperations ?? {}))
      visitOperation(operation, method, path, served);
  };

  for (const { path, item } of found.paths) visitItem(item, path, true);
  for (const [name, item] of Object.entries(root.webhooks ?? {})) visitItem(item, name, false);
  const used = new Set(found.used);
  const usedSchemas = new Set([...found.schemas.values()].map(({ schema }) => schema));
  // Components are looked at even where nothing uses them; where they are used, the walk has been there.
  const { components = {} } = root;
  for (const [key, schema] of Object.entries(components.schemas ?? {})) nameComponent(found.schemas, schema, key, visitSchema);
  for (const parameter of Object.values(components.parameters ?? {})) visitParameter(parameter, true);
  for (const body of Object.values(components.requestBodies ?? {})) visitBody(body, true);
  for (const [key, response] of Object.entries(components.responses ?? {})) visitResponse(response, key, true);
  visitHeaders(components.headers, "response");
  return {
    paths: found.paths,
    operations: found.operations,
    parameters: [...found.parameters.values()],
    headers: [...found.headers.values()],
    responses: [...found.responses.values()],
    contents: [...found.contents.values()],
    schemas: [...found.schemas.values()],
    usedSchemas,
    used,
  };
}

const inPlaceKeywords: ReadonlySet<string> = new Set([
  "allOf",
  "anyOf",
  "oneOf",
  "not",
  "if",
  "then",
  "else",
  "dependentSchemas",
]);

/** A component goes by its key, wherever the walk came upon it first. */
function nameComponent(
  schemas: Map<object, SchemaSite>,
  schema: Schema,
  key: string,
  visit: (schema: Schema, name: string) => void,
): void {
  visit(schema, key);
  const known = typeof schema === "object" ? schemas.get(schema) : undefined;
  if (known !== undefined) schemas.set(known.schema, { ...known, name: key, inPlace: false });
}
