/** Model → what both sides know of an operation at run time, as plain data: `OperationDescriptor` of the runtime. */
import type { Json, Schema } from "../openapi/shapes.ts";
import type {
  ApiModel,
  Content,
  Header,
  Operation,
  Parameter,
  Response,
  SecurityRequirement,
  Serialization,
} from "./api-model.ts";
import { bodySchema, bodyShape } from "./body-shape.ts";
import { typeIdentifier } from "./names.ts";
import type { Pagination } from "./pagination/pagination.ts";
import { routeOf, wireMethod } from "./route.ts";
import { sequenceOf } from "./sequence.ts";
import { ownServers, serverDescriptor } from "./servers.ts";
import { shapeOf } from "./shape.ts";

/** JSON with codecs in it. */
export type Described<Code> = Json | Code | readonly Described<Code>[] | { readonly [member: string]: Described<Code> };

/** What stands for the codecs of formats whose types were chosen; `wish` is what a new one may be called after. */
export interface Coding<Code> {
  readonly model: ApiModel;
  /** Of a parameter or header. */
  value(schema: Schema, wish: string): { readonly codec?: Code };
  /** Of a body. */
  body(content: Content, wish: string): { readonly codec?: Code; readonly json?: Code };
}

/** The descriptor of an operation. */
export function describeOperation<Code>(
  coding: Coding<Code>,
  operation: Operation,
): { readonly [member: string]: Described<Code> } {
  const { model } = coding;
  const own = ownServers(model, operation);
  return {
    id: operation.id,
    method: wireMethod(operation.method),
    path: operation.path,
    ...routeDescriptor(operation),
    ...(operation.tells === undefined ? {} : { tells: operation.tells.map((tell): Json => ({ ...tell })) }),
    ...(operation.parameters.length === 0
      ? {}
      : { parameters: operation.parameters.map((one) => parameterDescriptor(coding, operation, one)) }),
    ...(operation.body === undefined
      ? {}
      : {
          body: {
            ...(operation.body.required ? { required: true } : {}),
            contents: operation.body.contents.map((one) => contentDescriptor(coding, one, `${operation.name}Body`)),
          },
        }),
    responses: operation.responses.map((response) => responseDescriptor(coding, response, operation.name)),
    ...(own.length === 0 || operation.sent === true
      ? {}
      : { servers: Object.fromEntries(own.map(({ key, server }): [string, Json] => [key, serverDescriptor(server)])) }),
    ...(operation.security.length === 0 ? {} : { security: operation.security.map(requirement) }),
    ...(operation.pagination === undefined ? {} : { pagination: paginationDescriptor(operation.pagination) }),
  };
}

function routeDescriptor({ path, sent }: Operation): { readonly [key: string]: Json } {
  // What the API sends goes to an address of which the document knows nothing.
  if (sent === true) return { route: { path: "" } };
  const route = routeOf(path);
  return route.path === path ? {} : { route: { ...route } };
}

function parameterDescriptor<Code>(
  coding: Coding<Code>,
  operation: Operation,
  parameter: Parameter,
): { readonly [member: string]: Described<Code> } {
  return {
    name: parameter.name,
    in: parameter.in,
    ...(parameter.required ? { required: true } : {}),
    ...serialization(parameter.serialization, parameter.in === "query" || parameter.in === "cookie" ? "form" : "simple"),
    ...(parameter.allowEmptyValue ? { allowEmptyValue: true } : {}),
    ...coding.value(parameter.schema, `${operation.name}${typeIdentifier(parameter.name)}`),
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

function contentDescriptor<Code>(
  coding: Coding<Code>,
  content: Content,
  wish: string,
): { readonly [member: string]: Described<Code> } {
  const parts = Object.entries(content.encoding).map(([property, encoding]): [string, Json] => [
    property,
    {
      ...(encoding.contentType === undefined ? {} : { contentType: encoding.contentType }),
      ...(encoding.style === undefined ? {} : { style: encoding.style }),
      ...(encoding.explode === undefined ? {} : { explode: encoding.explode }),
      ...(encoding.allowReserved === true ? { allowReserved: true } : {}),
      ...(headersOf(content, property).length === 0
        ? {}
        : { headers: headersOf(content, property).map((one) => headerDescriptor(coding.model, one)) }),
    },
  ]);
  return {
    mediaType: content.mediaType,
    kind: content.kind,
    ...(sequenceOf(coding.model, content)?.data === true ? { items: "data" } : {}),
    ...(parts.length === 0 ? {} : { parts: Object.fromEntries(parts) }),
    ...coding.body(content, wish),
  };
}

function headersOf({ partHeaders = {} }: Content, property: string): readonly Header[] {
  return (Object.hasOwn(partHeaders, property) ? partHeaders[property] : undefined) ?? [];
}

function responseDescriptor<Code>(
  coding: Coding<Code>,
  response: Response,
  name: string,
): { readonly [member: string]: Described<Code> } {
  const { model } = coding;
  const wish = `${name}${typeIdentifier(String(response.status)).replace(/^_/, "")}`;
  return {
    status: String(response.status),
    ...(response.contents.length === 0
      ? {}
      : {
          contents: response.contents.map((content) => ({
            ...contentDescriptor(coding, content, wish),
            ...answerShape(model, content),
          })),
        }),
    ...(response.headers.length === 0 ? {} : { headers: response.headers.map((one) => responseHeader(coding, one, wish)) }),
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

function responseHeader<Code>(coding: Coding<Code>, one: Header, wish: string): { readonly [member: string]: Described<Code> } {
  return { ...headerDescriptor(coding.model, one), ...coding.value(one.schema, `${wish}${typeIdentifier(one.name)}`) };
}

function headerDescriptor(model: ApiModel, one: Header): { readonly [member: string]: Json } {
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
