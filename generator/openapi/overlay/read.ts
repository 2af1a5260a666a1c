/** One overlay file goes in; its actions come out, their targets understood. What is wrong with it is reported. */
import { basename } from "node:path";
import type { Diagnostics } from "../../diagnostics/diagnostic.ts";
import { child, locationOf, splitLocation, type Location } from "../../diagnostics/location.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Span } from "../../diagnostics/yaml.ts";
import { addressOf, isUrl, splitReference } from "../load/address.ts";
import type { Source } from "../load/parse.ts";
import { isObject, kindOf, type JsonObject } from "../node.ts";
import { parseQuery, type Query } from "./query.ts";
import { traced, type Traced } from "./traced.ts";

/** One change: https://spec.openapis.org/overlay/v1.1.0.html#action-object */
export interface Action {
  readonly at: Location;
  readonly target: Query;
  /** What is done: `remove` wins over the others, which come one at a time. */
  readonly change:
    | { readonly kind: "remove" }
    | { readonly kind: "update"; readonly value: Traced }
    | { readonly kind: "copy"; readonly from: Query };
}

/** Reads the actions of an overlay for a document; those that cannot be meant are left out. */
export function readActions(source: Source, entry: string, diagnostics: Diagnostics): readonly Action[] {
  const { tree } = source;
  const root = locationOf(source.file, []);
  if (tree === undefined) return []; // Its syntax is broken, which is reported.
  if (!isObject(tree) || tree["overlay"] === undefined) {
    diagnostics.report("not-an-overlay", root, { keys: isObject(tree) ? Object.keys(tree) : [] });
    return [];
  }
  const version = versionOf(tree["overlay"], source);
  if (!/^1\.[01](\.\d+)?$/.test(version)) {
    diagnostics.report("overlay-version-unsupported", child(root, "overlay"), { version });
    return [];
  }
  checkMembers(tree, ["overlay", "info", "extends", "actions"], "an overlay", root, diagnostics);
  checkExtends(tree["extends"], source.file, entry, diagnostics);
  const actions = tree["actions"];
  if (!Array.isArray(actions) || actions.length === 0) {
    diagnostics.report("overlay-actions-missing", actions === undefined ? root : child(root, "actions"), {}, { atKey: true });
    return [];
  }
  return actions.flatMap(
    (action: unknown, index) => readAction(action, child(root, "actions", index), source, diagnostics) ?? [],
  );
}

/** As it is spelled: `overlay: 1.0` is the number 1. */
function versionOf(written: unknown, source: Source): string {
  if (typeof written === "string") return written;
  return typeof written === "number" ? source.textAt(["overlay"]) : kindOf(written);
}

function readAction(action: unknown, at: Location, source: Source, diagnostics: Diagnostics): Action | undefined {
  if (!isObject(action)) {
    diagnostics.report("value-wrong-kind", at, {
      what: "an action",
      found: kindOf(action),
      expected: "an object",
    });
    return undefined;
  }
  checkMembers(action, ["target", "description", "update", "copy", "remove"], "an action", at, diagnostics);
  const target = readQuery(action, "target", at, source, diagnostics);
  const { update, copy, remove } = action;
  if (remove === true) return target && { at, target, change: { kind: "remove" } };
  if (remove !== undefined && remove !== false) {
    diagnostics.report("value-wrong-kind", child(at, "remove"), {
      what: '"remove"',
      found: kindOf(remove),
      expected: "a boolean",
    });
    return undefined;
  }
  if (update !== undefined && copy !== undefined) {
    diagnostics.report("overlay-action-idle", at, {
      reason: 'has both "update" and "copy", which cancel each other out',
    });
    return undefined;
  }
  if (update !== undefined)
    return target && { at, target, change: { kind: "update", value: traced(update, child(at, "update")) } };
  if (copy === undefined) {
    diagnostics.report("overlay-action-idle", at, {
      reason: 'has no "update", no "copy" and no "remove: true"',
    });
    return undefined;
  }
  const from = readQuery(action, "copy", at, source, diagnostics);
  return target && from && { at, target, change: { kind: "copy", from } };
}

function readQuery(
  action: JsonObject,
  key: "target" | "copy",
  actionAt: Location,
  source: Source,
  diagnostics: Diagnostics,
): Query | undefined {
  const text = action[key];
  const at = child(actionAt, key);
  if (text === undefined)
    diagnostics.report("member-missing", actionAt, { what: "the action", member: key }, { severity: "error" });
  else if (typeof text !== "string")
    diagnostics.report("value-wrong-kind", at, {
      what: `"${key}"`,
      found: kindOf(text),
      expected: "a string",
    });
  if (typeof text !== "string") return undefined;
  const query = parseQuery(text);
  if ("segments" in query) return query;
  const span = spanWithin(source, at, text, query.offset);
  diagnostics.report("jsonpath-syntax", at, { text, reason: query.reason }, span === undefined ? {} : { span });
  return undefined;
}

/** The character of a string at an offset; none when the string is spelled otherwise than it reads, as with escapes. */
function spanWithin(source: Source, at: Location, text: string, offset: number): Span | undefined {
  const { keys } = splitLocation(at);
  const { line, column } = source.locate(keys).start;
  const shift = source.textAt(keys).indexOf(text);
  if (shift === -1) return undefined;
  const lineStart = source.text.split("\n", line - 1).reduce((sum, before) => sum + before.length + 1, 0);
  const start = lineStart + column - 1 + shift + Math.min(offset, Math.max(0, text.length - 1));
  return { start, end: start + 1 };
}

function checkMembers(value: JsonObject, known: readonly string[], what: string, at: Location, diagnostics: Diagnostics): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key) || key.startsWith("x-")) continue;
    diagnostics.report("member-unknown", child(at, key), { key, what, suggestion: suggest(key, known) }, { atKey: true });
  }
}

/** Warns when an overlay was written for another document. A copy on disk of what a URL names has the same file name. */
function checkExtends(written: unknown, overlay: string, entry: string, diagnostics: Diagnostics): void {
  if (typeof written !== "string") return;
  const meant = addressOf(splitReference(written).address, overlay);
  const same = meant === entry || (isUrl(meant) && !isUrl(entry) && basename(new URL(meant).pathname) === basename(entry));
  if (!same)
    diagnostics.report("overlay-extends-other", child(locationOf(overlay, []), "extends"), {
      written,
      entry: basename(entry),
    });
}
