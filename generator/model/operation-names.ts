import { child } from "../diagnostics/location.ts";
import type { Building } from "./building.ts";
import { assignNames, valueIdentifier, wordsOf } from "./names.ts";
import type { WrittenOperation } from "./operations.ts";
import { objectMembers, ourValues, reservedWords } from "./reserved.ts";

export interface OperationNames {
  /** The operationId, or one made from method and path; unique. */
  readonly id: string;
  /** The identifier; unique. */
  readonly name: string;
}

/** An id and an identifier for each operation. A missing id is made, a duplicate one reported. */
export function chooseOperationNames(
  building: Building,
  operations: readonly WrittenOperation[],
): ReadonlyMap<WrittenOperation, OperationNames> {
  const keyed = new Map(operations.map((written) => [keyOf(written), written]));
  const ids = chooseIds(building, keyed);
  const byId = new Map([...keyed].map(([key, written]) => [ids.get(key) ?? key, written]));
  const names = assignNames(
    [...byId.keys()].map((id) => ({ key: id, wanted: valueIdentifier(id) || "operation" })),
    new Set([...reservedWords, ...objectMembers, ...ourValues]),
    "Operation",
  );
  const chosen = new Map<WrittenOperation, OperationNames>();
  for (const [id, written] of byId) chosen.set(written, { id, name: names.names.get(id) ?? id });
  for (const { wanted, keys } of names.clashes)
    reportClash(
      building,
      wanted,
      keys.flatMap((id) => byId.get(id) ?? []),
      chosen,
    );
  return chosen;
}

/** `get /users/{id}/posts` is `getUsersByIdPosts`. */
export function derivedId({ method, path }: Pick<WrittenOperation, "method" | "path">): string {
  const words = path.split("/").map((segment) => segment.replace(/\{([^{}]*)\}/g, " by $1 "));
  return valueIdentifier([method.toLowerCase(), ...words.flatMap(wordsOf)].join(" "));
}

function keyOf({ method, path }: WrittenOperation): string {
  return `${path} ${method}`;
}

/** Ids that are written come first; those that are made for the rest yield to them. */
function chooseIds(building: Building, keyed: ReadonlyMap<string, WrittenOperation>): ReadonlyMap<string, string> {
  const all = [...keyed];
  const given = assignNames(
    all.flatMap(([key, { operation }]) => (operation.operationId ? [{ key, wanted: operation.operationId }] : [])),
  );
  for (const { wanted, keys } of given.clashes) reportDuplicates(building, wanted, keys, keyed, given.names);
  const derived = assignNames(
    all.flatMap(([key, written]) => (written.operation.operationId ? [] : [{ key, wanted: derivedId(written) }])),
    new Set(given.names.values()),
    "2",
  );
  for (const [key, id] of derived.names) {
    const written = keyed.get(key);
    if (written === undefined) continue;
    const { method, path } = written;
    building.diagnostics.report("operation-id-missing", building.locate(written.operation), {
      method: method.toUpperCase(),
      path,
      id,
    });
  }
  return new Map([...given.names, ...derived.names]);
}

function reportDuplicates(
  building: Building,
  id: string,
  keys: readonly string[],
  keyed: ReadonlyMap<string, WrittenOperation>,
  names: ReadonlyMap<string, string>,
): void {
  const [first, ...rest] = keys.flatMap((key) => keyed.get(key) ?? []);
  if (first === undefined) return;
  const related = [{ at: placeOfId(building, first), message: `${first.method.toUpperCase()} ${first.path} uses it here` }];
  for (const other of rest) {
    const used = names.get(keyOf(other)) ?? id;
    building.diagnostics.report("operation-id-duplicate", placeOfId(building, other), { id, used }, { related });
  }
}

function reportClash(
  building: Building,
  wanted: string,
  operations: readonly WrittenOperation[],
  chosen: ReadonlyMap<WrittenOperation, OperationNames>,
): void {
  const [first, ...rest] = operations;
  if (first === undefined) return;
  for (const other of rest) {
    const ids = { id: chosen.get(other)?.id ?? "", other: chosen.get(first)?.id ?? "" };
    const related = [{ at: placeOfId(building, first), message: `"${ids.other}" is here` }];
    building.diagnostics.report(
      "operation-names-clash",
      placeOfId(building, other),
      { ...ids, wanted, name: chosen.get(other)?.name ?? "" },
      { related },
    );
  }
}

function placeOfId(building: Building, { operation }: WrittenOperation) {
  const at = building.locate(operation);
  return operation.operationId === undefined ? at : child(at, "operationId");
}
