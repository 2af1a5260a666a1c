import { valueIdentifier, wordsOf } from "../names.ts";
import type { Building } from "../building.ts";
import { derivedId } from "../operation-names.ts";
import type { WrittenOperation } from "../operations.ts";
import { actionsFor } from "./actions.ts";
import { echoesPath, placesByPath, spellsPath } from "./by-path.ts";
import { settlePlaces } from "./settle-places.ts";
import { type Subject, subjectsOf, withoutScopes } from "./subject.ts";
import { isPreposition } from "./words.ts";

/** Where an operation stands in the client: `client.<chain>.<action>()`. */
export interface Place {
  readonly chain: readonly string[];
  readonly action: string;
  /** Whether the operationId would have it otherwise: such a wish yields to any other. */
  readonly doubtful?: boolean;
}

/** A place for each operation, by the rule of docs/resource-names.md. No two are the same, and the order changes none. */
export function chooseResources(
  building: Building,
  operations: readonly WrittenOperation[],
): ReadonlyMap<WrittenOperation, Place> {
  const subjects = subjectsOf(building, operations);
  const tags = new Set(operations.map(({ operation }) => operation.tags?.[0]));
  const settled = settlePlaces(subjects.map((subject) => ({ subject, places: placesOf(subject, tags.size > 1) })));
  return new Map(subjects.map((subject) => [subject.written, settled.get(subject.key) ?? { chain: [], action: subject.key }]));
}

/** The places an operation would like, the best first; the last is its own for certain. */
function placesOf(subject: Subject, tagsTell: boolean): readonly Place[] {
  const { operation } = subject.written;
  const resource = operation["x-triad-resource"];
  const action = operation["x-triad-action"];
  const chain =
    typeof resource === "string"
      ? resource
          .split(".")
          .map(valueIdentifier)
          .filter((name) => name !== "")
      : undefined;
  const places = chain === undefined ? placesByRule(subject, tagsTell) : placesOn(subject, chain, wordsOf(chain.at(-1) ?? ""));
  const all = [...places, { chain: places.at(-1)?.chain ?? [], action: derivedId(subject.written) }];
  return typeof action === "string" && valueIdentifier(action) !== ""
    ? all.map((place) => ({ ...place, action: valueIdentifier(action) }))
    : all;
}

function placesByRule(subject: Subject, tagsTell: boolean): Place[] {
  const id = subject.written.operation.operationId ?? "";
  const parts = id.split(/[/.:#]+/).filter((part) => wordsOf(part).length > 0);
  if (parts.length > 1) {
    const chain = parts.slice(0, -1).slice(-2);
    const words = wordsOf(parts.at(-1) ?? "");
    return placesOn({ ...subject, words }, chain.map(valueIdentifier), wordsOf(chain.at(-1) ?? ""));
  }
  const tag = subject.written.operation.tags?.[0] ?? "";
  const byPath = placesByPath(subject);
  if (!tagsTell || valueIdentifier(tag) === "" || subject.words.length === 0 || spellsPath(subject) || echoesPath(subject)) {
    return [...byPath, ...placesOn(subject, byPath.at(-1)?.chain ?? [], [])];
  }
  const chain = [valueIdentifier(tag)];
  const words = withoutScopes(subject);
  const whole = placesOn(subject, chain, wordsOf(tag));
  return words === subject.words ? whole : [...placesOn({ ...subject, words }, chain, nameIn(wordsOf(tag))), ...whole];
}

/** What a tag names: the `logpush jobs` of logpush jobs for an account. */
function nameIn(tag: readonly string[]): readonly string[] {
  const end = tag.findIndex(isPreposition);
  return end <= 0 ? tag : tag.slice(0, end);
}

function placesOn(subject: Subject, chain: readonly string[], resource: readonly string[]): Place[] {
  return actionsFor(subject, resource).map((action) => ({ ...action, chain }));
}
