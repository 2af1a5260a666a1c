/** ApiModel → the collections whose items can be made, listed, read, changed and removed, as far as paths and answers show them. */
import type { ApiModel, Operation } from "../../model/api-model.ts";

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
}

/** The part of each operation that has one. An item is `/pets/{id}` below `/pets`; to show that it remembers, there must be two to do. */
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
  const parts = new Map<Operation, Part>();
  for (const [path, operations] of byPath) {
    const [, base, parameter] = /^(.*)\/\{([^{}]+)\}$/.exec(path) ?? [];
    if (base === undefined || parameter === undefined) continue;
    const at = (all: readonly Operation[] | undefined, method: string): Operation | undefined =>
      all?.find((one) => one.method === method && one.shadowedBy === undefined && !followed.has(one.id));
    const above = byPath.get(base);
    const deeds: { readonly [deed in Deed]: Operation | undefined } = {
      list: at(above, "get"),
      create: at(above, "post"),
      get: at(operations, "get"),
      replace: at(operations, "put"),
      update: at(operations, "patch") ?? at(operations, "post"),
      remove: at(operations, "delete"),
    };
    const known = Object.entries(deeds).filter(([, operation]) => operation !== undefined);
    const ofItem = [deeds.get, deeds.replace, deeds.update, deeds.remove].some((one) => one !== undefined);
    if (known.length < 2 || !ofItem) continue;
    const collection: Collection = { path: base, parameter, ...Object.fromEntries(known) };
    // A list may stand above two kinds of items; the first has it.
    for (const [deed, operation] of known)
      if (operation !== undefined && !parts.has(operation)) parts.set(operation, { collection, deed: deed as Deed });
  }
  return parts;
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
