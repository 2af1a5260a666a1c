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
import { contentPlan, hasChoices, planOf } from "../model/codecs.ts";
import { hookFamilies } from "../model/hook-families.ts";
import { typeIdentifier } from "../model/names.ts";
import { routeOf, wireMethod } from "../model/route.ts";
import { ownServers, serverDescriptor } from "../model/servers.ts";
import { sequenceOf } from "../model/sequence.ts";
import { shapeOf } from "../model/shape.ts";
import type { Json, Schema } from "../openapi/shapes.ts";
import type { Emitter, FilePlan } from "./emitter.ts";
import { CodecsFile } from "./operations/codecs-file.ts";
import { header } from "./text/header.ts";
import { jsdoc } from "./text/jsdoc.ts";
import { holdsInheritedName, literal, type Literal } from "./text/literal.ts";

/** `operations.ts`: what client and server both know of each operation at run time. */
export const operationsEmitter: Emitter = {
  name: "operations",
  needs: [],
  emit(model, { sourceFolder, emitting }) {
    const families = emitting.has("webhooks") ? hookFamilies(model) : [];
    const codecs = new CodecsFile(model);
    const text = (path: string, content: string): FilePlan => ({ kind: "text", path: `${sourceFolder}${path}`, text: content });
    const operations = [
      text("operations.ts", operationsText(model, codecs)),
      ...families.map((family) => text(`${family.kind}-operations.ts`, operationsText(family.model, codecs))),
    ];
    const modules = ["operation.ts", ...(hasChoices(model) ? codecs.modules() : [])];
    return [
      ...operations,
      ...(hasChoices(model) ? [text("codecs.ts", codecs.print())] : []),
      ...modules.map((module): FilePlan => ({ kind: "runtime", path: `${sourceFolder}runtime/${module}`, module })),
    ];
  },
};

/** What descriptors are made from. */
interface Scope {
  readonly model: ApiModel;
  readonly codecs: CodecsFile;
}

function operationsText(model: ApiModel, codecs: CodecsFile): string {
  const blocks = model.operations.map((operation) => operationBlock({ model, codecs }, operation));
  const container = blocks.some((block) => block.includes(" codecs.")) ? 'import * as codecs from "./codecs.js";\n' : "";
  // A document may have webhooks alone; what is then left must still be a module.
  const first =
    blocks.length === 0 ? "export {};\n" : `${container}import type { OperationDescriptor } from "./runtime/operation.js";\n`;
  return [header, first, ...blocks].join("\n");
}

function operationBlock(scope: Scope, operation: Operation): string {
  const { model } = scope;
  const own = ownServers(model, operation);
  const descriptor: Literal = {
    id: operation.id,
    method: wireMethod(operation.method),
    path: operation.path,
    ...routeDescriptor(operation),
    ...(operation.tells === undefined ? {} : { tells: operation.tells.map((tell): Json => ({ ...tell })) }),
    ...(operation.parameters.length === 0
      ? {}
      : { parameters: operation.parameters.map((one) => parameterDescriptor(scope, operation, one)) }),
    ...(operation.body === undefined
      ? {}
      : {
          body: {
            ...(operation.body.required ? { required: true } : {}),
            contents: operation.body.contents.map((one) => contentDescriptor(scope, one, `${operation.name}Body`)),
          },
        }),
    responses: operation.responses.map((response) => responseDescriptor(scope, response, operation.name)),
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

function parameterDescriptor(scope: Scope, operation: Operation, parameter: Parameter): Literal {
  return {
    name: parameter.name,
    in: parameter.in,
    ...(parameter.required ? { required: true } : {}),
    ...serialization(parameter.serialization, parameter.in === "query" || parameter.in === "cookie" ? "form" : "simple"),
    ...(parameter.allowEmptyValue ? { allowEmptyValue: true } : {}),
    ...codecMember(scope, parameter.schema, `${operation.name}${typeIdentifier(parameter.name)}`),
  };
}

function codecMember({ model, codecs }: Scope, schema: Schema, wish: string): { readonly codec?: Literal } {
  const plan = planOf(model, schema);
  return plan === undefined ? {} : { codec: codecs.use(plan, wish) };
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

function contentDescriptor(scope: Scope, content: Content, wish: string): { readonly [member: string]: Literal } {
  const parts = Object.entries(content.encoding).map(([property, encoding]): [string, Json] => [
    property,
    {
      ...(encoding.contentType === undefined ? {} : { contentType: encoding.contentType }),
      ...(encoding.style === undefined ? {} : { style: encoding.style }),
      ...(encoding.explode === undefined ? {} : { explode: encoding.explode }),
      ...(encoding.allowReserved === true ? { allowReserved: true } : {}),
      ...(headersOf(content, property).length === 0
        ? {}
        : { headers: headersOf(content, property).map((one) => headerDescriptor(scope.model, one)) }),
    },
  ]);
  const { model, codecs } = scope;
  const plan = contentPlan(model, content);
  const json = plan === undefined || content.kind !== "json" ? undefined : codecs.exactJson(plan);
  return {
    mediaType: content.mediaType,
    kind: content.kind,
    ...(sequenceOf(model, content)?.data === true ? { items: "data" } : {}),
    ...(parts.length === 0 ? {} : { parts: Object.fromEntries(parts) }),
    ...(plan === undefined ? {} : { codec: codecs.use(plan, wish) }),
    ...(json === undefined ? {} : { json }),
  };
}

function headersOf({ partHeaders = {} }: Content, property: string): readonly Header[] {
  return (Object.hasOwn(partHeaders, property) ? partHeaders[property] : undefined) ?? [];
}

function responseDescriptor(scope: Scope, response: Response, name: string): Literal {
  const { model } = scope;
  const wish = `${name}${typeIdentifier(String(response.status)).replace(/^_/, "")}`;
  return {
    status: String(response.status),
    ...(response.contents.length === 0
      ? {}
      : {
          contents: response.contents.map((content) => ({
            ...contentDescriptor(scope, content, wish),
            ...answerShape(model, content),
          })),
        }),
    ...(response.headers.length === 0 ? {} : { headers: response.headers.map((one) => responseHeader(scope, one, wish)) }),
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

function responseHeader(scope: Scope, one: Header, wish: string): Literal {
  return { ...headerDescriptor(scope.model, one), ...codecMember(scope, one.schema, `${wish}${typeIdentifier(one.name)}`) };
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
