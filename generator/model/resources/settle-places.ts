import { assignNames } from "../names.ts";
import { clientMembers, objectMembers } from "../reserved.ts";
import type { Place } from "./index.ts";
import { isPlaceholder, type Subject } from "./subject.ts";

/** An operation and the places it would like, the best first. */
interface Wish {
  readonly subject: Subject;
  readonly places: readonly Place[];
}

/**
 * Gives each operation a place of its own, also apart from the resources beside it. Of those that want the same, the one with
 * the better right keeps it: a place higher on its list, else an end of the path that fits the action (one is deleted by its
 * own path, many are listed by theirs), else a shorter path. Without such a one all move to their next.
 */
export function settlePlaces(wishes: readonly Wish[]): ReadonlyMap<string, Place> {
  const levels = new Map(wishes.map(({ subject }) => [subject.key, 0]));
  const placeOf = ({ subject, places }: Wish): Place =>
    safe(places[levels.get(subject.key) ?? 0] ?? places.at(-1) ?? { chain: [], action: "call" });
  for (let moving = true; moving;) {
    moving = false;
    const taken = resourcesOf(wishes.map(placeOf));
    for (const [name, group] of groupsOf(wishes, placeOf)) {
      const keeper = taken.has(name) ? undefined : keeperOf(group, levels);
      if (group.length === 1 && keeper !== undefined) continue;
      for (const { subject, places } of group) {
        const level = levels.get(subject.key) ?? 0;
        if (subject === keeper?.subject || level + 1 >= places.length) continue;
        levels.set(subject.key, level + 1);
        moving = true;
      }
    }
  }
  return numbered(wishes, placeOf);
}

function groupsOf(wishes: readonly Wish[], placeOf: (wish: Wish) => Place): Map<string, Wish[]> {
  const groups = new Map<string, Wish[]>();
  for (const wish of wishes) {
    const name = nameOf(placeOf(wish));
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [wish]);
    else group.push(wish);
  }
  return groups;
}

function keeperOf(group: readonly Wish[], levels: ReadonlyMap<string, number>): Wish | undefined {
  const rank = (wish: Wish): number => {
    const level = levels.get(wish.subject.key) ?? 0;
    return (
      level * 1000 +
      (wish.places[level]?.doubtful === true ? 200 : 0) +
      (fits(wish, wish.places[level]) ? 0 : 100) +
      wish.subject.segments.length
    );
  };
  const [first, second] = group.toSorted((a, b) => rank(a) - rank(b));
  return first !== undefined && (second === undefined || rank(first) < rank(second)) ? first : undefined;
}

function fits({ subject }: Wish, place: Place | undefined): boolean {
  const item = isPlaceholder(subject.segments.at(-1));
  if (place?.action === "list" || place?.action === "create") return !item;
  return item || !ofOne.has(place?.action ?? "");
}

const ofOne = new Set(["retrieve", "update", "replace", "delete"]);

/** Every resource that a chain passes through. */
function resourcesOf(places: readonly Place[]): Set<string> {
  return new Set(places.flatMap(({ chain }) => chain.map((_, index) => chain.slice(0, index + 1).join("."))));
}

// Names that JavaScript or the client itself has taken get a word more.
function safe({ chain, action }: Place): Place {
  return {
    chain: chain.map((name, index) =>
      objectMembers.has(name) || (index === 0 && clientMembers.has(name)) ? `${name}Api` : name,
    ),
    action: objectMembers.has(action) || (chain.length === 0 && clientMembers.has(action)) ? `${action}Operation` : action,
  };
}

/** What still meets at the end of all wishes is numbered, by path and method. */
function numbered(wishes: readonly Wish[], placeOf: (wish: Wish) => Place): Map<string, Place> {
  const taken = resourcesOf(wishes.map(placeOf));
  const { names } = assignNames(
    wishes.map((wish) => ({ key: wish.subject.key, wanted: nameOf(placeOf(wish)) })),
    taken,
    "Operation",
  );
  return new Map(
    wishes.map((wish) => {
      const place = placeOf(wish);
      const name = names.get(wish.subject.key) ?? nameOf(place);
      return [wish.subject.key, { chain: place.chain, action: name.slice(name.lastIndexOf(".") + 1) }];
    }),
  );
}

function nameOf({ chain, action }: Place): string {
  return [...chain, action].join(".");
}
