/** From the request that the suite expects to what a user would give the client for it: values of the document's types. */
import type { ApiModel, Operation, Parameter } from "../../../generator/model/api-model.ts";
import { shapeOf } from "../../../generator/model/shape.ts";
import type { RequestParts, Shape } from "../../../generator/runtime/operation.ts";
import { identifier } from "./documents.ts";
import { contentOf, type MockCall, type MockForm } from "./scenarios.ts";

/** A request by location, and what is said beside it. */
export interface Input {
  readonly parts: RequestParts;
  /** Headers that are no parameters of the operation. */
  readonly headers: Readonly<Record<string, string>>;
  /** Credentials by the key of their security scheme. */
  readonly auth: Readonly<Record<string, string>>;
}

/** What a user gives for a call of the suite. `texts` are the path parameters as they stand in the path. */
export function inputOf(model: ApiModel, operation: Operation, call: MockCall, texts: Readonly<Record<string, string>>): Input {
  const given = new Map(Object.entries(call.request?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const auth = credentialsIn(model, given);
  const path = valuesOf(model, operation, "path", (name) => decodeURIComponent(texts[identifier(name)] ?? ""));
  const query = valuesOf(model, operation, "query", (name) => call.request?.query?.[name]);
  const header = valuesOf(model, operation, "header", (name) => take(given, name.toLowerCase()));
  const contentType = take(given, "content-type");
  return {
    parts: { path, query, header, ...bodyOf(model, operation, call, contentType) },
    headers: Object.fromEntries(given),
    auth,
  };
}

function valuesOf(
  model: ApiModel,
  operation: Operation,
  location: Parameter["in"],
  read: (name: string) => unknown,
): Record<string, unknown> {
  const parameters = operation.parameters.filter((parameter) => parameter.in === location);
  return Object.fromEntries(
    parameters.flatMap((parameter) => {
      const value = read(parameter.name);
      return value === undefined
        ? []
        : [[parameter.name, typed(value, shapeOf(model, parameter.schema), separatorOf(parameter))]];
    }),
  );
}

/** A value of the mock API, which may be text or a value, as the schema has it. */
export function typed(value: unknown, shape: Shape, separator = ","): unknown {
  if (typeof shape === "object" && "union" in shape) {
    const member = shape.union.find((one) => one !== "null");
    return member === undefined ? value : typed(value, member, separator);
  }
  if (typeof shape === "object" && "array" in shape) {
    const items: readonly unknown[] = Array.isArray(value) ? value : String(value).split(separator);
    return items.map((item) => typed(item, shape.array));
  }
  if (shape === "integer" || shape === "number") return Number(value);
  if (shape === "boolean") return value === true || value === "true";
  return shape === "string" ? String(value) : value;
}

function separatorOf({ serialization }: Parameter): string {
  if (serialization.kind === "content") return ",";
  return serialization.style === "spaceDelimited" ? " " : serialization.style === "pipeDelimited" ? "|" : ",";
}

function credentialsIn(model: ApiModel, given: Map<string, string>): Record<string, string> {
  const auth: Record<string, string> = {};
  for (const scheme of model.securitySchemes) {
    const name = scheme.kind === "apiKey" ? (scheme.name ?? "").toLowerCase() : "authorization";
    const prefix = scheme.kind === "apiKey" ? "" : scheme.kind === "http" ? `${scheme.name} ` : "Bearer ";
    const value = given.get(name);
    if (value?.startsWith(prefix) !== true) continue;
    auth[scheme.key] = value.slice(prefix.length);
    given.delete(name);
  }
  return auth;
}

function take(given: Map<string, string>, name: string): string | undefined {
  const value = given.get(name);
  given.delete(name);
  return value;
}

function bodyOf(
  model: ApiModel,
  operation: Operation,
  call: MockCall,
  contentType: string | undefined,
): Pick<RequestParts, "body" | "contentType"> {
  const body = call.request?.body;
  if (body === undefined || operation.body === undefined) return {};
  if ("kind" in body) return { body: formOf(model, operation, body) };
  const content = contentOf(body, "");
  const named = contentType ?? body.contentType;
  const declared = operation.body.contents.find(({ mediaType }) => mediaType === named) ?? operation.body.contents[0];
  const value = valueOfContent(content, declared?.kind ?? "binary", body.contentType);
  return {
    body: value,
    ...(operation.body.contents.length > 1 || declared?.mediaType.includes("*") ? { contentType: named } : {}),
  };
}

/** What a codec makes of the bytes or the text that the mock API has. */
export function valueOfContent(content: string | Uint8Array, kind: string, type: string): unknown {
  if (kind === "json") return JSON.parse(textOf(content));
  if (kind === "binary") return new Blob([typeof content === "string" ? content : new Uint8Array(content)], { type });
  // The suite has texts whose media type says JSON and whose operation says text: they are meant as JSON strings.
  const text = textOf(content);
  if (kind === "json-lines") return text.split("\n").map((line): unknown => JSON.parse(line));
  return type === "application/json" && text.startsWith('"') ? JSON.parse(text) : text;
}

function textOf(content: string | Uint8Array): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}

function formOf(model: ApiModel, operation: Operation, form: MockForm): Record<string, unknown> {
  const schema = operation.body?.contents[0]?.schema;
  const shape = schema === undefined ? "any" : shapeOf(model, schema);
  const memberOf = (name: string): Shape | undefined =>
    typeof shape === "object" && "object" in shape ? shape.object[name] : undefined;
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(form.parts ?? {}).map(([name, value]) => [name, typed(value, memberOf(name) ?? "any")]),
  );
  for (const file of form.files ?? []) {
    const value = new File([file.buffer], file.originalname, { type: file.mimetype });
    const member = memberOf(file.fieldname);
    const before = values[file.fieldname];
    if (typeof member === "object" && "array" in member)
      values[file.fieldname] = [...(Array.isArray(before) ? before : []), value];
    else values[file.fieldname] = value;
  }
  return values;
}
