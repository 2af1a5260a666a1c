import type { Schema } from "../../openapi/shapes.ts";
import type { Building } from "../building.ts";
import { behindReferences } from "../bytes.ts";
import { wordsOf } from "../names.ts";
import type { WrittenOperation } from "../operations.ts";
import { commonPrefix, segmentsOf } from "../shared-parameters.ts";
import { isPlural } from "./words.ts";

/** An operation, as the rule of docs/resource-names.md looks at it. */
export interface Subject {
  readonly written: WrittenOperation;
  /** `<path> <method>`: what tells operations apart, whatever their order. */
  readonly key: string;
  /** The words of the operationId; none when there is no operationId. */
  readonly words: readonly string[];
  /** The segments of the path after what all paths share, without a leading `api` and version. */
  readonly segments: readonly string[];
  /** The words of all segments of the path, of the placeholders too. */
  readonly pathWords: readonly string[];
  /** Whether other operations have the same path, or one that goes on from it. */
  readonly alone: boolean;
  /** Whether the path ends in something that a GET of it lists. */
  readonly collection: boolean;
  /** The methods of the path. */
  readonly methods: ReadonlySet<string>;
}

/** Looks at all operations of a document together: what one path means depends on the paths beside it. */
export function subjectsOf(building: Building, operations: readonly WrittenOperation[]): Subject[] {
  const shared = sharedLength(operations.map(({ path }) => path));
  const methodsByPath = new Map<string, Set<string>>();
  const parents = new Set<string>();
  const collections = new Set<string>();
  for (const { path, method } of operations) {
    const segments = segmentsOf(path);
    const known = methodsByPath.get(segments.join("/"));
    if (known === undefined) methodsByPath.set(segments.join("/"), new Set([method.toLowerCase()]));
    else known.add(method.toLowerCase());
    for (let length = 1; length < segments.length; length += 1) parents.add(segments.slice(0, length).join("/"));
    if (isPlaceholder(segments.at(-1))) collections.add(segments.slice(0, -1).join("/"));
  }
  return operations.map((written) => {
    const all = segmentsOf(written.path);
    const path = all.join("/");
    const methods = methodsByPath.get(path) ?? new Set<string>();
    const last = all.at(-1) ?? "";
    return {
      written,
      key: `${written.path} ${written.method}`,
      words: withoutOwner(withoutStatus(wordsOf(withoutEcho(written))), all),
      segments: withoutVersion(all.slice(shared)),
      pathWords: all.flatMap(wordsOf),
      alone: methods.size === 1 && !parents.has(path),
      collection:
        !isPlaceholder(last) &&
        (collections.has(path) || isPlural(wordsOf(last).at(-1) ?? "") || answersWithList(building, written)),
      methods,
    };
  });
}

/** Whether a segment stands for a value. */
export function isPlaceholder(segment: string | undefined): boolean {
  return segment?.includes("{") ?? false;
}

/** How many leading segments all paths share, up to the last placeholder among them. */
function sharedLength(paths: readonly string[]): number {
  return commonPrefix([...new Set(paths)]).findLastIndex(isPlaceholder) + 1;
}

function withoutVersion(segments: readonly string[]): readonly string[] {
  const start = segments.findIndex((segment) => !/^(?:api|rest|v?\d+(?:\.\d+)*(?:(?:alpha|beta|rc)\d*)?)$/i.test(segment));
  return start <= 0 ? segments : segments.slice(start);
}

/** FastAPI writes `read_item_items__item_id__get`: name, path and method. The name is enough. */
function withoutEcho({ operation, path, method }: WrittenOperation): string {
  const id = (operation.operationId ?? "").replace(/['’][-_ ]s(?![A-Za-z])/g, "s");
  const echo = `${path.replace(/\W/g, "_")}_${method.toLowerCase()}`;
  return id.endsWith(echo) && id.length > echo.length ? id.slice(0, -echo.length) : id;
}

function withoutStatus(words: readonly string[]): readonly string[] {
  return words.length > 1 && words[0]?.toLowerCase() === "deprecated" ? words.slice(1) : words;
}

/** Under `/me` all is the user's: `save-episodes-user` is to save episodes. */
function withoutOwner(words: readonly string[], segments: readonly string[]): readonly string[] {
  if (!segments.some((segment) => segment === "me" || segment === "@me")) return words;
  const isOwner = (word: string, index: number): boolean =>
    index > 0 && /^users?$/i.test(word) && !/^(?:by|current|for|of|to)$/i.test(words[index - 1] ?? "");
  return words.filter((word, index) => !isOwner(word, index));
}

/**
 * An id that goes along its path, placeholders and all, tells at its start where it is, and at its end which one:
 * `get-zones-zone_id-filters-filter_id` is to get a filter.
 */
export function withoutScopes({ words, written }: Subject): readonly string[] {
  const segments = segmentsOf(written.path);
  const start = segments.findIndex((segment, index) => isPlaceholder(segments[index + 1]) && saidAt(words, 1, wordsOf(segment)));
  let at = 1;
  for (let index = start; index >= 0 && index + 1 < segments.length; index += 2) {
    const scope = [segments[index], segments[index + 1]].flatMap((segment) => wordsOf(segment ?? ""));
    if (!isPlaceholder(segments[index + 1]) || !saidAt(words, at, scope)) break;
    at += scope.length;
  }
  if (at === 1) return words;
  const last = wordsOf(isPlaceholder(segments.at(-1)) ? (segments.at(-1) ?? "") : "");
  const which = last.length > 0 && words.length - last.length >= at && saidAt(words, words.length - last.length, last);
  return [...words.slice(0, 1), ...words.slice(at, which ? -last.length : undefined)];
}

/** Whether words stand at a place; `identifier` is `id`. */
function saidAt(words: readonly string[], at: number, said: readonly string[]): boolean {
  const plain = (word: string | undefined): string | undefined => word?.toLowerCase().replace(/^identifier$/, "id");
  return said.length > 0 && said.every((word, index) => plain(word) === plain(words[at + index]));
}

function answersWithList(building: Building, { operation, method }: WrittenOperation): boolean {
  if (method !== "get") return false;
  const contents = Object.values(operation.responses?.[200]?.content ?? {});
  const isArray = (schema: Schema): boolean => behindReferences(building.document, schema).some(({ type }) => type === "array");
  return contents.some(({ schema }) => schema !== undefined && isArray(schema));
}
