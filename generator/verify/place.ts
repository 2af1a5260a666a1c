import { child, pointerKeys, type Location } from "../diagnostics/location.ts";
import type { ApiModel, Content, Operation, Parameter, Response } from "../model/api-model.ts";
import { referenced } from "../model/walk.ts";
import type { FailurePlace } from "./failure.ts";

type Schema = Parameter["schema"];

/** Where the document says what a place of a request or a response is to be. At worst, that is the operation. */
export function locate(model: ApiModel, operation: Operation, place: FailurePlace): Location {
  switch (place.in) {
    case "operation":
      return operation.at;
    case "body":
      return ofContent(model, operation.body?.contents ?? [], place) ?? operation.body?.at ?? operation.at;
    case "response":
    case "responseHeader": {
      const response = responseOf(operation, place.status);
      if (response === undefined) return operation.at;
      if (place.in === "response") return ofContent(model, response.contents, place) ?? response.at;
      const header = response.headers.find(({ name }) => name.toLowerCase() === place.name?.toLowerCase());
      return header === undefined ? response.at : within(model, header.schema, child(header.at, "schema"), place.pointer);
    }
    default: {
      const found = operation.parameters.find((one) => one.name === place.name && isIn(one.in, place.in));
      return found === undefined ? operation.at : within(model, found.schema, child(found.at, "schema"), place.pointer);
    }
  }
}

function isIn(location: string, wanted: string): boolean {
  return location === wanted || (location === "querystring" && wanted === "query");
}

/** The response of a status: its own, that of its range, or `default`. */
export function responseOf(operation: Operation, status: number | undefined): Response | undefined {
  if (status === undefined) return undefined;
  const keys: readonly string[] = [String(status), `${Math.floor(status / 100)}XX`, "default"];
  return keys
    .map((key) => operation.responses.find((response) => String(response.status) === key))
    .find((found) => found !== undefined);
}

function ofContent(model: ApiModel, contents: readonly Content[], { mediaType, pointer }: FailurePlace): Location | undefined {
  const content = contents.find((one) => one.mediaType === mediaType) ?? contents[0];
  if (content === undefined) return undefined;
  if (content.schema === undefined) return content.at;
  return within(model, content.schema, child(content.at, "schema"), pointer);
}

/** Follows a pointer into a value through the schemas that say what stands there, as far as they can be told. */
function within(model: ApiModel, schema: Schema, at: Location, pointer: string): Location {
  let here = behind(model, { schema, at });
  for (const key of pointerKeys(pointer)) {
    const next = step(model, here, key);
    if (next === undefined) return here.at;
    here = next;
  }
  return here.at;
}

interface Written {
  readonly schema: Schema;
  readonly at: Location;
}

function behind(model: ApiModel, { schema, at }: Written): Written {
  const seen = new Set<Schema>();
  let here: Written = { schema, at };
  for (
    let next = referenced(model, schema);
    next !== undefined && !seen.has(next.schema);
    next = referenced(model, here.schema)
  ) {
    seen.add(next.schema);
    here = { schema: next.schema, at: next.at };
  }
  return here;
}

function step(model: ApiModel, { schema, at }: Written, key: string, depth = 0): Written | undefined {
  if (typeof schema === "boolean" || depth > 8) return undefined;
  const { properties, items, additionalProperties, prefixItems } = schema;
  const property = properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : undefined;
  if (property !== undefined) return behind(model, { schema: property, at: child(at, "properties", key) });
  if (/^\d+$/.test(key)) {
    const first = prefixItems?.[Number(key)];
    if (first !== undefined) return behind(model, { schema: first, at: child(at, "prefixItems", key) });
    if (items !== undefined) return behind(model, { schema: items, at: child(at, "items") });
  }
  for (const keyword of ["allOf", "oneOf", "anyOf"] as const)
    for (const [index, part] of (schema[keyword] ?? []).entries()) {
      const found = step(model, behind(model, { schema: part, at: child(at, keyword, index) }), key, depth + 1);
      if (found !== undefined) return found;
    }
  if (typeof additionalProperties === "object")
    return behind(model, { schema: additionalProperties, at: child(at, "additionalProperties") });
  return undefined;
}
