import type { ApiModel, Direction, NamedSchema } from "../model/api-model.ts";
import { counting, type Counted, type Emitter } from "./emitter.ts";
import { header } from "./text/header.ts";
import { jsdoc } from "./text/jsdoc.ts";
import { print } from "./text/layout.ts";
import { headerMember, parameterMember, requestBodyType, responseType } from "./types/content.ts";
import { findCycles } from "./types/cycles.ts";
import { schemaDocumentation } from "./types/documentation.ts";
import { aliasLayout, interfaceLayout } from "./types/layout.ts";
import { callbacksType, operationsType, pathsType, webhooksType } from "./types/operations.ts";
import { selectionsType } from "./types/selections.ts";
import { schemaType, type Scope } from "./types/schema.ts";
import { named, neverType, objectOf, type Member, type ObjectType, type Type } from "./types/type.ts";

/**
 * `types.ts`: `paths`, `operations`, `components` and `webhooks` in the shape of openapi-typescript 7, and a named export
 * for each schema; a second one, for requests, where readOnly or writeOnly make it differ.
 */
export const typesEmitter: Emitter = {
  name: "types",
  needs: [],
  emit(model, { sourceFolder, progress }) {
    return [{ kind: "text", path: `${sourceFolder}types.ts`, text: typesText(model, progress) }];
  },
};

/** The whole text of `types.ts`. */
export function typesText(model: ApiModel, progress?: Counted): string {
  const scope: Scope = { model, direction: "response", cycles: findCycles(model), trail: [], around: [] };
  return [
    header,
    container("paths", pathsType(model.paths), "Path templates to their operations."),
    container(
      "operations",
      operationsType(model.operations, scope, progress),
      "Operation ids to what is sent and what comes back.",
    ),
    ...selections(model, scope),
    container("components", componentsType(model, scope), "The named parts of the document."),
    container("webhooks", webhooksType(model.webhooks, scope), "Requests that the API sends, by their names."),
    ...(model.callbacks.length === 0
      ? []
      : [
          container(
            "callbacks",
            callbacksType(model.callbacks, scope),
            "Ids of operations to the requests that follow them, by name and by the expression for their address.",
          ),
        ]),
    ...counting(progress, "schema", model.schemas, (schema) => schemaDeclarations(schema, scope)).flat(),
  ].join("\n");
}

function container(name: string, type: ObjectType, text: string): string {
  if (type.members.length === 0) return `${jsdoc([text])}export type ${name} = Record<string, never>;\n`;
  return `${jsdoc([text])}${declaration(name, type)}`;
}

function selections(model: ApiModel, scope: Scope): string[] {
  const type = selectionsType(model.operations, scope);
  return type.members.length === 0
    ? []
    : [container("selections", type, "Operation ids to the bodies of their answers, by a value in the request.")];
}

function schemaDeclarations(schema: NamedSchema, scope: Scope): string[] {
  const documentation = jsdoc(schemaDocumentation(schema.schema) ?? {});
  const declare = (name: string, direction: Direction): string =>
    `${documentation}${declaration(name, schemaType(schema.schema, { ...scope, direction, trail: [schema.reference] }))}`;
  const { writableName } = schema;
  return [declare(schema.name, "response"), ...(writableName === undefined ? [] : [declare(writableName, "request")])];
}

// Interfaces read better in messages and may refer to themselves; everything else is an alias.
function declaration(name: string, type: Type): string {
  const isInterface = type.kind === "object" && type.members.length > 0;
  return `${print(isInterface ? interfaceLayout(name, type) : aliasLayout(name, type))}\n`;
}

function componentsType(model: ApiModel, scope: Scope): ObjectType {
  const { parameters, responses, requestBodies, headers } = model.components;
  const request: Scope = { ...scope, direction: "request" };
  return objectOf([
    group(
      "schemas",
      model.schemas.map(({ key, name }) => ({ name: key, type: named(name) })),
    ),
    group(
      "responses",
      [...responses].map(([name, response]) => ({ name, type: responseType(response, scope) })),
    ),
    group(
      "parameters",
      [...parameters].map(([name, parameter]) => ({ ...parameterMember(parameter, request), name, optional: false })),
    ),
    group(
      "requestBodies",
      [...requestBodies].map(([name, body]) => ({ name, type: requestBodyType(body, request) })),
    ),
    group(
      "headers",
      [...headers].map(([name, one]) => ({ ...headerMember(one, scope), name, optional: false })),
    ),
    group("pathItems", []),
  ]);
}

function group(name: string, members: readonly Member[]): Member {
  return { name, type: members.length === 0 ? neverType : objectOf(members) };
}
