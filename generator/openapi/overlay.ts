/**
 * Overlay: the loaded files and overlay files go in; the files come out as if the overlays' changes had been written into them
 * (https://spec.openapis.org/overlay/v1.1.0.html). Of every value it is known where it was written, so that problems name
 * the overlay where they are the overlay's. docs/overlays.md tells how targets mean places in documents of several files.
 */
import type { Diagnostics, Severity } from "../diagnostics/diagnostic.ts";
import { child, locationOf, splitLocation, type Location } from "../diagnostics/location.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Source } from "./load/parse.ts";
import { isBareReference, isObject, kindOf } from "./node.ts";
import { membersOf, merge } from "./overlay/merge.ts";
import type { Query } from "./overlay/query.ts";
import { readActions, type Action } from "./overlay/read.ts";
import { select, type Selection } from "./overlay/select.ts";
import { traced, withMembers, writtenAt, type Origin, type Traced } from "./overlay/traced.ts";
import { at, hasSeamsBelow, inside, isSeam, put, throughFiles, type Place, type Trees } from "./overlay/trees.ts";

/** The files that overlays have changed. */
export interface Overlaid {
  /** The tree of a file that is changed; `undefined` for the others. */
  treeOf(file: string): unknown;
  /** Where a value was written that is now found at a place. */
  originOf(at: Location): Location;
}

/** Applies overlays to a document in their order, and of each the actions in theirs. */
export function applyOverlays(sources: readonly Source[], overlays: readonly Source[], diagnostics: Diagnostics): Overlaid {
  const entry = sources[0]?.file ?? "";
  const whole = sources.filter(({ tree }) => tree !== undefined).map(({ file, tree }): [string, Traced] => [file, traced(tree, locationOf(file, []))]);
  const trees: Trees = { entry, files: new Map(whole) };
  const untouched = new Map(whole);
  for (const overlay of overlays) {
    const actions = readActions(overlay, entry, diagnostics);
    if (trees.files.has(entry)) for (const action of actions) apply(action, trees, diagnostics);
  }
  const origins = new Map<string, Origin>();
  for (const [file, { value, origin }] of trees.files) if (value !== untouched.get(file)?.value) origins.set(file, origin);
  return {
    treeOf: (file) => (origins.has(file) ? trees.files.get(file)?.value : undefined),
    originOf(at) {
      const { file, keys } = splitLocation(at);
      const origin = origins.get(file);
      return origin === undefined ? at : writtenAt(origin, keys);
    },
  };
}

function apply({ at: actionAt, target, change }: Action, trees: Trees, diagnostics: Diagnostics): void {
  const places = selected(target, child(actionAt, "target"), trees, diagnostics);
  if (places.length === 0) return;
  if (change.kind === "remove") {
    if (places.some(({ keys }) => keys.length === 0)) diagnostics.report("overlay-action-idle", actionAt, { reason: "would remove the whole document" });
    // The last first: what stands behind it in an array moves up.
    for (const place of places.filter(({ keys }) => keys.length > 0).toSorted(lastFirst)) put(trees, place, undefined);
    return;
  }
  const value = change.kind === "update" ? change.value : copied(change.from, child(actionAt, "copy"), trees, diagnostics);
  if (value === undefined) return;
  const seams = places.map((place) => (isSeam(trees, place) ? throughFiles(trees, place) : place));
  const kinds = [...new Set(seams.map((place) => kindOfNode(at(trees, place)?.value)))];
  if (kinds.length > 1) {
    diagnostics.report("overlay-targets-mixed", child(actionAt, "target"), { target: target.text, kinds });
    return;
  }
  for (const place of seams) update(trees, place, value, diagnostics);
}

/** Merges a value into what stands at a place; where the document is cut into files on the way, into those. */
function update(trees: Trees, place: Place, value: Traced, diagnostics: Diagnostics): void {
  const target = at(trees, place);
  if (target === undefined) return;
  const rest = new Map(membersOf(value));
  if (isObject(value.value) && isObject(target.value) && hasSeamsBelow(trees, place)) {
    for (const [key, inner] of rest) {
      const next = inside(place, [key]);
      const there = at(trees, next)?.value;
      if (!isObject(inner.value) || !isObject(there)) continue;
      if (isSeam(trees, next) && !isBareReference(there)) continue;
      update(trees, isSeam(trees, next) ? throughFiles(trees, next) : next, inner, diagnostics);
      rest.delete(key);
    }
  }
  const remaining = rest.size === membersOf(value).length ? value : withMembers({ value: {}, origin: value.origin }, rest);
  const merged = merge(at(trees, place) ?? target, remaining, (before, incompatible) =>
    diagnostics.report("overlay-update-incompatible", incompatible.origin.at, { found: kindOf(incompatible.value), target: kindOf(before.value) }, {
      related: [{ at: before.origin.at, message: `${kindOf(before.value)} stands here` }],
    }),
  );
  put(trees, place, merged);
}

/** The one value that an action copies. */
function copied(from: Query, fromAt: Location, trees: Trees, diagnostics: Diagnostics): Traced | undefined {
  const places = selected(from, fromAt, trees, diagnostics, "error");
  if (places.length > 1) diagnostics.report("overlay-copy-ambiguous", fromAt, { text: from.text, count: places.length });
  const [place] = places;
  if (place === undefined || places.length > 1) return undefined;
  return at(trees, isSeam(trees, place) ? throughFiles(trees, place) : place);
}

/** A target that selects nothing is no error to the specification, since an overlay may suit several documents. */
function selected(query: Query, queryAt: Location, trees: Trees, diagnostics: Diagnostics, severity: Severity = "warning"): readonly Place[] {
  const selection = select(trees, query);
  if (selection.stuck !== undefined) diagnostics.report("overlay-target-empty", queryAt, { target: query.text, ...nearest(query, selection.stuck, trees) }, { severity });
  return selection.places;
}

/** How much of a query selects something, and what was probably meant behind that. */
function nearest(query: Query, { segment, before }: NonNullable<Selection["stuck"]>, trees: Trees): { nearest: string; suggestion: string | undefined; reference: string | undefined } {
  const values = before.map((place) => at(trees, place)?.value);
  const keys = new Set(values.flatMap((value) => (isObject(value) ? Object.keys(value) : [])));
  const [name, ...others] = segment.names;
  const suggestion = name === undefined || others.length > 0 ? undefined : suggest(name, keys);
  return { nearest: query.text.slice(0, segment.start), suggestion, reference: values.find(isBareReference)?.$ref };
}

function kindOfNode(value: unknown): string {
  return isObject(value) ? "objects" : Array.isArray(value) ? "arrays" : "single values";
}

/** Puts what is deeper, or further back in an array, before the rest. */
function lastFirst(one: Place, other: Place): number {
  for (const [depth, key] of one.keys.entries()) {
    const against = other.keys[depth];
    if (against === undefined) return -1;
    if (key !== against) return /^\d+$/.test(key) && /^\d+$/.test(against) ? Number(against) - Number(key) : key < against ? 1 : -1;
  }
  return one.keys.length === other.keys.length ? 0 : 1;
}
