import { valueIdentifier, wordsOf } from "../names.ts";
import type { Subject } from "./subject.ts";
import { isPlaceholder } from "./subject.ts";
import { endsWith, isFiller, isPreposition, isQuantifier, isVerb, isVerbAtEnd, same, singular, startsWith } from "./words.ts";

/** What an operationId says, without what its resource says already; the shortest first. */
export function actionsFor(subject: Subject, resource: readonly string[]): string[] {
  const words =
    startsWith(subject.words, resource) && subject.words.length > resource.length
      ? subject.words.slice(resource.length)
      : subject.words;
  const { verb, rest } = verbOf(words);
  if (verb.length === 0) return named([words, subject.words]);
  const split = rest.findIndex(isPreposition);
  const object = split < 0 ? rest : rest.slice(0, split);
  const tail = split < 0 ? [] : rest.slice(split);
  const short = objectBeside(
    subject,
    object.filter((word) => !isFiller(word)),
    resource,
  );
  const shortTail = repeatsPlaceholder(subject, tail) || (tail.length > 1 && same(tail.slice(1), resource)) ? [] : tail;
  if (short.length + shortTail.length === 0)
    return [verbByConvention(subject, verb), ...named([[...verb, ...object, ...tail], subject.words])];
  return named([[...spoken(verb), ...short, ...shortTail], [...verb, ...object, ...tail], subject.words]);
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

/** The verb at the start, else at the end, and the other words. */
export function verbOf(words: readonly string[]): { readonly verb: readonly string[]; readonly rest: readonly string[] } {
  const lower = words.map((word) => word.toLowerCase());
  if (lower.at(-2) === "partial" && lower.at(-1) === "update") return { verb: words.slice(-2), rest: words.slice(0, -2) };
  if (preceding.has(lower[0] ?? "") && isVerb(lower[1])) return { verb: words.slice(0, 2), rest: words.slice(2) };
  if (isVerb(lower[0])) return { verb: words.slice(0, 1), rest: words.slice(1) };
  if (isVerbAtEnd(lower.at(-1))) return { verb: words.slice(-1), rest: words.slice(0, -1) };
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

/** What an action is done to, without what the resource and the path say: the `code` of `getTicketCode` among tickets. */
function objectBeside(subject: Subject, object: readonly string[], resource: readonly string[]): readonly string[] {
  const placeholder = wordsOf(subject.segments.at(-1) ?? "");
  const own = isPlaceholder(subject.segments.at(-1)) && object.length > placeholder.length && endsWith(object, placeholder);
  if (own) return objectBeside(subject, object.slice(0, -placeholder.length), resource);
  if (same(object, resource)) return [];
  if (startsWith(object, resource)) return object.slice(resource.length);
  if (!endsWith(object, resource)) return object;
  const before = object.slice(0, object.length - resource.length);
  const path = new Set(subject.pathWords.map(singular));
  if (before.every((word) => path.has(singular(word)))) return [];
  return before.every(isQuantifier) ? before : object;
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

function named(candidates: readonly (readonly string[])[]): string[] {
  return candidates.map((words) => valueIdentifier(words.join(" "))).filter((name) => name !== "");
}
