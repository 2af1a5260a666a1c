/** Where the items of a list stand in its answer, and those that it has before anything has happened. */
import type { ApiModel, Content, Operation, Response } from "../../model/api-model.ts";
import { recipeOf } from "../../model/recipe.ts";
import { sample, type SampleValue } from "../../model/sample.ts";
import { varied } from "../../model/varied.ts";
import type { Schema } from "../../openapi/shapes.ts";
import { Vary } from "../../runtime/fixtures/vary.ts";
import { sendable } from "../answers.ts";
import { isRecord, type Values, valueAt } from "../exchange.ts";
import { isValid, itemsOf, schemaAt } from "./fit.ts";
import type { Paging } from "./paging.ts";
import { anotherOf, idIn, type Shelf } from "./shelf.ts";

/** Where the items of a list stand in its answer. */
export interface Rows {
  readonly keys: readonly string[];
  /** The member that tells them apart; absent where they have none. */
  readonly id: string | undefined;
  /** Of an item. */
  readonly schema: Schema | undefined;
  readonly whole: Schema | undefined;
  readonly rows: readonly Values[];
}

/** How many items a list has that is cut into pages, and another, where the document shows none. */
const many = 25;
const few = 3;

/** The items in the body of a list's answer; `undefined` where it has none. */
export function rowsOf(
  model: ApiModel,
  { operation, response, body }: { readonly operation: Operation; readonly response: Response; readonly body: unknown },
  parameter: string,
): Rows | undefined {
  const whole = response.contents.find(({ kind }) => kind === "json")?.schema;
  const keys = operation.pagination?.items ?? onlyList(body);
  const rows = keys === undefined ? undefined : valueAt(body, keys);
  if (keys === undefined || !Array.isArray(rows)) return undefined;
  const list = schemaAt(model, whole, keys);
  const schema = list === undefined ? undefined : itemsOf(model, list);
  const records = rows.filter(isRecord);
  const first = records[0] ?? anotherOf(model, schema, 0);
  return isRecord(first) ? { keys, id: idIn(first, parameter), schema, whole, rows: records } : undefined;
}

function onlyList(body: unknown): readonly string[] | undefined {
  if (Array.isArray(body)) return [];
  if (!isRecord(body)) return undefined;
  const [name, ...others] = Object.keys(body).filter((key) => Array.isArray(body[key]));
  return name === undefined || others.length > 0 ? undefined : [name];
}

/** Where the items of a list come from that nobody has made. */
export interface Source {
  readonly response: Response;
  readonly content: Content | undefined;
  readonly paging: Paging | undefined;
}

/** Fills a collection with what its list shows in the document, or with fixtures; a list with pages with so many that there are some. */
export function fill(model: ApiModel, shelf: Shelf, row: Rows, { response, content, paging }: Source): void {
  const isShown = content !== undefined && content.examples.length > 0;
  const wanted = paging === undefined ? (isShown ? row.rows.length : few) : Math.max(many, Math.min(paging.size + 10, 60));
  for (let index = 0; shelf.items.size < wanted && index < 2 * wanted; index++) {
    const tries = [() => row.rows[index] ?? (isShown ? another(model, row, index) : anotherOf(model, row.schema, index))];
    // What nothing may vary of has further values all the same.
    tries.push(() => furtherOf(model, row.schema, index));
    for (const make of tries) {
      const made = make();
      const id = !isRecord(made) ? undefined : row.id === undefined ? `#${index}` : made[row.id];
      if (!isRecord(made) || id === undefined || shelf.items.has(String(id))) continue;
      const members = Object.fromEntries(Object.entries(made).filter(([name]) => name !== row.id));
      shelf.add(String(id), members).views.set(response, made);
      break;
    }
  }
}

function furtherOf(model: ApiModel, schema: Schema | undefined, index: number): unknown {
  const made = schema === undefined ? undefined : sample(model, schema, { direction: "response", index });
  return made?.ok === true ? sendable(made.value) : undefined;
}

/** One more of what the document shows, with an id, a name and dates of its own. */
function another(model: ApiModel, { rows, schema }: Rows, index: number): unknown {
  const shown = rows[index % Math.max(1, rows.length)];
  if (shown === undefined || schema === undefined || !isValid(model, schema, shown)) return anotherOf(model, schema, index);
  // What the document shows is JSON.
  const value = shown as SampleValue;
  return varied(value, recipeOf(model, schema, value, { direction: "response" }), new Vary(index));
}
