import { character } from "./regex-characters.ts";
import type { Node } from "./regex-parse.ts";

/** The lengths, up to the most, of the texts that a part of a pattern matches. What refers back is taken for nothing. */
export function lengthsOf(node: Node, most: number): ReadonlySet<number> {
  const known = cache.get(node)?.get(most);
  if (known !== undefined) return known;
  const lengths = newLengthsOf(node, most);
  cache.set(node, (cache.get(node) ?? new Map<number, ReadonlySet<number>>()).set(most, lengths));
  return lengths;
}

// The parts of one pattern are asked again and again.
const cache = new WeakMap<Node, Map<number, ReadonlySet<number>>>();

function newLengthsOf(node: Node, most: number): ReadonlySet<number> {
  switch (node.kind) {
    case "character":
      return new Set([1]);
    case "reference":
    case "ahead":
      return new Set([0]);
    case "choice":
      return new Set(node.branches.flatMap((branch) => [...lengthsOf(branch, most)]));
    case "group":
      return lengthsOf(node.node, most);
    case "sequence":
      return node.nodes.reduce<ReadonlySet<number>>((sum, one) => added(sum, lengthsOf(one, most), most), new Set([0]));
    case "repeat":
      return timesOf(node, most).reduce<Set<number>>((all, { lengths }) => new Set([...all, ...lengths]), new Set());
  }
}

interface Measured {
  readonly seed: number;
  readonly flags: string;
  readonly most: number;
}

/** A text of just this length; `undefined` where the part has none. */
export function writeExactly(node: Node, length: number, how: Measured): string | undefined {
  switch (node.kind) {
    case "character":
      return length === 1 ? character(node.source, how.seed + length, how.flags) : undefined;
    case "reference":
    case "ahead":
      return length === 0 ? "" : undefined;
    case "group":
      return writeExactly(node.node, length, how);
    case "choice": {
      const fitting = node.branches.filter((branch) => lengthsOf(branch, how.most).has(length));
      const branch = fitting[how.seed % Math.max(1, fitting.length)];
      return branch === undefined ? undefined : writeExactly(branch, length, how);
    }
    case "sequence":
      return writeAll(node.nodes, length, how);
    case "repeat": {
      const times = timesOf(node, how.most).find(({ lengths }) => lengths.has(length))?.times;
      return times === undefined
        ? undefined
        : writeAll(
            Array.from({ length: times }, () => node.node),
            length,
            how,
          );
    }
  }
}

/** Parts one after the other, which have the length together: each as long as it may be while the others can fill the rest. */
function writeAll(nodes: readonly Node[], length: number, how: Measured): string | undefined {
  const rests: ReadonlySet<number>[] = [new Set([0])];
  for (const node of [...nodes].reverse()) rests.unshift(added(rests[0] ?? new Set(), lengthsOf(node, how.most), length));
  let text = "";
  let left = length;
  for (const [index, node] of nodes.entries()) {
    const rest = rests[index + 1] ?? new Set<number>();
    const own = [...lengthsOf(node, how.most)].sort((a, b) => b - a).find((one) => rest.has(left - one));
    const part = own === undefined ? undefined : writeExactly(node, own, { ...how, seed: how.seed + index });
    if (own === undefined || part === undefined) return undefined;
    text += part;
    left -= own;
  }
  return left === 0 ? text : undefined;
}

/** The lengths by the number of repeats, from the least on; it ends where nothing new comes of one more. */
function timesOf(
  { node, least, most }: Node & { readonly kind: "repeat" },
  longest: number,
): { readonly times: number; readonly lengths: ReadonlySet<number> }[] {
  const once = lengthsOf(node, longest);
  const found: { times: number; lengths: ReadonlySet<number> }[] = [];
  const seen = new Set<number>();
  let lengths: ReadonlySet<number> = new Set([0]);
  for (let times = 0; times <= Math.min(most, longest + least); times++) {
    if (times >= least) {
      found.push({ times, lengths });
      const before = seen.size;
      for (const length of lengths) seen.add(length);
      if (seen.size === before && times > least) break;
    }
    lengths = added(lengths, once, longest);
    if (lengths.size === 0) break;
  }
  return found;
}

function added(left: ReadonlySet<number>, right: ReadonlySet<number>, most: number): ReadonlySet<number> {
  const sums = new Set<number>();
  for (const one of left) for (const other of right) if (one + other <= most) sums.add(one + other);
  return sums;
}
