import { valueIdentifier, wordsOf } from "../names.ts";
import type { Subject } from "./subject.ts";
import { isPlaceholder } from "./subject.ts";
import { endsWith, isFiller, isPreposition, isQuantifier, isVerb, isVerbAtEnd, same, singular, startsWith } from "./words.ts";

/** A name for what an operation does; `doubtful` as in Place. */
export interface Action {
  readonly action: string;
  readonly doubtful?: boolean;
}

/** What an operationId says, without what its resource says already; the shortest first. */
export function actionsFor(subject: Subject, resource: readonly string[]): Action[] {
  const { words, unsaid } = beyondResource(subject, resource);
  const { verb, rest } = verbOf(words);
  if (verb.length === 0) return [...detailed(subject, words, { resource, unsaid }), ...named([words, subject.words])];
  const isResource = same(withoutFillers(rest), resource);
  const split = isResource ? -1 : rest.findIndex(isPreposition);
  const object = split < 0 ? rest : rest.slice(0, split);
  const tail = split < 0 ? [] : rest.slice(split);
  const short = objectBeside(subject, withoutFillers(object), { resource, unsaid });
  const shortTail = repeatsPlaceholder(subject, tail) || (tail.length > 1 && same(tail.slice(1), resource)) ? [] : tail;
  if (short.length + shortTail.length === 0)
    return [...conventional(subject, verb), ...named([[...verb, ...object, ...tail], subject.words])];
  const start = [...spoken(verb), ...short];
  return named([
    [...start, ...shortTail],
    ...(short.length === 0 ? [] : [[...start, ...tail]]),
    [...verb, ...object, ...tail],
    subject.words,
  ]);
}

/** `health_check_details` among health checks is what GET does. */
function detailed(subject: Subject, words: readonly string[], name: ResourceName): Action[] {
  if (subject.written.method !== "get" || !/^details?$/i.test(words.at(-1) ?? "")) return [];
  const said = words.length === 1 || objectBeside(subject, words.slice(0, -1), name).length === 0;
  return said ? [{ action: verbByMethod(subject) }] : [];
}

/** The name of what a method does to the end of its path, when nothing else tells. */
export function verbByMethod({ written, collection, segments, methods }: Subject): string {
  const item = isPlaceholder(segments.at(-1));
  switch (written.method.toLowerCase()) {
    case "get":
      return collection ? "list" : "retrieve";
    case "post":
      return item && !methods.has("put") && !methods.has("patch") ? "update" : "create";
    case "put":
      return methods.has("patch") ? "replace" : "update";
    case "patch":
      return "update";
    default:
      return valueIdentifier(written.method);
  }
}

/** One word for the same thing everywhere: `destroy` is `delete`, a bare `get` is `list` or `retrieve`. */
export function verbByConvention(subject: Subject, verb: readonly string[]): string {
  const written = verb.join(" ").toLowerCase();
  if (byMethod.has(written)) return verbByMethod(subject);
  return synonyms.get(written) ?? valueIdentifier(written);
}

/** The conventional word for a verb, which yields to whoever has written it, and then the verb as it is written. */
export function conventional(subject: Subject, verb: readonly string[]): Action[] {
  const action = verbByConvention(subject, verb);
  if (!synonyms.has(verb.join(" ").toLowerCase())) return [{ action }];
  return [{ action, doubtful: true }, { action: valueIdentifier(verb.join(" ")) }];
}

/** The verb at the start, else at the end, and the other words. */
export function verbOf(words: readonly string[]): { readonly verb: readonly string[]; readonly rest: readonly string[] } {
  const lower = words.map((word) => word.toLowerCase());
  if (lower.at(-2) === "partial" && lower.at(-1) === "update") return { verb: words.slice(-2), rest: words.slice(0, -2) };
  if (preceding.has(lower[0] ?? "") && isVerb(lower[1])) return { verb: words.slice(0, 2), rest: words.slice(2) };
  if (isVerb(lower[0])) return { verb: words.slice(0, 1), rest: words.slice(1) };
  // What follows a preposition is no verb: the `run` of `gates for run`.
  if (isVerbAtEnd(lower.at(-1)) && !isPreposition(lower.at(-2) ?? "")) return { verb: words.slice(-1), rest: words.slice(0, -1) };
  return { verb: [], rest: words };
}

