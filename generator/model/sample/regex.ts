import { matches, patternOf } from "../validate/pattern.ts";
import { character } from "./regex-characters.ts";
import { lengthsOf, writeExactly } from "./regex-lengths.ts";
import { parse, type Node } from "./regex-parse.ts";

/** How many characters a text has, at least and at most. */
export interface Lengths {
  readonly least: number;
  readonly most: number;
}

/**
 * Texts that match a pattern, as many as are found within a few tries: plain characters first, short repeats first.
 * Each is tested with the pattern itself, so that what must not stand somewhere needs no more than luck. Empty for a pattern that is none.
 */
export function* textsMatching(pattern: string, seed: number, lengths: Lengths): Generator<string> {
  const regex = patternOf(pattern);
  const tree = regex === undefined ? undefined : parse(pattern);
  if (regex === undefined || tree === undefined) return;
  const seen = new Set<string>();
  for (const ways of [plainly, oddly, exactly]) {
    let found = 0;
    for (const text of ways(tree, { seed, flags: regex.flags, lengths })) {
      if (seen.has(text)) continue;
      seen.add(text);
      const length = [...text].length;
      if (length < lengths.least || length > lengths.most || matches(pattern, text) !== true) continue;
      found += 1;
      yield text;
    }
    // What is harder to make is less plausible, too.
    if (found > 0) return;
  }
}

interface Wish {
  readonly seed: number;
  readonly flags: string;
  readonly lengths: Lengths;
}

/** Each repeat as often as the others, and one branch of each choice. */
function* plainly(tree: Node, { seed, flags, lengths }: Wish): Generator<string> {
  const asked = aheadIn(tree);
  for (const stretch of [3, 0, 1, 7, lengths.least, 15, 31]) {
    for (let variant = 0; variant < 6; variant++) {
      const start = { seed: seed + variant, flags, step: 0 };
      const text = write(tree, { ...start, stretch: Math.min(stretch, 5000), captured: new Map() });
      if (text === undefined) continue;
      yield text;
      // What must follow goes before all else, or in its place, at either end.
      const needed = asked.map((node) => write(node, { ...start, stretch: variant % 2, captured: new Map() }) ?? "").join("");
      if (needed === "") continue;
      yield needed + text.slice(needed.length);
      yield text.slice(0, Math.max(0, text.length - needed.length)) + needed;
      yield needed + text;
    }
  }
}

/** What must follow is written where it is asked for; choices differ from one another; something stands before what has no start. */
function* oddly(tree: Node, { seed, flags, lengths }: Wish): Generator<string> {
  for (const stretch of [0, 1, 3]) {
    for (let variant = 0; variant < 16; variant++) {
      const start = { seed: seed + variant, flags, step: 0, stretch, captured: new Map<string, string>() };
      const text = write(tree, { ...start, varied: true, ahead: variant % 2 === 0 });
      if (text === undefined) continue;
      yield text;
      if (text.length < lengths.least) {
        yield text.padStart(lengths.least, "a");
        yield text.padEnd(lengths.least, "a");
      }
    }
  }
}

/** Longer texts than this are not made to measure. */
const longestMeasured = 300;

/** Texts of each length that is asked for, of those that the pattern has. */
function* exactly(tree: Node, { seed, flags, lengths }: Wish): Generator<string> {
  const most = Math.min(lengths.most, longestMeasured, Math.max(lengths.least, 8) + 40);
  const known = lengthsOf(tree, most);
  for (let length = lengths.least; length <= most; length++) {
    if (!known.has(length)) continue;
    for (let variant = 0; variant < 3; variant++) {
      const text = writeExactly(tree, length, { seed: seed + variant, flags, most });
      if (text !== undefined) yield text;
    }
  }
}

interface Writing {
  readonly seed: number;
  /** How often a repeat goes beyond its least. */
  readonly stretch: number;
  readonly flags: string;
  /** Whether each choice is another one. */
  readonly varied?: boolean;
  /** Whether what must follow is written. */
  readonly ahead?: boolean;
  step: number;
  readonly captured: Map<string, string>;
}

/** Longer texts than this are no samples: repeats of repeats would fill the memory. */
const maxSteps = 100_000;

function write(node: Node, writing: Writing): string | undefined {
  writing.step += 1;
  if (writing.step > maxSteps) return undefined;
  switch (node.kind) {
    case "character":
      return character(node.source, writing.seed + writing.step, writing.flags);
    case "reference":
      return writing.captured.get(node.to) ?? "";
    case "ahead":
      return writing.ahead === true ? write(node.node, writing) : "";
    case "choice":
      return write(node.branches[chosen(writing) % node.branches.length] ?? { kind: "sequence", nodes: [] }, writing);
    case "sequence":
      return joined(node.nodes, writing);
    case "repeat": {
      const times = Math.min(
        node.most,
        node.least + (node.most === 1 ? chosen(writing) % 2 : node.least > 3 ? 0 : writing.stretch),
      );
      return joined(
        Array.from({ length: Math.min(times, 10_000) }, () => node.node),
        writing,
      );
    }
    case "group": {
      const text = write(node.node, writing);
      if (text === undefined) return undefined;
      writing.captured.set(String(node.number), text);
      if (node.name !== undefined) writing.captured.set(node.name, text);
      return text;
    }
  }
}

// Neighbouring steps and seeds must not choose in step with one another.
function chosen({ seed, step, varied }: Writing): number {
  return varied === true ? (Math.imul(seed * 31 + step, 0x9e3779b1) >>> 16) % 1009 : seed;
}

function joined(nodes: readonly Node[], writing: Writing): string | undefined {
  let whole = "";
  for (const node of nodes) {
    const text = write(node, writing);
    if (text === undefined) return undefined;
    whole += text;
  }
  return whole;
}

/** What lookaheads ask for, wherever they stand. */
function aheadIn(node: Node): Node[] {
  switch (node.kind) {
    case "ahead":
      return [node.node];
    case "sequence":
      return node.nodes.flatMap(aheadIn);
    case "choice":
      return node.branches.flatMap(aheadIn);
    case "repeat":
    case "group":
      return aheadIn(node.node);
    default:
      return [];
  }
}
