import { valueIdentifier, wordsOf } from "../names.ts";
import { actionsFor, conventional, verbByMethod, verbOf, type Action } from "./actions.ts";
import type { Place } from "./index.ts";
import { isPlaceholder, type Subject } from "./subject.ts";
import { endsWith, isFiller, isPlainVerb, isPlural, isPreposition, isQuantifier, isVerb, singular, startsWith } from "./words.ts";

/** Places that follow the path: its fixed segments are the resources, its method or the verb of the operationId the action. */
export function placesByPath(subject: Subject): Place[] {
  const fixed = subject.segments.filter((segment) => !isPlaceholder(segment));
  const chain = fixed.map(valueIdentifier).filter((name) => name !== "");
  const verb = verbInId(subject, fixed);
  const places: Place[] = [];
  const last = fixed.at(-1);
  if (last !== undefined && last === subject.segments.at(-1) && isDeed(subject, last, verb?.[0]?.action)) {
    places.push({ chain: chain.slice(0, -1), action: deedName(subject, fixed) });
  }
  const custom = /\}:(\w+)$/.exec(subject.segments.at(-1) ?? "")?.[1];
  if (custom !== undefined) places.push({ chain, action: valueIdentifier(custom) });
  // The operationId may speak of something else than the path: of the square in `GET /board/{row}/{column}`.
  const spoken = verbOf(subject.words).verb;
  const [other] = verb === undefined && spoken.length > 0 ? actionsFor(subject, wordsOf(fixed.at(-1) ?? "")) : [];
  const byId = other === undefined ? [] : [{ ...other, chain }];
  const [shape = { action: verbByMethod(subject) }, ...asWritten] = verb ?? [];
  const byShape = { ...shape, chain, ...(other === undefined ? {} : { doubtful: true }) };
  places.push(...(isPlainVerb(spoken) ? [byShape, ...byId] : [...byId, byShape]), ...asWritten.map((one) => ({ ...one, chain })));
  const placeholder = subject.segments.findLast(isPlaceholder);
  if (placeholder !== undefined) places.push({ chain, action: valueIdentifier(`${byShape.action} by ${placeholder}`) });
  return places;
}

/** Whether an operationId spells the path and ends in a verb, as those of Django REST Framework do: `users_posts_list`. */
export function spellsPath(subject: Subject): boolean {
  const { verb, rest } = verbOf(subject.words);
  const path = subject.written.path
    .split("/")
    .filter((segment) => !isPlaceholder(segment))
    .flatMap(wordsOf);
  const atEnd = verb.length > 0 && subject.words.at(-1) === verb.at(-1) && rest.length > 0;
  return atEnd && endsWith(path, rest);
}

/** Whether an operationId is but the method and the path: it says nothing that they do not. */
export function echoesPath({ words, written, pathWords }: Subject): boolean {
  const echo = [written.method, ...pathWords];
  return echo.length === words.length && echo.every((word, index) => word.toLowerCase() === words[index]?.toLowerCase());
}

/** A last segment that nothing goes on from is done, not kept: `POST /customers/{id}/verify` is `customers.verify`. */
function isDeed(subject: Subject, last: string, verb: string | undefined): boolean {
  if (!subject.alone) return false;
  const words = wordsOf(last);
  if (subject.segments.length === 1)
    return (
      (words.length > 1 && isVerb(words[0])) ||
      rootDeeds.has(last.toLowerCase()) ||
      last === subject.written.operation.operationId
    );
  const made = subject.written.method === "post" && isPlural(words.at(-1) ?? "") && (verb === undefined || verb === "create");
  return (
    isVerb(words.join("")) ||
    (verb !== "list" && !made && !(subject.written.method === "get" && subject.collection && verb !== "retrieve"))
  );
}

/** The last segment, unless the operationId has a better verb: `follow_channel` of `POST /channels/{id}/followers`. */
function deedName(subject: Subject, fixed: readonly string[]): string {
  const [last = "", parent] = fixed.toReversed();
  const { verb } = verbOf(subject.words);
  const better = verb.length > 0 && !isPlainVerb(verb) && subject.words[0] === verb[0] && !isVerb(wordsOf(last)[0]);
  const byId = better && parent !== undefined ? actionsFor(subject, wordsOf(parent))[0] : undefined;
  return byId?.action ?? valueIdentifier(withoutParent(wordsOf(last), wordsOf(parent ?? "")).join(" "));
}

/** A deed without the name of what it is done to: `set_reader_display` of a reader is `set display`. */
function withoutParent(words: readonly string[], parent: readonly string[]): readonly string[] {
  const [verb = "", ...object] = words;
  const stutters = isVerb(verb) && parent.length > 0 && object.length > parent.length && startsWith(object, parent);
  return stutters ? [verb, ...object.slice(parent.length)] : words;
}

const rootDeeds = new Set(["login", "logout", "ping", "search", "signin", "signout", "signup"]);

/** The verb of the operationId, if what else it says is in the path: `get_guild_widget` of `/guilds/{id}/widget`. */
function verbInId(subject: Subject, fixed: readonly string[]): readonly Action[] | undefined {
  const path = new Set([...subject.pathWords, ...fixed.flatMap(wordsOf)].map(singular));
  const { verb, rest } = verbOf(subject.words);
  if (verb.length === 0) return undefined;
  const more = rest.filter((word) => !path.has(singular(word)) && !isFiller(word) && !isQuantifier(word) && !isPreposition(word));
  return more.length === 0 ? conventional(subject, verb) : undefined;
}
