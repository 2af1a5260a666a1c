/** ApiModel → the collections whose items can be made, listed, read, changed and removed, as far as paths and answers show them. */
import type { ApiModel, NamedSchema, Operation } from "../../model/api-model.ts";
import { inPlace } from "../../model/direction.ts";
import { referenced } from "../../model/walk.ts";
import { pagingOf } from "./paging.ts";

/** One collection, and the operations on it by what they do. */
export interface Collection {
  /** Its path template, without a slash at the end. */
  readonly path: string;
  /** The parameter that tells its items apart. */
  readonly parameter: string;
  readonly list?: Operation;
  readonly create?: Operation;
  readonly get?: Operation;
  /** PUT: the item becomes what is sent. */
  readonly replace?: Operation;
  /** PATCH, or POST to the item: what is sent changes. */
  readonly update?: Operation;
  readonly remove?: Operation;
}

export type Deed = Exclude<keyof Collection, "path" | "parameter">;

/** A place in a collection: which, and what an operation does there. */
export interface Part {
  readonly collection: Collection;
  readonly deed: Deed;
  /** Whether the body tells which item is meant, and not the path. */
  readonly byBody?: true;
}

/**
 * The part of each operation that has one. An item is `/pets/{id}` below `/pets`; to show that it remembers, there must be two to do. What
 * `PUT /pets` sends is one of the items; `/pets/findByStatus` lists them too where its answer says so. A list that has pages is a collection
 * by itself.
 */
export function partsOf(model: ApiModel): ReadonlyMap<Operation, Part> {
  const followed = new Set(
    model.operations.flatMap(({ longRunning, id }) =>
      longRunning === undefined ? [] : [id, longRunning.status.id, longRunning.cancel?.id],
    ),
  );
  const byPath = new Map<string, Operation[]>();
  for (const operation of model.operations) {
    const path = withoutSlash(operation.path);
    byPath.set(path, [...(byPath.get(path) ?? []), operation]);
  }
  const at = (all: readonly Operation[] | undefined, method: string): Operation | undefined =>
    all?.find((one) => one.method === method && one.shadowedBy === undefined && !followed.has(one.id));
  const paths = [...byPath.keys()];
  const parts = new Map<Operation, Part>();
  for (const [path, operations] of byPath) {
    const [, base, parameter] = /^(.*)\/\{([^{}]+)\}$/.exec(path) ?? [];
    if (base === undefined || parameter === undefined) continue;
    const above = byPath.get(base);
    const get = at(operations, "get");
    const others = get === undefined ? [] : otherLists(model, get, base, paths);
    const lists = others.flatMap((one) => at(byPath.get(one), "get") ?? []).filter((one) => !parts.has(one));
    const deeds: { readonly [deed in Deed]: Operation | undefined } = {
      list: at(above, "get") ?? lists[0],
      create: at(above, "post"),
      get,
      replace: at(operations, "put"),
      update: at(operations, "patch") ?? at(operations, "post"),
      remove: at(operations, "delete"),
    };
    const known = Object.entries(deeds).filter(([, operation]) => operation !== undefined);
    const ofItem = [deeds.get, deeds.replace, deeds.update, deeds.remove].some((one) => one !== undefined);
    if (known.length < 2 || !ofItem) continue;
    const collection: Collection = { path: base, parameter, ...Object.fromEntries(known) };
    const add = (operation: Operation | undefined, part: Omit<Part, "collection">): void => {
      // A list may stand above two kinds of items; the first has it.
      if (operation !== undefined && !parts.has(operation)) parts.set(operation, { collection, ...part });
    };
    for (const [deed, operation] of known) add(operation, { deed: deed as Deed });
    for (const list of lists) add(list, { deed: "list" });
    add(at(above, "put"), { deed: "replace", byBody: true });
    add(at(above, "patch"), { deed: "update", byBody: true });
  }
  for (const list of model.operations) {
    if (list.method !== "get" || parts.has(list) || followed.has(list.id) || pagingOf(list) === undefined) continue;
    parts.set(list, { collection: { path: withoutSlash(list.path), parameter: "id", list }, deed: "list" });
  }
  return parts;
}

/** The paths below a collection that list the very items that it shows. */
function otherLists(model: ApiModel, get: Operation, base: string, paths: readonly string[]): readonly string[] {
  const below = paths.filter((path) => path.startsWith(`${base}/`) && !path.slice(base.length).includes("{"));
  const shown = below.length === 0 ? undefined : answerOf(model, get)?.item;
  if (shown === undefined) return [];
  return below.filter((path) => {
    const list = model.operations.find((one) => one.method === "get" && withoutSlash(one.path) === path);
    return list !== undefined && answerOf(model, list)?.row === shown;
  });
}

/** The named schema that an answer is, and that which it lists. */
function answerOf(
  model: ApiModel,
  operation: Operation,
): { readonly item?: NamedSchema; readonly row?: NamedSchema } | undefined {
  const success = operation.responses.find(({ status }) => status === "default" || String(status).startsWith("2"));
  const schema = success?.contents.find(({ kind }) => kind === "json")?.schema;
  if (schema === undefined) return undefined;
  const item = referenced(model, schema);
  const parts = inPlace(model, schema);
  const lists = parts.flatMap((part) => [part, ...Object.values(part.properties ?? {}).flatMap((one) => inPlace(model, one))]);
  const [rows, ...others] = [...new Set(lists.flatMap(({ items }) => (items === undefined ? [] : [referenced(model, items)])))];
  const row = others.length === 0 ? rows : undefined;
  return { ...(item === undefined ? {} : { item }), ...(row === undefined ? {} : { row }) };
}

function withoutSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}

/** What the member of an item may be called that a parameter of its path holds: `id` for `petId`, `number` for `issue_number`. */
export function idNames(parameter: string): readonly ((name: string) => boolean)[] {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  const last = /(?:^|[^a-z0-9]|(?<=[a-z0-9])(?=[A-Z]))([A-Za-z][a-z0-9]*)$/.exec(parameter)?.[1] ?? parameter;
  return [parameter, last, "id", "uuid", "key", "slug", "name"].map((wish) => (name) => plain(name) === plain(wish));
}
