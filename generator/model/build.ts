import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import type { Document } from "../openapi/document.ts";
import type { ApiModel, ComponentsModel, Hook, Operation, PathItem } from "./api-model.ts";
import { reportBacktracking } from "./backtracking.ts";
import { buildRequestBody, buildResponse } from "./bodies.ts";
import { type Building, defined } from "./building.ts";
import type { RequestSide } from "./directional.ts";
import { reportErrorShapes } from "./error-shape-check.ts";
import { buildCallbacks, buildWebhooks, type Caller } from "./hooks.ts";
import { valueIdentifier } from "./names.ts";
import { buildOperations, type WrittenOperation } from "./operations.ts";
import { isDefault, type Formats } from "./formats.ts";
import { buildHeader, buildParameter } from "./parameters.ts";
import { buildSchemas } from "./schemas.ts";
import { buildSecuritySchemes } from "./security.ts";
import { settleBytes } from "./settle.ts";
import { sharedPathParameters } from "./shared-parameters.ts";

/**
 * Document in, ApiModel out: what the emitters read, in spec order, with every name chosen. Whatever is wrong is reported and
 * repaired, so that there is always a whole model; whether its errors stop the output is for the caller to say.
 */
export function buildModel(document: Document, diagnostics: Diagnostics, formats: Formats = {}): ApiModel {
  const { root } = document;
  const building: Building = { document, diagnostics, ...settleBytes(document, diagnostics) };
  const undeclared = new Set<string>();
  const { operations, written } = buildOperations(building, undeclared);
  const webhooks = buildWebhooks(building, undeclared);
  const callbacks = buildCallbacks(building, callersOf(operations, written), undeclared);
  const components = buildComponents(building);
  const schemas = buildSchemas(building, {
    requests: requestSide(operations, [...webhooks, ...callbacks], components),
    operationNames: new Set(operations.map((operation) => operation.name)),
  });
  reportErrorShapes(building, schemas);
  if (!diagnostics.unheard) reportBacktracking(building, { operations, webhooks, callbacks, schemas });
  return {
    info: root.info,
    name: valueIdentifier(root.info.title) || "api",
    servers: root.servers ?? [],
    tags: root.tags ?? [],
    ...defined({ externalDocs: root.externalDocs }),
    operations,
    paths: buildPaths(building, operations),
    webhooks,
    callbacks,
    schemas,
    schemaByReference: new Map(schemas.map((schema) => [schema.reference, schema])),
    components,
    formats: Object.fromEntries(Object.entries(formats).filter(([format, type]) => !isDefault(format, type))),
    securitySchemes: buildSecuritySchemes(building, undeclared),
    sharedPathParameters: sharedPathParameters(operations),
    at: building.locate(root),
  };
}

function buildPaths(building: Building, operations: readonly Operation[]): PathItem[] {
  const byPath = new Map<string, Operation[]>();
  for (const operation of operations) byPath.set(operation.path, [...(byPath.get(operation.path) ?? []), operation]);
  return Object.entries(building.document.root.paths).map(([path, item]) => ({
    path,
    ...defined({ summary: item.summary, description: item.description }),
    operations: byPath.get(path) ?? [],
    at: building.locate(item),
  }));
}

function buildComponents(building: Building): ComponentsModel {
  const { parameters = {}, responses = {}, requestBodies = {}, headers = {} } = building.document.root.components ?? {};
  return {
    parameters: new Map(Object.entries(parameters).map(([key, written]) => [key, buildParameter(building, written)])),
    responses: new Map(Object.entries(responses).map(([key, written]) => [key, buildResponse(building, "default", written)])),
    requestBodies: new Map(Object.entries(requestBodies).map(([key, written]) => [key, buildRequestBody(building, written)])),
    headers: new Map(Object.entries(headers).map(([key, written]) => [key, buildHeader(building, key, written)])),
  };
}

/** The operations with what they were made from: both are in spec order. */
function callersOf(operations: readonly Operation[], written: readonly WrittenOperation[]): Caller[] {
  return operations.flatMap(({ name, id }, index) => {
    const one = written[index];
    return one?.operation.callbacks === undefined ? [] : [{ name, id, written: one.operation }];
  });
}

/** What those send who use the API: requests, and their answers to what the API sends. */
function requestSide(operations: readonly Operation[], hooks: readonly Hook[], components: ComponentsModel): RequestSide {
  const answers = hooks.flatMap(({ responses }) => responses);
  return {
    values: [
      ...operations.flatMap(({ parameters }) => parameters),
      ...components.parameters.values(),
      ...answers.flatMap(({ headers }) => headers),
    ],
    bodies: [...operations.flatMap(({ body }) => body ?? []), ...components.requestBodies.values(), ...answers],
  };
}
