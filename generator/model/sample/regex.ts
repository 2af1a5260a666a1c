import { matches, patternOf } from "../validate/pattern.ts";

/** A regular expression of ECMAScript as far as text can be made from it. */
type Node =
  | { readonly kind: "character"; readonly source: string }
  | { readonly kind: "sequence"; readonly nodes: readonly Node[] }
  | { readonly kind: "choice"; readonly branches: readonly Node[] }
  | { readonly kind: "repeat"; readonly node: Node; readonly least: number; readonly most: number }
  | { readonly kind: "group"; readonly number: number; readonly name?: string; readonly node: Node }
  | { readonly kind: "reference"; readonly to: string };

/**
 * Texts that match a pattern, as many as are found within a few tries: plain characters first, short repeats first.
 * Each is tested with the pattern itself, so assertions need no more than luck. Empty for a pattern that is none.
 */
export function* textsMatching(
  pattern: string,
  seed: number,
  lengths: { readonly least: number; readonly most: number },
): Generator<string> {
  const regex = patternOf(pattern);
  const tree = regex === undefined ? undefined : parse(pattern);
  if (regex === undefined || tree === undefined) return;
  const seen = new Set<string>();
  for (const stretch of [3, 0, 1, 7, lengths.least, 15, 31]) {
    for (let variant = 0; variant < 6; variant++) {
      const text = write(tree, {
        seed: seed + variant,
        stretch: Math.min(stretch, 5000),
        flags: regex.flags,
        step: 0,
        captured: new Map(),
      });
      if (text === undefined || seen.has(text) || matches(pattern, text) !== true) continue;
      seen.add(text);
      const length = [...text].length;
      if (length >= lengths.least && length <= lengths.most) yield text;
    }
  }
}

interface Writing {
  readonly seed: number;
  /** How often a repeat goes beyond its least. */
  readonly stretch: number;
  readonly flags: string;
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
    case "choice":
      return write(node.branches[writing.seed % node.branches.length] ?? { kind: "sequence", nodes: [] }, writing);
    case "sequence":
      return joined(node.nodes, writing);
    case "repeat": {
      const times = Math.min(node.most, node.least + (node.most === 1 ? writing.seed % 2 : node.least > 3 ? 0 : writing.stretch));
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

function joined(nodes: readonly Node[], writing: Writing): string | undefined {
  let whole = "";
  for (const node of nodes) {
    const text = write(node, writing);
    if (text === undefined) return undefined;
    whole += text;
  }
  return whole;
}

/** One character of a class or an escape: found by asking the class itself, plain characters first. */
function character(source: string, seed: number, flags: string): string | undefined {
  if (source.length === 1 && source !== ".") return source;
  const key = `${flags} ${source}`;
  const known = pools.get(key) ?? poolOf(source, flags);
  pools.set(key, known);
  return known.length === 0 ? undefined : known[(seed * 7) % known.length];
}

function poolOf(source: string, flags: string): readonly string[] {
  const regex = new RegExp(`^(?:${source})$`, flags);
  for (const pool of plain) {
    const found = [...pool].filter((one) => regex.test(one));
    if (found.length > 0) return found;
  }
  for (let code = 0; code < 0x3000; code++) {
    const one = String.fromCodePoint(code);
    if (regex.test(one)) return [one];
  }
  return [];
}

const pools = new Map<string, readonly string[]>();
const plain = [
  "abcdefghijklmnopqrstuvwxyz",
  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  "0123456789",
  "-_./",
  " ",
  "!#$%&'()*+,:;<=>?@[]^`{|}~\"\\",
  "\n\t",
  "éßøæ",
];

/** Reads a pattern that is known to be a regular expression. */
function parse(pattern: string): Node | undefined {
  let at = 0;
  let groups = 0;

  const choice = (): Node => {
    const branches = [sequence()];
    while (pattern[at] === "|") {
      at += 1;
      branches.push(sequence());
    }
    return branches.length === 1 && branches[0] !== undefined ? branches[0] : { kind: "choice", branches };
  };
  const sequence = (): Node => {
    const nodes: Node[] = [];
    while (at < pattern.length && pattern[at] !== "|" && pattern[at] !== ")") {
      const node = atom();
      if (node !== undefined) nodes.push(repeated(node));
    }
    return { kind: "sequence", nodes };
  };
  const repeated = (node: Node): Node => {
    const match = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(pattern.slice(at));
    if (match === null) return node;
    at += match[0].length;
    if (match[1] !== undefined)
      return { kind: "repeat", node, least: match[1] === "+" ? 1 : 0, most: match[1] === "?" ? 1 : Infinity };
    const least = Number(match[2]);
    return { kind: "repeat", node, least, most: match[3] === undefined ? least : match[4] === "" ? Infinity : Number(match[4]) };
  };
  const atom = (): Node | undefined => {
    const rest = pattern.slice(at);
    if (rest.startsWith("^") || rest.startsWith("$")) return skip(1);
    if (/^\\[bB]/.test(rest)) return skip(2);
    if (rest.startsWith("(")) return group(rest);
    const reference = /^\\(?:([1-9]\d*)|k<([^>]+)>)/.exec(rest);
    if (reference !== null) {
      at += reference[0].length;
      return { kind: "reference", to: reference[1] ?? reference[2] ?? "" };
    }
    const source =
      /^(?:\[(?:\\.|[^\]\\])*\]|\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|c[a-zA-Z]|.)|[^])/u.exec(
        rest,
      )?.[0] ?? "";
    at += Math.max(1, source.length);
    return { kind: "character", source: source.length === 1 && /[/]/.test(source) ? "/" : source };
  };
  const skip = (length: number): undefined => {
    at += length;
    return undefined;
  };
  const group = (rest: string): Node | undefined => {
    const opening = /^\((?:\?(?:[:=!]|<[=!]|<([^>]+)>|[a-z-]*:))?/.exec(rest);
    const open = opening?.[0] ?? "(";
    at += open.length;
    const number = open === "(" || opening?.[1] !== undefined ? ++groups : 0;
    const node = choice();
    at += 1;
    // What a lookaround asks for is left to the test of the whole text; what follows it may be a quantifier, to be passed over.
    if (/^\(\?<?[=!]$/.test(open)) return void repeated(node);
    return { kind: "group", number, ...(opening?.[1] === undefined ? {} : { name: opening[1] }), node };
  };

  const tree = choice();
  return at >= pattern.length ? tree : undefined;
}
