/** How the document writes its errors: schemas with `x-triad-error`, and those whose properties say it by their names. */
import type { Json, Schema, SchemaObject } from "../openapi/shapes.ts";
import type { ApiModel, NamedSchema, Operation, Response, StatusKey } from "./api-model.ts";
import { inPlace } from "./direction.ts";
import { validate } from "./validate.ts";
import { referenced } from "./walk.ts";

/** The shape of the errors of a schema: docs/extensions.md. */
export interface SchemaErrorShape {
  readonly schema: NamedSchema;
  readonly body: Json;
  readonly words?: Readonly<Record<string, Json>>;
  readonly separator?: string;
}

/** The shapes of the errors that operations declare in JSON, each schema once. */
export function errorShapes(model: ApiModel): SchemaErrorShape[] {
  const found = new Map<NamedSchema, SchemaErrorShape | undefined>();
  for (const { schema } of errorContents(model)) {
    const target = referenced(model, schema);
    if (target !== undefined && !found.has(target)) found.set(target, shapeOf(model, target));
  }
  return [...found.values()].filter((shape) => shape !== undefined);
}

/** A JSON body that an operation declares for an error. */
export interface ErrorContent {
  readonly operation: Operation;
  readonly status: StatusKey;
  readonly mediaType: string;
  readonly schema: Schema;
}

/** The JSON bodies that operations declare for errors, in spec order. */
export function errorContents(model: ApiModel): ErrorContent[] {
  return model.operations.flatMap((operation) =>
    operation.responses
      .filter(isError)
      .flatMap(({ status, contents }) =>
        contents.flatMap(({ kind, mediaType, schema }) =>
          kind === "json" && schema !== undefined ? [{ operation, status, mediaType, schema }] : [],
        ),
      ),
  );
}

function isError({ status }: Response): boolean {
  return /^[45d]/.test(String(status));
}

function shapeOf(model: ApiModel, target: NamedSchema): SchemaErrorShape | undefined {
  const { schema } = target;
  if (typeof schema === "boolean") return undefined;
  const stated = Object.entries(schema).find(([keyword]) => keyword === "x-triad-error")?.[1] as Json | undefined;
  if (isObject(stated)) {
    const { body, words, separator } = stated;
    return {
      schema: target,
      body: body ?? {},
      ...(isObject(words) ? { words } : {}),
      ...(typeof separator === "string" ? { separator } : {}),
    };
  }
  const body = recognised(model, schema, 0);
  // What is written by its names alone must be right for the commonest of failures.
  const sample = body === undefined ? undefined : filled(body);
  return body === undefined || validate(model, schema, sample).length > 0 ? undefined : { schema: target, body };
}

const sentences = /^(?:message|detail|description|error_?message|error_?description|msg|reason)$/i;
const lists = /^(?:errors|details|issues|violations|problems|field_?errors)$/i;
const deepest = 3;

/** The body of an error by the names of its properties: one must be a sentence, and all that are required must be known. */
function recognised(model: ApiModel, schema: Schema, depth: number): Json | undefined {
  const parts = inPlace(model, schema);
  const properties = new Map(parts.flatMap((part) => Object.entries(part.properties ?? {})));
  if (depth > deepest || properties.size === 0) return undefined;
  const names = [...properties.keys()];
  const hasSentence = names.some((name) => sentences.test(name));
  const members: [string, Json][] = [];
  for (const [name, property] of properties) {
    const member = memberOf(model, name, property, { hasSentence, depth });
    if (member !== undefined) members.push([name, member]);
  }
  const known = new Set(members.map(([name]) => name));
  const complete = parts.flatMap((part) => part.required ?? []).every((name) => known.has(name));
  const says = members.some(([name, member]) => sentences.test(name) || typeof member === "object" || member === "{message}");
  return complete && says ? Object.fromEntries(members) : undefined;
}

function memberOf(
  model: ApiModel,
  name: string,
  property: Schema,
  { hasSentence, depth }: { readonly hasSentence: boolean; readonly depth: number },
): Json | undefined {
  const parts = inPlace(model, property);
  const takes = (type: string): boolean => parts.some((part) => typesOf(part).includes(type));
  // One of a list of values is not ours to choose, without being told.
  if (parts.some((part) => part.enum !== undefined || part.const !== undefined || part.pattern !== undefined)) return undefined;
  if (takes("integer") || takes("number"))
    return /^(?:status(?:_?code)?|code|http_?status)$/i.test(name) ? "{status}" : undefined;
  if (takes("string")) {
    const format = parts.find((part) => part.format !== undefined)?.format;
    if (name === "type") return format?.startsWith("uri") === true ? "about:blank" : "{code}";
    if (format !== undefined) return undefined;
    if (sentences.test(name)) return depth === 0 ? "{message}" : "{reason}";
    if (name === "title") return "{title}";
    if (name === "error") return hasSentence ? "{title}" : "{message}";
    if (/^(?:error_?)?code$/i.test(name)) return depth < 2 ? "{code}" : "{keyword}";
    if (depth > 0 && /^(?:field|path|attr|property|param|target|location|loc)$/i.test(name)) return "{field}";
    if (depth > 0 && name === "pointer") return "{pointer}";
    return undefined;
  }
  if (name === "error" && takes("object")) return recognised(model, property, depth + 1);
  const items = parts.find((part) => part.items !== undefined)?.items;
  if (!lists.test(name) || items === undefined) return undefined;
  if (inPlace(model, items).some((part) => typesOf(part).includes("string"))) return ["{message}"];
  const item = recognised(model, items, depth + 1);
  return item === undefined ? undefined : [item];
}

function typesOf({ type, properties }: SchemaObject): readonly string[] {
  if (type === undefined) return properties === undefined ? [] : ["object"];
  return typeof type === "string" ? [type] : type;
}

/** As a server would fill it, for one problem. */
function filled(template: Json): Json {
  if (template === "{status}") return 400;
  if (typeof template === "string") return "Bad request";
  if (Array.isArray(template)) return template.map(filled);
  if (!isObject(template)) return template;
  return Object.fromEntries(Object.entries(template).map(([key, member]) => [key, filled(member)]));
}

function isObject(value: unknown): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
