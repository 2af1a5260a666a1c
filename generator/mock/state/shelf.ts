import type { ApiModel, Response } from "../../model/api-model.ts";
import { recipeOf } from "../../model/recipe.ts";
import { sample } from "../../model/sample.ts";
import { varied } from "../../model/varied.ts";
import type { Schema } from "../../openapi/shapes.ts";
import { Vary } from "../../runtime/fixtures/vary.ts";
import { sendable } from "../answers.ts";
import { isRecord, type Values, valueAt, withValue } from "../exchange.ts";
import { idNames } from "./collections.ts";
import { fit, propertyOf, schemaAt } from "./fit.ts";

/** One item, as far as it is known. */
export interface Item {
  /** As it stands in the path. */
  readonly id: string;
  /** Which of the fixtures it grew from. */
  readonly index: number;
  /** What it has been seen or said to hold. */
  members: Values;
  /** How it looks in each answer. */
  readonly views: Map<object, unknown>;
}

/** Where items stand in the body of an answer. */
export interface View {
  /** The keys that lead to the item. */
  readonly keys: readonly string[];
  /** The member that is its id. */
  readonly id: string;
  readonly body: Values;
  readonly schema: Schema | undefined;
  /** The schema of the whole body. */
  readonly whole: Schema | undefined;
}

/** The items of a collection at one concrete path: `/owners/7/pets`. */
export class Shelf {
  readonly items = new Map<string, Item>();
  readonly gone = new Set<string>();
  /** Whether the items that it starts with are there. */
  seeded = false;
  version = 0;
  count = 0;

  add(id: string, members: Values): Item {
    const item: Item = { id, index: this.count++, members, views: new Map() };
    this.items.set(id, item);
    this.gone.delete(id);
    this.version += 1;
    return item;
  }

  change(item: Item, members: Values): void {
    item.members = { ...item.members, ...members };
    item.views.clear();
    this.items.set(item.id, item);
    this.version += 1;
  }

  remove(id: string): void {
    this.items.delete(id);
    this.gone.add(id);
    this.version += 1;
  }
}

/** How an item stands in the body of an answer; `undefined` where no member can be its id. */
export function viewOf(model: ApiModel, response: Response, body: unknown, parameter: string): View | undefined {
  const whole = response.contents.find(({ kind }) => kind === "json")?.schema;
  if (!isRecord(body)) return undefined;
  const places = [[], ...Object.keys(body).map((key) => [key])].filter((keys) => isRecord(valueAt(body, keys)));
  // The item itself is looked at before what it holds, whatever that is called.
  for (const keys of places) {
    const item = valueAt(body, keys);
    const id = isRecord(item) ? idIn(item, parameter) : undefined;
    if (isRecord(item) && id !== undefined) return { keys, id, body, schema: schemaAt(model, whole, keys), whole };
  }
  return undefined;
}

/** The member that is the id of an item. */
export function idIn(item: Values, parameter: string): string | undefined {
  const names = Object.keys(item).filter((name) => typeof item[name] === "string" || typeof item[name] === "number");
  return idNames(parameter)
    .map((isIt) => names.find(isIt))
    .find((name) => name !== undefined);
}

/** An item as it looks in an answer: what is known of it, and the rest from a fixture of its own. */
export function lookOf(model: ApiModel, item: Item, view: View, key: object): unknown {
  const before = item.views.get(key);
  if (before !== undefined) return before;
  const own = item.index === 0 ? undefined : anotherOf(model, view.whole, item.index);
  const body = isRecord(own) && isRecord(valueAt(own, view.keys)) ? own : view.body;
  const base = valueAt(body, view.keys);
  const looked = withValue(body, view.keys, withId(model, view, isRecord(base) ? base : {}, item));
  item.views.set(key, looked);
  return looked;
}

/** The same for what stands in a list, where items may have no id. */
export function withId(
  model: ApiModel,
  { id, schema }: { readonly id: string | undefined; readonly schema: Schema | undefined },
  base: Values,
  item: Item,
): Values {
  if (id === undefined) return fit(model, schema, base, item.members);
  const value = typeof base[id] === "number" && /^-?\d+$/.test(item.id) ? Number(item.id) : item.id;
  return fit(model, schema, base, { ...item.members, [id]: value });
}

/** A further value of a schema: one of the first few, or what a factory makes of it for the number. */
export function anotherOf(model: ApiModel, schema: Schema | undefined, index: number): unknown {
  if (schema === undefined) return undefined;
  const made = sample(model, schema, { direction: "response", index: index % kinds });
  if (!made.ok) return undefined;
  const recipe = recipeOf(model, schema, made.value, { direction: "response" });
  return sendable(varied(made.value, recipe, new Vary(index - (index % kinds))));
}

/** So many values of a schema are made by themselves, the others after them. */
const kinds = 3;

/** An id that no item of a shelf has, of the kind that the others have. */
export function freshId(model: ApiModel, shelf: Shelf, view: View): string {
  const example = valueAt(view.body, [...view.keys, view.id]);
  if (typeof example === "number") {
    const numbers = [...shelf.items.keys(), ...shelf.gone, String(example - 1)].map(Number).filter(Number.isSafeInteger);
    return String(Math.max(...numbers) + 1);
  }
  const schema = view.schema === undefined ? undefined : propertyOf(model, view.schema, view.id);
  for (let index = shelf.count + 1; index < shelf.count + 100; index++) {
    const made = schema === undefined ? undefined : sample(model, schema, { direction: "response", name: view.id, index });
    if (made?.ok === true && typeof made.value === "string" && !shelf.items.has(made.value) && !shelf.gone.has(made.value))
      return made.value;
  }
  return `${String(example)}-${shelf.count + 1}`;
}
