import type { RegexNode } from "../../runtime/validation/regex.ts";

/** Places of characters in an expression: those it may begin and end with, and whether it may take nothing (Glushkov). */
interface Extent {
  readonly first: ReadonlySet<number>;
  readonly last: ReadonlySet<number>;
  readonly empty: boolean;
}

/** More characters than these are not compared with one another. */
const mostPlaces = 300;

/**
 * Whether each character of a text leaves one way to go on, so that there is nothing to come back to: no two places of the expression
 * that may be next take the same character.
 */
export function isDeterministic(tree: RegexNode, flags: string): boolean {
  const places: string[] = [];
  const follows: Set<number>[] = [];
  let known = true;
  const link = (last: ReadonlySet<number>, first: ReadonlySet<number>): void => {
    for (const from of last) {
      for (const to of first) {
        // Two ways to the same place: `(a+)+`.
        if (follows[from]?.has(to) === true) known = false;
        follows[from]?.add(to);
      }
    }
  };
  const extentOf = (node: RegexNode): Extent => {
    if (places.length > mostPlaces) known = false;
    switch (node.kind) {
      case "character": {
        const place = new Set([places.push(node.source) - 1]);
        follows.push(new Set());
        return { first: place, last: place, empty: false };
      }
      case "group":
        return extentOf(node.node);
      case "sequence":
        return node.nodes.map(extentOf).reduce(inTurn, nothing);
      case "choice": {
        const all = node.branches.map(extentOf);
        return {
          first: union(all.map(({ first }) => first)),
          last: union(all.map(({ last }) => last)),
          empty: all.some(({ empty }) => empty),
        };
      }
      case "repeat":
        return repeated(node);
      case "reference":
        known = false;
        return nothing;
      default:
        return nothing;
    }
  };
  const inTurn = (left: Extent, right: Extent): Extent => {
    link(left.last, right.first);
    return {
      first: left.empty ? union([left.first, right.first]) : left.first,
      last: right.empty ? union([left.last, right.last]) : right.last,
      empty: left.empty && right.empty,
    };
  };
  const repeated = ({ node, least, most }: Extract<RegexNode, { kind: "repeat" }>): Extent => {
    // `a{2,}` is an a, and another that may come again.
    const copies = Math.min(most === Infinity ? Math.max(1, least) : most, mostPlaces + 1);
    let whole: Extent = nothing;
    for (let copy = 0; copy < copies && known; copy++) {
      const one = extentOf(node);
      if (most === Infinity && copy === copies - 1) link(one.last, one.first);
      whole = inTurn(whole, copy < least ? one : { ...one, empty: true });
    }
    return whole;
  };
  const { first } = extentOf(tree);
  if (!known) return false;
  const overlaps = overlapOf(places, flags);
  return [first, ...follows].every((next) => {
    const all = [...next];
    return all.every((left, index) => all.slice(index + 1).every((right) => !overlaps(left, right)));
  });
}

const nothing: Extent = { first: new Set(), last: new Set(), empty: true };

function union(sets: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  return new Set(sets.flatMap((set) => [...set]));
}

/** Whether two places may take the same character. Beyond ASCII the answer is a sample, and yes where both know such characters. */
function overlapOf(places: readonly string[], flags: string): (left: number, right: number) => boolean {
  const kinds = [...new Set(places)];
  const taken = new Map(
    kinds.map((source) => {
      const expression = new RegExp(`^(?:${source})$`, flags);
      const set = new Set(alphabet.filter((character) => expression.test(character)));
      const isLiteral = source.length === 1 && source !== ".";
      if (isLiteral) set.add(source);
      else if (/[^\0-\x7f]|\\[upPxcDWS]|\[\^|^\.$/.test(source)) set.add("beyond");
      return [source, set] as const;
    }),
  );
  const known = new Map<string, boolean>();
  return (left, right) => {
    const [one = "", other = ""] = [places[left], places[right]];
    const key = `${one} ${other}`;
    const answer = known.get(key) ?? [...(taken.get(one) ?? [])].some((character) => taken.get(other)?.has(character) === true);
    known.set(key, answer);
    return answer;
  };
}

const alphabet: readonly string[] = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
