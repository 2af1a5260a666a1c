import { isBareReference } from "../node.ts";
import { membersOf } from "./merge.ts";
import type { Query, Segment } from "./query.ts";
import { at, identity, inside, throughFiles, unique, type Place, type Trees } from "./trees.ts";

/** What a query selects, or how far it came. */
export interface Selection {
  /** Each place once, in the order of the query. */
  readonly places: readonly Place[];
  /** When there is none: the segment that selects nothing, and what the ones before it selected. */
  readonly stuck?: { readonly segment: Segment; readonly before: readonly Place[] };
}

/**
 * Selects by a query that starts at the entry. Where a segment asks for something inside a `$ref` to another file, it
 * looks into that file; `..` looks into every file that is reached. References within a file stay what they are written as.
 */
export function select(trees: Trees, query: Query): Selection {
  const root = at(trees, { file: trees.entry, keys: [] })?.value;
  let places: readonly Place[] = [{ file: trees.entry, keys: [] }];
  for (const segment of query.segments) {
    const starts = segment.descends
      ? reached(trees, places)
      : places.map((place) => (segment.names.includes("$ref") ? place : throughFiles(trees, place)));
    const found = unique(
      starts.flatMap((place) =>
        segment.select(segment.descends ? at(trees, place)?.value : seen(trees, place), root).map((keys) => inside(place, keys)),
      ),
    );
    if (found.length === 0) return { places: found, stuck: { segment, before: unique(starts) } };
    places = found;
  }
  return { places };
}

/** A value as filters see it: of its members that are references to other files, what they lead to. */
function seen(trees: Trees, place: Place): unknown {
  const whole = at(trees, place);
  const members = whole === undefined ? [] : membersOf(whole);
  if (!members.some(([, member]) => isBareReference(member.value))) return whole?.value;
  const values = members.map(([key]): [string, unknown] => [key, at(trees, throughFiles(trees, inside(place, [key])))?.value]);
  return Array.isArray(whole?.value) ? values.map(([, value]) => value) : Object.fromEntries(values);
}

/** These places, and all places in other files that references below them lead to, each once. */
function reached(trees: Trees, starts: readonly Place[]): readonly Place[] {
  const found = new Map<string, Place>();
  const visit = (start: Place): void => {
    const place = throughFiles(trees, start);
    if (found.has(identity(place))) return;
    found.set(identity(place), place);
    look(place);
  };
  const look = (place: Place): void => {
    const value = at(trees, place);
    if (value === undefined) return;
    for (const [key, member] of membersOf(value)) {
      const inner = inside(place, [key]);
      if (isBareReference(member.value) && throughFiles(trees, inner) !== inner) visit(inner);
      else look(inner);
    }
  };
  for (const start of starts) visit(start);
  return [...found.values()];
}
