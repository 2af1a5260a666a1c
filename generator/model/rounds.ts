import { weightOf } from "./validate/run.ts";

/** Something that may be shown to hold. */
export interface Candidate<T> {
  /** What kind of thing it is. */
  readonly kind: string;
  /** What it is, proven; nothing when it does not hold. */
  prove(): T | undefined;
}

/** How many of one kind are tried: where a hundred thousand properties are text, no number is wrong for any of them. */
const patience = 100;

/**
 * As many of the candidates as are enough, in their order: one of every kind, and then a second of each, and so on. Proofs cost most,
 * each as much as the value weighs, so no more are made than are wanted; the first of a kind is, however many kinds there are.
 */
export function inRounds<T>(candidates: Iterable<Candidate<T>>, enough: number, value: unknown): T[] {
  // Of each kind, the candidates with their places among all.
  const byKind = new Map<string, (readonly [place: number, candidate: Candidate<T>])[]>();
  let place = 0;
  for (const candidate of candidates) {
    const kind = byKind.get(candidate.kind) ?? [];
    if (kind.length === 0) byKind.set(candidate.kind, kind);
    if (kind.length < patience) kind.push([place, candidate]);
    place += 1;
  }
  let queues = [...byKind.values()].map((kind) => kind.values());
  let effort = weightOf(value) * 200 + 1_000_000;
  const found = new Map<number, T>();
  for (let most = Math.max(enough, queues.length); queues.length > 0 && found.size < most; most = enough) {
    const round = new Map<number, T>();
    queues = queues.filter((queue) => {
      for (const [position, candidate] of queue) {
        if (effort <= 0) return false;
        effort -= weightOf(value);
        const proven = candidate.prove();
        if (proven === undefined) continue;
        round.set(position, proven);
        return true;
      }
      return false;
    });
    for (const [position, proven] of inOrder(round).slice(0, most - found.size)) found.set(position, proven);
  }
  return inOrder(found).map(([, proven]) => proven);
}

function inOrder<T>(found: ReadonlyMap<number, T>): [number, T][] {
  return [...found].sort(([a], [b]) => a - b);
}
