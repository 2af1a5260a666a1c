import type { OperationObject } from "../openapi/shapes.ts";
import type { Building } from "./building.ts";
import { assignNames, valueIdentifier } from "./names.ts";
import { derivedId } from "./operation-names.ts";
import type { WrittenOperation } from "./operations.ts";

/** Where an operation stands in the client: `client.<chain>.<action>()`. */
export interface Resource {
  readonly chain: readonly string[];
  readonly action: string;
}

/** A place in the client for each operation. */
export function chooseResources(_building: Building, operations: readonly WrittenOperation[]): ReadonlyMap<OperationObject, Resource> {
  const table = assignNames(operations.map((written) => ({ key: `${written.path} ${written.method}`, wanted: `${valueIdentifier(written.operation.operationId ?? derivedId(written))}` })));
  return new Map(operations.map((written) => [written.operation, { chain: [valueIdentifier(written.operation.tags?.[0] ?? "default") || "api"], action: table.names.get(`${written.path} ${written.method}`) ?? "call" }]));
}
