import { child } from "../diagnostics/location.ts";
import { methods, type OperationObject, type PathItemObject } from "../openapi/shapes.ts";
import type { Operation, RequestBody } from "./api-model.ts";
import { buildRequestBody, buildResponses } from "./bodies.ts";
import { type Building, defined } from "./building.ts";
import { longRunningOperations } from "./long-running.ts";
import { chooseOperationNames, type OperationNames } from "./operation-names.ts";
import { buildPagination } from "./pagination.ts";
import { buildParameters } from "./parameters.ts";
import { chooseResources, type Place } from "./resources/index.ts";
import { routeOf } from "./route.ts";
import { buildSecurity } from "./security.ts";
import { selectResponses } from "./select.ts";

/** An operation of the document and where it stands in the API. */
export interface WrittenOperation {
  readonly path: string;
  readonly method: string;
  readonly operation: OperationObject;
  /** Whether the API sends it, rather than receives it. */
  readonly webhook: boolean;
}

/** All operations of the paths and then of the webhooks, in spec order. `undeclared` gathers the schemes nobody declares. */
export function buildOperations(
  building: Building,
  undeclared: Set<string>,
): { readonly operations: Operation[]; readonly webhooks: Operation[] } {
  const { root } = building.document;
  const written = [...operationsOf(root.paths, false), ...operationsOf(root.webhooks ?? {}, true)];
  const names = chooseOperationNames(building, written);
  const places = chooseResources(
    building,
    written.filter(({ webhook }) => !webhook),
  );
  const built = written.map((one) => {
    const place = places.get(one) ?? { chain: ["webhooks"], action: names.get(one)?.name ?? one.path };
    return { webhook: one.webhook, operation: buildOperation(building, one, { names: names.get(one), place, undeclared }) };
  });
  reportSharedRoutes(
    building,
    built.flatMap(({ webhook, operation }) => (webhook ? [] : [operation])),
  );
  return {
    operations: longRunningOperations(
      building,
      built.filter(({ webhook }) => !webhook).map(({ operation }) => operation),
    ),
    webhooks: built.filter(({ webhook }) => webhook).map(({ operation }) => operation),
  };
}

/** Paths that differ in the names of their placeholders alone are for the linter; here it is the fragment that tells nothing apart. */
function reportSharedRoutes(building: Building, operations: readonly Operation[]): void {
  const first = new Map<string, Operation>();
  for (const operation of operations) {
    const { path, query = "" } = routeOf(operation.path);
    const key = `${operation.method} ${path}?${query}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, operation);
    else {
      const method = operation.method.toUpperCase();
      const related = [{ at: other.at, message: `${method} "${other.path}" is here` }];
      building.diagnostics.report(
        "route-shared",
        operation.at,
        { method, path: operation.path, other: other.path },
        { atKey: true, related },
      );
    }
  }
}

interface Chosen {
  readonly names: OperationNames | undefined;
  readonly place: Place;
  readonly undeclared: Set<string>;
}

function operationsOf(items: Readonly<Record<string, PathItemObject>>, webhook: boolean): WrittenOperation[] {
  return Object.entries(items).flatMap(([path, item]) => {
    const fixed = Object.keys(item).flatMap((key): WrittenOperation[] => {
      const method = methods.find((known) => known === key);
      const operation = method === undefined ? undefined : item[method];
      return method === undefined || operation === undefined ? [] : [{ path, method, operation, webhook }];
    });
    const additional = Object.entries(item.additionalOperations ?? {}).map(([method, operation]) => ({
      path,
      method,
      operation,
      webhook,
    }));
    return [...fixed, ...additional];
  });
}

function buildOperation(building: Building, { path, method, operation, webhook }: WrittenOperation, chosen: Chosen): Operation {
  const { summary, description, externalDocs } = operation;
  const at = building.locate(operation);
  const responses = buildResponses(building, operation.responses);
  if (responses.length === 0) building.diagnostics.report("responses-missing", at, { method: method.toUpperCase(), path });
  for (const name of Object.keys(operation.callbacks ?? {})) {
    building.diagnostics.report("callback-ignored", child(at, "callbacks", name), { name }, { atKey: true });
  }
  const built: Operation = {
    id: chosen.names?.id ?? path,
    name: chosen.names?.name ?? "operation",
    method,
    path,
    ...defined({ summary, description, externalDocs }),
    deprecated: operation.deprecated ?? false,
    tags: operation.tags ?? [],
    resource: chosen.place.chain,
    action: chosen.place.action,
    parameters: buildParameters(building, webhook ? "" : path, operation),
    ...defined({ body: buildBody(building, method, operation) }),
    responses,
    security: buildSecurity(building, operation.security, chosen.undeclared),
    servers: operation.servers ?? [],
    extensions: Object.fromEntries(Object.entries(operation).filter(([key]) => key.startsWith("x-"))),
    at,
  };
  if (webhook) return built;
  return { ...built, responses: selectResponses(building, built), ...defined({ pagination: buildPagination(building, built) }) };
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
