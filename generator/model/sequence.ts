/**
 * What a body of a sequential media type is a sequence of (https://spec.openapis.org/oas/v3.2.0#sequential-media-types). `itemSchema`
 * says it, and so does a schema that is a list. Any other schema is that of an item: no whole could meet it, and documents of 3.0 and
 * 3.1 mean just this. docs/decisions/0020-sequences.md has more.
 */
import type { Schema, SchemaObject } from "../openapi/shapes.ts";
import { alternativesOf } from "../runtime/wire/alternatives.ts";
import type { ApiModel, Content, Operation, Response } from "./api-model.ts";
import { inPlace } from "./direction.ts";
import { shapeOf } from "./shape.ts";

type Model = Pick<ApiModel, "schemaByReference">;

export interface Sequence {
  readonly item: Schema;
  /** The list of the items: what is checked. */
  readonly list: Schema;
  /** Of events: whether the item is the data of one, and not the event. */
  readonly data: boolean;
}

/** The items of a content; `undefined` when it is no sequence. */
export function sequenceOf(model: Model, { kind, schema, itemSchema }: Content): Sequence | undefined {
  if (kind !== "json-lines" && kind !== "event-stream") return undefined;
  const list = itemSchema === undefined && schema !== undefined ? listIn(model, schema) : undefined;
  const written = itemSchema ?? list?.items ?? (list === undefined ? schema : undefined) ?? true;
  const item = settledItem(model, kind, written, itemSchema === undefined && list === undefined);
  return {
    item,
    list: list !== undefined && schema !== undefined ? schema : { type: "array", items: item },
    data: kind === "event-stream" && item !== eventSchema && !isEvent(model, item),
  };
}

/** Whether a success of an operation may be a sequence. */
export function streams({ responses }: Pick<Operation, "responses">): boolean {
  const succeeds = ({ status }: Response): boolean => String(status).startsWith("2");
  const successes = responses.some(succeeds)
    ? responses.filter(succeeds)
    : responses.filter(({ status }) => status === "default");
  return successes.some(({ contents }) => contents.some(({ kind }) => kind === "json-lines" || kind === "event-stream"));
}

/** An event of which the document says no more. */
const eventSchema: SchemaObject = {
  type: "object",
  properties: {
    event: { type: "string" },
    data: { type: "string" },
    id: { type: "string" },
    retry: { type: "integer", minimum: 0, description: "Milliseconds to wait before connecting again." },
  },
  required: ["data"],
};

function listIn(model: Model, schema: Schema): SchemaObject | undefined {
  return inPlace(model, schema).find((part) => part.type === "array");
}

// `type: string`, where it is not said of an item, says that the body is text, as all of these are.
function settledItem(model: Model, kind: Content["kind"], written: Schema, whole: boolean): Schema {
  const shape = shapeOf(model, written);
  if (whole && shape === "string") return kind === "event-stream" ? eventSchema : true;
  return shape === "any" && kind === "event-stream" ? eventSchema : written;
}

/** Whether a schema describes an event: an object that has data, or a type, and nothing that no event has. */
function isEvent(model: Model, schema: Schema): boolean {
  const { scalars, array, object } = alternativesOf(shapeOf(model, schema));
  if (scalars.length > 0 || array !== undefined || object === undefined) return false;
  const names = Object.keys(object.object);
  return (names.includes("data") || names.includes("event")) && names.every((name) => fields.has(name));
}

const fields: ReadonlySet<string> = new Set(["event", "data", "id", "retry"]);
