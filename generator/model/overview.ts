/** ApiModel → what a page shows, of a mock or a server, as JSON: an overview at once, and the details of an operation when it is opened. */
import type { ApiModel, Content, Operation, Parameter, Response } from "./api-model.ts";
import { inPlace } from "./direction.ts";
import { wireMethod } from "./route.ts";
import { concreteType } from "./sample/bodies.ts";
import { sampleParameter, sampleRequest } from "./sample/messages.ts";
import { Bytes } from "./validate/scalar.ts";
import type { Schema } from "../openapi/shapes.ts";

/** All operations in short; of a mock, and whether it asks for credentials. */
export function overviewOf(model: ApiModel, mock?: { readonly auth: boolean }): object {
  const { title, version, summary, description } = model.info;
  return {
    title,
    version,
    summary,
    description,
    mock,
    tags: model.tags.map((tag) => ({ name: tag.name, description: tag.description })),
    operations: model.operations.map((operation) => ({
      name: operation.name,
      id: operation.id,
      method: wireMethod(operation.method),
      path: operation.path,
      summary: operation.summary,
      deprecated: operation.deprecated,
      tag: operation.tags[0],
    })),
  };
}

/** One operation, with a request that it takes. */
export function detailsOf(model: ApiModel, operation: Operation): object {
  const { description, parameters, body, responses, security } = operation;
  const first = sampleRequest(model, operation);
  const values = first.ok ? first.request : {};
  return {
    description,
    parameters: parameters.map((parameter) => {
      const given = values[parameter.in === "querystring" ? "query" : parameter.in]?.[parameter.name];
      const made = given === undefined ? sampleParameter(model, parameter) : undefined;
      return {
        ...{ name: parameter.name, in: parameter.in, required: parameter.required, deprecated: parameter.deprecated },
        ...{ description: parameter.description, type: typeOf(model, parameter.schema), choices: choicesOf(model, parameter) },
        example: given ?? (made?.ok === true ? made.value : undefined),
        ...(parameter.serialization.kind === "style"
          ? { style: parameter.serialization.style, explode: parameter.serialization.explode }
          : { json: true }),
      };
    }),
    body:
      body === undefined
        ? undefined
        : {
            required: body.required,
            description: body.description,
            contents: body.contents.map((content) => contentOf(model, operation, content)),
          },
    responses: responses.map((response) => responseOf(response)),
    security: security.map((alternative) => alternative.map(({ scheme }) => schemeOf(model, scheme))),
  };
}

function contentOf(model: ApiModel, operation: Operation, content: Content): object {
  const made = sampleRequest(model, operation, content);
  const body = made.ok ? made.request.body : undefined;
  return {
    mediaType: concreteType(content),
    kind: content.kind,
    example: body instanceof Bytes ? body.text : body,
    examples: content.examples.flatMap(({ key, summary, value }) => (value === undefined ? [] : [{ key, summary, value }])),
  };
}

function responseOf({ status, description, contents }: Response): object {
  return {
    status: String(status),
    description,
    mediaTypes: contents.map(({ mediaType }) => mediaType),
    examples: [...new Set(contents.flatMap(({ examples }) => examples.map(({ key }) => key)))],
  };
}

function schemeOf({ securitySchemes }: ApiModel, key: string): object {
  const scheme = securitySchemes.find((one) => one.key === key);
  return { key, kind: scheme?.kind ?? "bearer", in: scheme?.in, name: scheme?.name };
}

function typeOf(model: ApiModel, schema: Schema): string {
  const parts = inPlace(model, schema);
  const types = parts.flatMap(({ type }) => (type === undefined ? [] : [type].flat()));
  const format = parts.find((part) => part.format !== undefined)?.format;
  return `${[...new Set(types)].join(" or ") || "any"}${format === undefined ? "" : ` · ${format}`}`;
}

function choicesOf(model: ApiModel, { schema }: Parameter): readonly unknown[] | undefined {
  return inPlace(model, schema).find((part) => part.enum !== undefined)?.enum;
}
