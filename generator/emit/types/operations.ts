import type { Operation, PathItem } from "../../model/api-model.ts";
import { methods } from "../../openapi/shapes.ts";
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
export function operationsType(operations: readonly Operation[], scope: Scope): ObjectType {
  return objectOf(
    operations.map((operation, index) => ({
      name: operation.id,
      type: operationType(operation, scope),
      documentation: operationDocumentation(operation),
      apart: index > 0,
    })),
  );
}

/** Names of webhooks to the requests that the API sends, written in place. */
export function webhooksType(webhooks: readonly Operation[], scope: Scope): ObjectType {
  const names = [...new Set(webhooks.map(({ path }) => path))];
  return objectOf(
    names.map((name, index) => ({
      name,
      type: pathItemType(
        webhooks.filter(({ path }) => path === name),
        (operation) => operationType(operation, scope),
      ),
      apart: index > 0,
    })),
  );
}

function operationType(operation: Operation, scope: Scope): Type {
  return objectOf([
    { name: "parameters", type: parametersType(operation.parameters, { ...scope, direction: "request" }) },
    requestBodyMember(operation.body, scope),
    {
      name: "responses",
      type:
        operation.responses.length === 0
          ? neverType
          : objectOf(operation.responses.map((response) => responseMember(response, scope))),
    },
  ]);
}

function pathItemType(operations: readonly Operation[], typeOf: (operation: Operation) => Type): Type {
  const fixed = methods
    .filter((method) => method !== "query")
    .map((method): Member => {
      const operation = operations.find((candidate) => candidate.method === method);
      return operation === undefined
        ? { name: method, optional: true, type: neverType }
        : { name: method, type: typeOf(operation) };
    });
  const others = operations.filter(({ method }) => !fixed.some(({ name }) => name === method));
  return objectOf([
    { name: "parameters", type: parametersNever },
    ...fixed,
    ...others.map((operation) => ({ name: operation.method, type: typeOf(operation) })),
  ]);
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
