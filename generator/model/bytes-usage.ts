import type { Document } from "../openapi/document.ts";
import {
  methods,
  type HeaderObject,
  type MediaTypeObject,
  type OperationObject,
  type PathItemObject,
  type ResponseObject,
  type Schema,
} from "../openapi/shapes.ts";
import { behindReferences, isBytes, type Use, useInside } from "./bytes.ts";
import { contentKind, kindOfEssence } from "./media-types.ts";
import { visitSubschemas } from "./walk.ts";

export interface BytesUsage {
  /** How the schemas of `components.schemas` are used; absent: no operation uses it. */
  readonly usesOf: ReadonlyMap<string, ReadonlySet<Use>>;
  /** Schemas of parts whose `encoding` gives them a media type of bytes. */
  readonly encodedAsBytes: WeakSet<object>;
}

/** Follows every schema from where operations use it, through references, and notes how it is used. Linear in the document. */
export function findUsage(document: Document): BytesUsage {
  const usesOf = new Map<string, Set<Use>>();
  const seen: Record<Use, WeakSet<object>> = {
    value: new WeakSet(),
    form: new WeakSet(),
    part: new WeakSet(),
    bytes: new WeakSet(),
  };
  const encodedAsBytes = new WeakSet<object>();
  const pending: { schema: Schema | undefined; use: Use }[] = [...usesIn(document, encodedAsBytes)];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { schema, use } = next;
    if (typeof schema !== "object" || seen[use].has(schema)) continue;
    seen[use].add(schema);
    if (schema.$ref !== undefined) {
      const target = document.resolve(schema.$ref);
      const uses = usesOf.get(target.key);
      if (uses === undefined) usesOf.set(target.key, new Set([use]));
      else uses.add(use);
      pending.push({ schema: target.schema, use });
    }
    visitSubschemas(schema, (inner, keyword) => {
      if (typeof inner === "object") pending.push({ schema: inner, use: useInside(use, keyword) });
    });
  }
  return { usesOf, encodedAsBytes };
}

type Used = { readonly schema: Schema | undefined; readonly use: Use };

function* usesIn(document: Document, encodedAsBytes: WeakSet<object>): Generator<Used> {
  const { paths, webhooks = {}, components = {} } = document.root;
  const operations = new Set([paths, webhooks].flatMap((items) => Object.values(items)).flatMap(operationsIn));
  // The set grows while it is walked: callbacks have operations that may have callbacks.
  for (const operation of operations) {
    for (const items of Object.values(operation.callbacks ?? {}))
      for (const inner of Object.values(items).flatMap(operationsIn)) operations.add(inner);
    for (const parameter of operation.parameters ?? []) yield* inHeader(parameter);
    yield* inContents(operation.requestBody?.content);
    for (const response of Object.values(operation.responses ?? {})) yield* inResponse(response);
  }
  for (const holder of [components.parameters, components.headers])
    for (const header of Object.values(holder ?? {})) yield* inHeader(header);
  for (const body of Object.values(components.requestBodies ?? {})) yield* inContents(body.content);
  for (const response of Object.values(components.responses ?? {})) yield* inResponse(response);

  function* inResponse(response: ResponseObject): Generator<Used> {
    for (const header of Object.values(response.headers ?? {})) yield* inHeader(header);
    yield* inContents(response.content);
  }

  function* inContents(contents: Readonly<Record<string, MediaTypeObject>> | undefined): Generator<Used> {
    for (const [mediaType, media] of Object.entries(contents ?? {})) {
      const kind = contentKind(mediaType, media.schema, (schema) => isBytes(document, schema));
      yield { schema: media.schema, use: kind === "multipart" ? "form" : kind === "binary" ? "bytes" : "value" };
      yield { schema: media.itemSchema, use: "value" };
      if (kind === "multipart" && media.schema !== undefined) markEncoded(document, media, media.schema, encodedAsBytes);
    }
  }
}

function* inHeader(header: HeaderObject): Generator<Used> {
  yield { schema: header.schema, use: "value" };
  for (const media of Object.values(header.content ?? {})) yield { schema: media.schema, use: "value" };
}

function operationsIn(item: PathItemObject): OperationObject[] {
  const fixed = methods.flatMap((method) => item[method] ?? []);
  return [...fixed, ...Object.values(item.additionalOperations ?? {})];
}

function markEncoded(document: Document, media: MediaTypeObject, schema: Schema, encodedAsBytes: WeakSet<object>): void {
  for (const part of behindReferences(document, schema)) {
    for (const [name, { contentType }] of Object.entries(media.encoding ?? {})) {
      const member = Object.hasOwn(part.properties ?? {}, name) ? part.properties?.[name] : undefined;
      const bytes = contentType?.split(",").every((one) => kindOfEssence(one) === "binary") ?? false;
      if (bytes && typeof member === "object" && saysLittle(member)) encodedAsBytes.add(member);
    }
  }
}

/** Whether nothing in a schema speaks of a text or a structure: `{}`, or `type: string` and no more. */
function saysLittle({
  type,
  enum: values,
  const: value,
  contentEncoding,
  $ref,
  properties,
  items,
  allOf,
  anyOf,
  oneOf,
}: Exclude<Schema, boolean>): boolean {
  const more = [values, value, contentEncoding, $ref, properties, items, allOf, anyOf, oneOf];
  return (type === undefined || type === "string") && more.every((keyword) => keyword === undefined);
}
