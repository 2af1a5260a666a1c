import { methods, type OperationObject, type PathItemObject, type SecurityRequirementObject } from "../openapi/shapes.ts";
import type { Operation, RequestBody } from "./api-model.ts";
import { buildRequestBody, buildResponses } from "./bodies.ts";
import { type Building, defined } from "./building.ts";
import { adjacentPlaceholders } from "./impossible.ts";
import { longRunningOperations } from "./long-running.ts";
import { chooseOperationNames, type OperationNames } from "./operation-names.ts";
import { buildPagination } from "./pagination.ts";
import { buildParameters } from "./parameters.ts";
import { chooseResources, type Place } from "./resources/index.ts";
import { buildSecurity, markCredentials } from "./security.ts";
import { selectResponses } from "./select.ts";
import { tellApart } from "./shared-routes.ts";

/** An operation of the document and where it stands in the API. */
export interface WrittenOperation {
  readonly path: string;
  readonly method: string;
  readonly operation: OperationObject;
}

/** All operations of the paths, in spec order, each with what it was made from. `undeclared` gathers the schemes nobody declares. */
export function buildOperations(
  building: Building,
  undeclared: Set<string>,
): { readonly operations: Operation[]; readonly written: readonly WrittenOperation[] } {
  const written = operationsOf(building.document.root.paths);
  const names = chooseOperationNames(building, written);
  const places = chooseResources(building, written);
  const built = written.map((one) => {
    const place = places.get(one) ?? { chain: [], action: names.get(one)?.name ?? one.path };
    return buildOperation(building, one, { names: names.get(one), place, undeclared });
  });
  return { operations: longRunningOperations(building, tellApart(building, built)), written };
}

interface Chosen {
  readonly names: OperationNames | undefined;
  readonly place: Place;
  readonly undeclared: Set<string>;
}

/** The operations of path items, in spec order. */
export function operationsOf(items: Readonly<Record<string, PathItemObject>>): WrittenOperation[] {
  return Object.entries(items).flatMap(([path, item]) => {
    const fixed = Object.keys(item).flatMap((key): WrittenOperation[] => {
      const method = methods.find((known) => known === key);
      const operation = method === undefined ? undefined : item[method];
      return method === undefined || operation === undefined ? [] : [{ path, method, operation }];
    });
    const additional = Object.entries(item.additionalOperations ?? {});
    return [...fixed, ...additional.map(([method, operation]) => ({ path, method, operation }))];
  });
}

function buildOperation(building: Building, written: WrittenOperation, chosen: Chosen): Operation {
  const { path } = written;
  for (const [first, second] of adjacentPlaceholders(path))
    building.diagnostics.report("path-placeholders-adjacent", building.locate(written.operation), { path, first, second });
  const built = buildMessage(building, written, chosen, {
    template: written.path,
    security: building.document.root.security,
  });
  return { ...built, responses: selectResponses(building, built), ...defined({ pagination: buildPagination(building, built) }) };
}

/**
 * What a request and its answers are made of, whoever sends it. One that the API sends has no path template, and the security
 * of the document is not about it.
 */
export function buildMessage(
  building: Building,
  { path, method, operation }: WrittenOperation,
  chosen: Chosen,
  served: { readonly template?: string; readonly security?: readonly SecurityRequirementObject[] | undefined } = {},
): Operation {
  const { summary, description, externalDocs } = operation;
  const at = building.locate(operation);
  const security = buildSecurity(building, operation.security ?? served.security ?? [], chosen.undeclared);
  const responses = buildResponses(building, operation.responses);
  if (responses.length === 0) building.diagnostics.report("responses-missing", at, { method: method.toUpperCase(), path });
  return {
    id: chosen.names?.id ?? path,
    name: chosen.names?.name ?? "operation",
    method,
    path,
    ...defined({ summary, description, externalDocs }),
    deprecated: operation.deprecated ?? false,
    tags: operation.tags ?? [],
    resource: chosen.place.chain,
    action: chosen.place.action,
    parameters: markCredentials(building, buildParameters(building, served.template ?? "", operation), security),
    ...defined({ body: buildBody(building, method, operation) }),
    responses,
    security,
    servers: operation.servers ?? [],
    extensions: Object.fromEntries(Object.entries(operation).filter(([key]) => key.startsWith("x-"))),
    at,
  };
}

function buildBody(building: Building, method: string, { requestBody }: OperationObject): RequestBody | undefined {
  if (requestBody === undefined) return undefined;
  const at = building.locate(requestBody);
  // `fetch` refuses to send one: https://fetch.spec.whatwg.org/#dom-request
  if (bodiless.has(method.toLowerCase())) {
    const empty = Object.values(requestBody.content).every(
      ({ schema }) => schema === undefined || (typeof schema === "object" && Object.keys(schema.properties ?? {}).length === 0),
    );
    building.diagnostics.report("request-body-ignored", at, { method: method.toUpperCase() }, empty ? { severity: "info" } : {});
    return undefined;
  }
  const body = buildRequestBody(building, requestBody);
  if (body.contents.length > 0) return body;
  building.diagnostics.report("request-body-empty", at, {});
  return undefined;
}

const bodiless: ReadonlySet<string> = new Set(["get", "head", "trace"]);
