import type { Content, Header, Parameter, RequestBody, Response } from "../../model/api-model.ts";
import { inPlace } from "../../model/direction.ts";
import { sequenceOf } from "../../model/sequence.ts";
import type { ParameterIn, Schema, SchemaObject } from "../../openapi/shapes.ts";
import type { Documentation } from "../text/jsdoc.ts";
import { isEmpty, schemaDocumentation } from "./documentation.ts";
import { insideType, type Scope } from "./schema.ts";
import { named, neverType, objectOf, primitive, union, unknownType, type Member, type Type } from "./type.ts";

/** `{ query?: { … }; header?: never; path: { … }; cookie?: never }`. A location is optional when all in it are. */
export function parametersType(parameters: readonly Parameter[], scope: Scope): Type {
  const locations = { query: ["query", "querystring"], header: ["header"], path: ["path"], cookie: ["cookie"] } satisfies Record<
    string,
    ParameterIn[]
  >;
  return objectOf(
    Object.entries(locations).map(([name, places]): Member => {
      const found = parameters.filter((parameter) => places.some((place) => place === parameter.in));
      if (found.length === 0) return { name, optional: true, type: neverType };
      return {
        name,
        optional: found.every(({ required }) => !required),
        type: objectOf(found.map((parameter) => parameterMember(parameter, scope))),
      };
    }),
  );
}

export function parameterMember(parameter: Parameter, scope: Scope): Member {
  return {
    name: parameter.name,
    optional: !parameter.required,
    type: insideType(parameter.schema, scope),
    ...documented(valueDocumentation(parameter)),
  };
}

/** The body of a request, of the side that the scope has. */
export function requestBodyMember(body: RequestBody | undefined, scope: Scope): Member {
  if (body === undefined) return { name: "requestBody", optional: true, type: neverType };
  return {
    name: "requestBody",
    optional: !body.required,
    type: requestBodyType(body, scope),
    ...documented({ text: [body.description] }),
  };
}

export function requestBodyType(body: RequestBody, scope: Scope): Type {
  return objectOf([contentMember(body.contents, scope, "sent")]);
}

export function responseMember(response: Response, scope: Scope): Member {
  return {
    name: response.status,
    type: responseType(response, scope),
    ...documented({ text: [response.summary, response.description] }),
  };
}

export function responseType(response: Response, scope: Scope): Type {
  const headers = objectOf(
    response.headers.map((header) => headerMember(header, scope)),
    unknownType,
  );
  return objectOf([{ name: "headers", type: headers }, contentMember(response.contents, scope, "received")]);
}

export function headerMember(header: Header, scope: Scope): Member {
  return {
    name: header.name,
    optional: !header.required,
    type: insideType(header.schema, scope),
    ...documented(valueDocumentation(header)),
  };
}

/** Whether a client sends the body or receives it. */
type Side = "sent" | "received";

function contentMember(contents: readonly Content[], scope: Scope, side: Side): Member {
  if (contents.length === 0) return { name: "content", optional: true, type: neverType };
  return {
    name: "content",
    type: objectOf(contents.map((content) => ({ name: content.mediaType, type: contentType(content, scope, side) }))),
  };
}

/** The type of a body's value. Text stays text, whatever the schema makes of it. */
function contentType(content: Content, scope: Scope, side: Side): Type {
  switch (content.kind) {
    case "binary":
      return side === "received" ? named("Blob") : union(bytes.map((name) => named(name)));
    case "text":
      return content.schema !== undefined && isText(content.schema, scope)
        ? insideType(content.schema, scope)
        : primitive("string");
    case "event-stream":
    case "json-lines":
      return sequenceType(content, scope, side);
    case "json":
    case "urlencoded":
    case "multipart":
      return content.schema === undefined ? unknownType : insideType(content.schema, scope);
  }
}

/** What bytes can be sent as; they are received as a Blob. */
const bytes = ["Blob", "ArrayBuffer", "Uint8Array", "ReadableStream<Uint8Array>"];

/** A sequence comes item by item; it may be sent so, or as any list. */
function sequenceType(content: Content, scope: Scope, side: Side): Type {
  const sequence = sequenceOf(scope.model, content);
  const item = insideType(sequence?.item ?? true, scope);
  const stream: Type = { kind: "generic", name: "AsyncIterable", argument: item };
  return side === "received" ? stream : union([{ kind: "generic", name: "Iterable", argument: item }, stream]);
}

function isText(schema: Schema, scope: Scope): boolean {
  return inPlace(scope.model, schema).some((part: SchemaObject) => part.type === "string" && part.format !== "binary");
}

/** What a parameter or header says of itself, with what its schema adds to it. */
function valueDocumentation(value: Parameter | Header): Documentation {
  const inner = schemaDocumentation(value.schema) ?? {};
  const [description, facts] = inner.text ?? [];
  return { ...inner, text: [value.description ?? description, facts], ...(value.deprecated ? { deprecated: true } : {}) };
}

function documented(documentation: Documentation): { readonly documentation?: Documentation } {
  return isEmpty(documentation) ? {} : { documentation };
}