const preceding = new Set(["batch", "bulk", "force", "partial", "soft"]);
const byMethod = new Set(["get", "fetch", "post", "put", "read", "show"]);
const synonyms = new Map([
  ["destroy", "delete"],
  ["index", "list"],
  ["insert", "create"],
  ["modify", "update"],
  ["partial update", "update"],
  ["patch", "update"],
]);

interface ResourceName {
  readonly resource: readonly string[];
  /** What of it the operationId has not said before its verb. */
  readonly unsaid: readonly string[];
}

/** The words of an operationId after those that name its resource: without the `registries` of `registries_list_tags`. */
function beyondResource(
  { words, segments }: Subject,
  resource: readonly string[],
): { words: readonly string[]; unsaid: readonly string[] } {
  const named = startsWith(words, resource)
    ? resource.length
    : words.findIndex((_, end) => end > 0 && same(words.slice(0, end), resource));
  const rest = named > 0 && named < words.length ? words.slice(named) : words;
  const verb = rest.findIndex(isVerbAtEnd);
  if (verb <= 0 || verb === rest.length - 1) return { words: rest, unsaid: resource };
  const before = rest.slice(0, verb);
  if (startsWith(resource, before)) return { words: rest.slice(verb), unsaid: resource.slice(before.length) };
  const said = new Set(resource.map(singular));
  // The resource in part, the resource with more before it, or the top of the path: `gen-ai` of `genai_list_agents`.
  const nothingNew =
    before.every((word) => said.has(singular(word))) ||
    same(before, wordsOf(segments[0] ?? "")) ||
    (resource.length > 0 && endsWith(before, resource) && !before.some(isPreposition)) ||
    // What is said once more after the verb, `tunnel route list tunnel routes`, and a version: `v2 list queues`.
    (rest === words && startsWith(withoutFillers(rest.slice(verb + 1)), before)) ||
    before.every((word) => /^v\d+$/i.test(word));
  return { words: nothingNew ? rest.slice(verb) : rest, unsaid: resource };
}

/** What an action is done to, without what the resource and the path say: the `code` of `getTicketCode` among tickets. */
function objectBeside(subject: Subject, object: readonly string[], { resource, unsaid }: ResourceName): readonly string[] {
  const placeholder = wordsOf(subject.segments.at(-1) ?? "");
  const own = isPlaceholder(subject.segments.at(-1)) && object.length > placeholder.length && endsWith(object, placeholder);
  if (own) return objectBeside(subject, object.slice(0, -placeholder.length), { resource, unsaid });
  // The resource, or the last words of its name: the `live input` of stream live inputs.
  if (object.length > 0 && (same(object, resource) || endsWith(resource, object))) return [];
  if (startsWith(object, unsaid)) return object.slice(unsaid.length);
  if (!endsWith(object, resource)) return object;
  const before = object.slice(0, object.length - resource.length);
  const end = subject.segments.findLast((segment) => !isPlaceholder(segment)) ?? "";
  // The end of the path is what it is done to: the tracks of `remove-tracks-playlist`.
  if (before.length > 0 && same(before, wordsOf(end))) return before;
  const path = new Set(subject.pathWords.map(singular));
  if (before.every((word) => path.has(singular(word)))) return [];
  return before.every(isQuantifier) ? before : object;
}

function withoutFillers(words: readonly string[]): readonly string[] {
  return words.filter((word) => !isFiller(word));
}

/** `getPetById` says no more than the `{petId}` at the end of its path does. */
function repeatsPlaceholder({ segments }: Subject, tail: readonly string[]): boolean {
  const [by, ...what] = tail.map((word) => word.toLowerCase());
  const last = segments.at(-1);
  if (by !== "by" || what.length === 0 || !isPlaceholder(last)) return false;
  return (
    last
      ?.toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, "")
      .endsWith(what.join("")) ?? false
  );
}

/** `post payments details` is heard as `details`. */
function spoken(verb: readonly string[]): readonly string[] {
  const written = verb.join(" ").toLowerCase();
  return written === "post" ? [] : [synonyms.get(written) ?? written];
}

function named(candidates: readonly (readonly string[])[]): Action[] {
  return candidates.map((words) => ({ action: valueIdentifier(words.join(" ")) })).filter(({ action }) => action !== "");
}
