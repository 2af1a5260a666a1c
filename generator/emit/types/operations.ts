import type { Hook, Operation, PathItem } from "../../model/api-model.ts";
import { defined } from "../../model/building.ts";
import { sidesOf } from "../../model/direction.ts";
import { methods } from "../../openapi/shapes.ts";
import { counting, type Counted } from "../emitter.ts";
import type { Documentation } from "../text/jsdoc.ts";
import { stringLiteral } from "../text/literal.ts";
import { code } from "../text/markdown.ts";
import { parametersType, requestBodyMember, responseMember } from "./content.ts";
import type { Scope } from "./schema.ts";
import { named, neverType, objectOf, type Member, type ObjectType, type Type } from "./type.ts";

/** Path templates to their operations, as openapi-fetch reads them: a method that is not there is `never`. */
export function pathsType(paths: readonly PathItem[]): ObjectType {
  return objectOf(
    paths.map((item, index) => ({
      name: item.path,
      type: pathItemType(item.operations, (operation) => named(`operations[${stringLiteral(operation.id)}]`)),
      documentation: { text: [item.summary, item.description] },
      apart: index > 0,
    })),
  );
}

/** Operation ids to what is sent and what comes back. */
export function operationsType(operations: readonly Operation[], scope: Scope, progress?: Counted): ObjectType {
  return objectOf(
    counting(progress, "operation", operations, (operation, index) => ({
      name: operation.id,
      type: operationType(operation, scope),
      documentation: operationDocumentation(operation),
      apart: index > 0,
    })),
  );
}

/** Names of webhooks to the requests that the API sends, written in place. */
export function webhooksType(webhooks: readonly Hook[], scope: Scope): ObjectType {
  return grouped(
    webhooks,
    ({ event }) => event,
    (hooks) => hookItemType(hooks, scope),
  );
}

/** Ids of operations to their callbacks, by name and then by the expression that leads to the address. */
export function callbacksType(callbacks: readonly Hook[], scope: Scope): ObjectType {
  return grouped(
    callbacks,
    ({ callback }) => callback?.operation ?? "",
    (ofOperation) =>
      grouped(
        ofOperation,
        ({ event }) => event,
        (ofEvent) =>
          grouped(
            ofEvent,
            ({ path }) => path,
            (hooks) => hookItemType(hooks, scope),
          ),
      ),
  );
}

function grouped(hooks: readonly Hook[], keyOf: (hook: Hook) => string, typeOf: (hooks: readonly Hook[]) => Type): ObjectType {
  const groups = new Map<string, Hook[]>();
  for (const hook of hooks) groups.set(keyOf(hook), [...(groups.get(keyOf(hook)) ?? []), hook]);
  return objectOf([...groups].map(([name, members], index) => ({ name, type: typeOf(members), apart: index > 0 })));
}

function hookItemType(hooks: readonly Hook[], scope: Scope): Type {
  return pathItemType(
    hooks,
    (hook) => operationType(hook, scope),
    (hook) => ({
      text: [hook.summary, hook.description === hook.summary ? undefined : hook.description],
      ...(hook.deprecated ? { deprecated: true } : {}),
      ...(hook.externalDocs === undefined ? {} : { see: [hook.externalDocs] }),
    }),
  );
}

function operationType(operation: Operation, scope: Scope): Type {
  const sides = sidesOf(operation);
  const request: Scope = { ...scope, direction: sides.request };
  const response: Scope = { ...scope, direction: sides.response };
  return objectOf([
    { name: "parameters", type: parametersType(operation.parameters, request) },
    requestBodyMember(operation.body, request),
    {
      name: "responses",
      type:
        operation.responses.length === 0 ? neverType : objectOf(operation.responses.map((one) => responseMember(one, response))),
    },
  ]);
}

function pathItemType<One extends Operation>(
  operations: readonly One[],
  typeOf: (operation: One) => Type,
  documentationOf: (operation: One) => Documentation | undefined = () => undefined,
): Type {
  const member = (operation: One): Member => ({
    name: operation.method,
    type: typeOf(operation),
    ...defined({ documentation: documentationOf(operation) }),
  });
  const fixed = methods
    .filter((method) => method !== "query")
    .map((method): Member => {
      const operation = operations.find((candidate) => candidate.method === method);
      return operation === undefined ? { name: method, optional: true, type: neverType } : member(operation);
    });
  const others = operations.filter(({ method }) => !fixed.some(({ name }) => name === method));
  return objectOf([{ name: "parameters", type: parametersNever }, ...fixed, ...others.map(member)]);
}

const parametersNever: Type = objectOf(
  ["query", "header", "path", "cookie"].map((name) => ({ name, optional: true, type: neverType })),
);

/** What a comment says of an operation, its method and path first. */
function operationDocumentation(operation: Operation): Documentation {
  return {
    text: [
      code(`${operation.method.toUpperCase()} ${operation.path}`),
      operation.summary,
      operation.description === operation.summary ? undefined : operation.description,
    ],
    ...(operation.deprecated ? { deprecated: true } : {}),
    ...(operation.externalDocs === undefined ? {} : { see: [operation.externalDocs] }),
  };
}
