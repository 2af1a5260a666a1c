/**
 * The files of a document while overlays change them. The Overlay specification knows one document; ours may be cut into
 * files, and what a target means by it is told in docs/overlays.md.
 */
import { pointerKeys } from "../../diagnostics/location.ts";
import { addressOf, splitReference } from "../load/address.ts";
import { isBareReference } from "../node.ts";
import { rewritten, valueBehind, type Edit, type Plan, type Traced } from "./traced.ts";

/** The files, the entry by itself. */
export interface Trees {
  readonly entry: string;
  readonly files: Map<string, Traced>;
}

/** A place in one of the files. */
export interface Place {
  readonly file: string;
  readonly keys: readonly string[];
}

/** What stands at a place now. */
export function at({ files }: Trees, { file, keys }: Place): Traced | undefined {
  const whole = files.get(file);
  return whole === undefined ? undefined : valueBehind(whole, keys);
}

/** Edits values at places. A place may stand inside another, whose edit then comes first. */
export function edit({ files }: Trees, edits: readonly { readonly place: Place; readonly edit: Edit }[]): void {
  const plans = new Map<string, Plan>();
  for (const { place, edit } of edits) {
    let plan = planAt(plans, place.file);
    for (const key of place.keys) plan = planAt(plan.inside, key);
    plan.edits.push(edit);
  }
  for (const [file, plan] of plans) {
    const whole = files.get(file);
    const next = whole && rewritten(whole, plan);
    if (next !== undefined) files.set(file, next);
  }
}

function planAt(plans: Map<string, Plan>, key: string): Plan {
  const plan = plans.get(key) ?? { edits: [], inside: new Map() };
  plans.set(key, plan);
  return plan;
}

/** These places, each once. */
export function unique(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((place) => [identity(place), place])).values()];
}

/** The place inside a place. */
export function inside({ file, keys }: Place, more: readonly string[]): Place {
  return { file, keys: [...keys, ...more] };
}

/** A name for a place; two have the same if and only if they are the same. */
export function identity({ file, keys }: Place): string {
  return JSON.stringify([file, ...keys]);
}

/** Where a value that is nothing but a `$ref` to another file leads, through further ones; else the place itself. */
export function throughFiles(trees: Trees, start: Place): Place {
  let place = start;
  for (let hops = 0; hops < 50; hops++) {
    const value = at(trees, place)?.value;
    if (!isBareReference(value) || value.$ref.startsWith("#")) return place;
    const { address, fragment } = splitReference(value.$ref);
    if (fragment !== "" && !fragment.startsWith("/")) return place;
    const next = {
      file: addressOf(address, place.file),
      keys: pointerKeys(fragment.replaceAll("~2", "~02")),
    };
    if (at(trees, next) === undefined) return place;
    place = next;
  }
  return start;
}

/**
 * Whether a `$ref` at this place is only where the document is cut into files: at an entry of a map that defines things.
 * Elsewhere, say in a property, it is a use of what others use, too.
 */
export function isSeam(trees: Trees, place: Place): boolean {
  return place.file === trees.entry && place.keys.length === depthOf(place.keys);
}

/** Whether seams may be found below this place. */
export function hasSeamsBelow(trees: Trees, place: Place): boolean {
  return place.file === trees.entry && place.keys.length < depthOf(place.keys);
}

/** How many keys lead to what is defined in the part of a document that the first key names. */
function depthOf([first]: readonly string[]): number {
  if (first === undefined || first === "components") return 3;
  // Swagger 2.0 has its components at the root.
  return ["paths", "webhooks", "definitions", "parameters", "responses"].includes(first) ? 2 : 0;
}
