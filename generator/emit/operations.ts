import type {
  ApiModel,
  Content,
  Header,
  Operation,
  Parameter,
  Response,
  SecurityRequirement,
  Serialization,
} from "../model/api-model.ts";
import { bodySchema, bodyShape } from "../model/body-shape.ts";
import type { Pagination } from "../model/pagination/pagination.ts";
import { hookFamilies } from "../model/hook-families.ts";
import { routeOf, wireMethod } from "../model/route.ts";
import { ownServers, serverDescriptor } from "../model/servers.ts";
import { shapeOf } from "../model/shape.ts";
import type { Json } from "../openapi/shapes.ts";
import type { Emitter } from "./emitter.ts";
import { header } from "./text/header.ts";
import { jsdoc } from "./text/jsdoc.ts";
import { holdsInheritedName, literal } from "./text/literal.ts";

/** `operations.ts`: what client and server both know of each operation at run time. */
export const operationsEmitter: Emitter = {
  name: "operations",
  needs: [],
  emit(model, { sourceFolder, emitting }) {
    const families = emitting.has("webhooks") ? hookFamilies(model) : [];
    return [
      { kind: "text", path: `${sourceFolder}operations.ts`, text: operationsText(model) },
      ...families.map((family) => ({
        kind: "text" as const,
        path: `${sourceFolder}${family.kind}-operations.ts`,
        text: operationsText(family.model),
      })),
      { kind: "runtime", path: `${sourceFolder}runtime/operation.ts`, module: "operation.ts" },
    ];
  },
};

function operationsText(model: ApiModel): string {
  const blocks = model.operations.map((operation) => operationBlock(model, operation));
  // A document may have webhooks alone; what is then left must still be a module.
  const first = blocks.length === 0 ? "export {};\n" : `import type { OperationDescriptor } from "./runtime/operation.js";\n`;
  return [header, first, ...blocks].join("\n");
}

function operationBlock(model: ApiModel, operation: Operation): string {
  const own = ownServers(model, operation);
  const descriptor: Json = {
    id: operation.id,
    method: wireMethod(operation.method),
    path: operation.path,
    ...routeDescriptor(operation),
    ...(operation.tells === undefined ? {} : { tells: operation.tells.map((tell): Json => ({ ...tell })) }),
    ...(operation.parameters.length === 0 ? {} : { parameters: operation.parameters.map(parameterDescriptor) }),
    ...(operation.body === undefined
      ? {}
      : {
          body: {
            ...(operation.body.required ? { required: true } : {}),
            contents: operation.body.contents.map((content) => contentDescriptor(model, content)),
          },
        }),
    responses: operation.responses.map((response) => responseDescriptor(model, response)),
    ...(own.length === 0 || operation.sent === true
      ? {}
      : { servers: Object.fromEntries(own.map(({ key, server }): [string, Json] => [key, serverDescriptor(server)])) }),
    ...(operation.security.length === 0 ? {} : { security: operation.security.map(requirement) }),
    ...(operation.pagination === undefined ? {} : { pagination: paginationDescriptor(operation.pagination) }),
  };
  const documentation = jsdoc([`\`${wireMethod(operation.method)} ${operation.path}\``]);
  return `${documentation}export const ${operation.name}: OperationDescriptor = ${literal(descriptor, { expand: true })}${holdsInheritedName(descriptor) ? " as const" : ""};\n`;
}

function routeDescriptor({ path, sent }: Operation): { readonly [key: string]: Json } {
  // What the API sends goes to an address of which the document knows nothing.
  if (sent === true) return { route: { path: "" } };
  const route = routeOf(path);
  return route.path === path ? {} : { route: { ...route } };
}

function parameterDescriptor(parameter: Parameter): Json {
  return {
    name: parameter.name,
    in: parameter.in,
    ...(parameter.required ? { required: true } : {}),
    ...serialization(parameter.serialization, parameter.in === "query" || parameter.in === "cookie" ? "form" : "simple"),
    ...(parameter.allowEmptyValue ? { allowEmptyValue: true } : {}),
  };
}

/** Only what departs from the location's default is written down, so that ordinary operations stay short. */
function serialization(how: Serialization, defaultStyle: string): { readonly [key: string]: Json } {
  if (how.kind === "content") return { mediaType: how.mediaType };
  return {
    ...(how.style === defaultStyle ? {} : { style: how.style }),
    ...(how.explode === (how.style === "form" || how.style === "cookie") ? {} : { explode: how.explode }),
    ...(how.allowReserved ? { allowReserved: true } : {}),
  };
}

function contentDescriptor(model: ApiModel, content: Content): { readonly [member: string]: Json } {
  const parts = Object.entries(content.encoding).map(([property, encoding]): [string, Json] => [
    property,
    {
      ...(encoding.contentType === undefined ? {} : { contentType: encoding.contentType }),
      ...(encoding.style === undefined ? {} : { style: encoding.style }),
      ...(encoding.explode === undefined ? {} : { explode: encoding.explode }),
      ...(encoding.allowReserved === true ? { allowReserved: true } : {}),
      ...(headersOf(content, property).length === 0
        ? {}
        : { headers: headersOf(content, property).map((one) => headerDescriptor(model, one)) }),
    },
  ]);
  return {
    mediaType: content.mediaType,
    kind: content.kind,
    ...(parts.length === 0 ? {} : { parts: Object.fromEntries(parts) }),
  };
}

function headersOf({ partHeaders = {} }: Content, property: string): readonly Header[] {
  return (Object.hasOwn(partHeaders, property) ? partHeaders[property] : undefined) ?? [];
}

function responseDescriptor(model: ApiModel, response: Response): Json {
  return {
    status: String(response.status),
    ...(response.contents.length === 0
      ? {}
      : {
          contents: response.contents.map((content) => ({
            ...contentDescriptor(model, content),
            ...answerShape(model, content),
          })),
        }),
    ...(response.headers.length === 0 ? {} : { headers: response.headers.map((one) => headerDescriptor(model, one)) }),
  };
}

/** A client reads an answer without its validators, and has to know what the texts in it become. */
function answerShape(model: ApiModel, content: Content): { readonly shape?: Json } {
  if (content.kind !== "urlencoded" && content.kind !== "multipart" && content.kind !== "event-stream") return {};
  const schema = bodySchema(model, content);
  const shape = schema === undefined ? undefined : bodyShape(model, content, schema);
  // A Shape is plain data, made of names, arrays and objects only.
  return shape === undefined ? {} : { shape: shape as Json };
}

function headerDescriptor(model: ApiModel, one: Header): Json {
  const shape = shapeOf(model, one.schema);
  return {
    name: one.name,
    ...(one.required ? { required: true } : {}),
    ...(one.serialization.kind === "content"
      ? { mediaType: one.serialization.mediaType }
      : one.serialization.explode
        ? { explode: true }
        : {}),
    // A Shape is plain data, made of names, arrays and objects only.
    ...(shape === "string" ? {} : { shape: shape as Json }),
  };
}

function requirement(alternative: SecurityRequirement): Json {
  return Object.fromEntries(alternative.map(({ scheme, scopes }): [string, Json] => [scheme, scopes]));
}

function paginationDescriptor({ item: _item, ...places }: Pagination): Json {
  return { ...places };
}
