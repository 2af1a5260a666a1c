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
import { membersOf, merge, type OnClash } from "./overlay/merge.ts";
import type { Query } from "./overlay/query.ts";
import { readActions, type Action } from "./overlay/read.ts";
import { select, type Selection } from "./overlay/select.ts";
import { traced, withMembers, writtenAt, type Origin, type Traced } from "./overlay/traced.ts";
import { at, edit, hasSeamsBelow, inside, isSeam, throughFiles, unique, type Place, type Trees } from "./overlay/trees.ts";

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
  const whole = sources
    .filter(({ tree }) => tree !== undefined)
    .map(({ file, tree }): [string, Traced] => [file, traced(tree, locationOf(file, []))]);
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
    if (places.some(({ keys }) => keys.length === 0))
      diagnostics.report("overlay-action-idle", actionAt, { reason: "would remove the whole document" });
    edit(
      trees,
      places.filter(({ keys }) => keys.length > 0).map((place) => ({ place, edit: () => undefined })),
    );
    return;
  }
  const value = change.kind === "update" ? change.value : copied(change.from, child(actionAt, "copy"), trees, diagnostics);
  if (value === undefined) return;
  const targets = unique(places.map((place) => (isSeam(trees, place) ? throughFiles(trees, place) : place)));
  const kinds = [...new Set(targets.map((place) => kindOfNode(at(trees, place)?.value)))];
  if (kinds.length > 1) {
    diagnostics.report("overlay-targets-mixed", child(actionAt, "target"), { target: target.text, kinds });
    return;
  }
  const clash: OnClash = (before, update) => {
    const related = [{ at: before.origin.at, message: `${kindOf(before.value)} stands here` }];
    const kinds = { found: kindOf(update.value), target: kindOf(before.value) };
    diagnostics.report("overlay-update-incompatible", update.origin.at, kinds, { related });
  };
  const parts = targets.flatMap((place) => partsOf(trees, place, value));
  edit(
    trees,
    parts.map(({ place, value: part }) => ({ place, edit: (before) => merge(before, part, clash) })),
  );
}

/** What is merged where: where the document is cut into files below a place, the part for it goes into those. */
function partsOf(trees: Trees, place: Place, value: Traced): { readonly place: Place; readonly value: Traced }[] {
  if (!isObject(value.value) || !hasSeamsBelow(trees, place)) return [{ place, value }];
  const own = new Map(membersOf(value));
  const parts = [...own].flatMap(([key, inner]) => {
    const next = inside(place, [key]);
    const there = at(trees, next)?.value;
    if (!isObject(inner.value) || !isObject(there)) return [];
    if (isSeam(trees, next) && !isBareReference(there)) return [];
    own.delete(key);
    return partsOf(trees, isSeam(trees, next) ? throughFiles(trees, next) : next, inner);
  });
  return [{ place, value: withMembers({ value: {}, origin: value.origin }, own) }, ...parts];
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
function selected(
  query: Query,
  queryAt: Location,
  trees: Trees,
  diagnostics: Diagnostics,
  severity: Severity = "warning",
): readonly Place[] {
  const selection = select(trees, query);
  if (selection.stuck !== undefined)
    diagnostics.report(
      "overlay-target-empty",
      queryAt,
      { target: query.text, ...nearest(query, selection.stuck, trees) },
      { severity },
    );
  return selection.places;
}

/** How much of a query selects something, and what was probably meant behind that. */
function nearest(
  query: Query,
  { segment, before }: NonNullable<Selection["stuck"]>,
  trees: Trees,
): { nearest: string; suggestion: string | undefined; reference: string | undefined } {
  const values = before.map((place) => at(trees, place)?.value);
  const keys = new Set(values.flatMap((value) => (isObject(value) ? Object.keys(value) : [])));
  const [name, ...others] = segment.names;
  const suggestion = name === undefined || others.length > 0 ? undefined : suggest(name, keys);
  return {
    nearest: query.text.slice(0, segment.start),
    suggestion,
    reference: values.find(isBareReference)?.$ref,
  };
}

function kindOfNode(value: unknown): string {
  return isObject(value) ? "objects" : Array.isArray(value) ? "arrays" : "single values";
}
