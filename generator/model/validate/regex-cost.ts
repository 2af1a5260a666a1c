/** What the engine's own matcher may cost on a pattern: how a document's patterns are run, here and in what is emitted, goes by it. */
import { linearly } from "../../runtime/validation/linear.ts";
import { parseRegex, type RegexNode } from "../../runtime/validation/regex.ts";
import { isDeterministic } from "./regex-determinism.ts";

/**
 * How a regular expression is to be run: by the engine where the time it takes grows with the text, `linearly` where it may grow much
 * faster but need not, and `guarded` where it may and what it asks (references back, lookarounds) is no regular language.
 */
export type Remedy = "native" | "linearly" | "guarded";

/** Bytes that a server takes as a body, if nobody says otherwise: a text may be as long. */
const anyLength = 1_048_576;
/** Steps for one text that nobody notices. */
const bearable = 1e8;

/** How to run a regular expression on texts of so many characters. Default: as many as a request has. */
export function remedyFor(expression: RegExp, length = anyLength): Remedy {
  const { source, flags } = expression;
  const key = `${flags} ${length} ${source}`;
  const known = remedies.get(key) ?? decide(expression, length);
  remedies.set(key, known);
  return known;
}

// A cache of pure results: the same patterns stand in many places.
const remedies = new Map<string, Remedy>();

function decide(expression: RegExp, length: number): Remedy {
  const { source, flags } = expression;
  if (source.length > 20_000) return "guarded";
  const tree = parseRegex(source, flags === "u");
  if (tree !== undefined) {
    const { degree, factor } = costOf(tree, flags);
    const attempts = isAnchored(tree) ? 0 : 1;
    const steps = factor * (length + 1) ** (degree + attempts);
    // What takes one look at each character is borne however long the text is.
    if ((degree + attempts <= 1 && factor <= 1000) || steps <= bearable) return "native";
  }
  return linearly(expression) === undefined ? "guarded" : "linearly";
}

/** The steps that backtracking can take at most from one place: `factor` times the length of the text to the power of `degree`. */
interface Cost {
  readonly degree: number;
  readonly factor: number;
}

const endless: Cost = { degree: Infinity, factor: 1 };
const step: Cost = { degree: 0, factor: 1 };

function costOf(tree: RegexNode, flags: string): Cost {
  const looks = looksIn(tree).map(({ node, repeated }) => ({ ...costOf(node, flags), repeated }));
  const ways = waysOf(trimmed(tree));
  const own = ways.degree > 0 && isDeterministic(tree, flags) ? { degree: 1, factor: 1 } : ways;
  // What a lookaround has found is found: it is not asked for another way.
  return {
    degree: Math.max(own.degree, ...looks.map(({ degree, repeated }) => degree + (repeated ? own.degree : 0))),
    factor: looks.reduce((sum, { factor }) => sum + factor, own.factor),
  };
}

/** Without the repeats at the end, which can no more fail than be asked for another way. */
function trimmed(node: RegexNode): RegexNode {
  switch (node.kind) {
    case "group":
      return { ...node, node: trimmed(node.node) };
    case "choice":
      return { ...node, branches: node.branches.map(trimmed) };
    case "sequence": {
      const last = node.nodes.at(-1);
      return last === undefined ? node : { ...node, nodes: [...node.nodes.slice(0, -1), trimmed(last)] };
    }
    case "repeat":
      return node.least <= 1 ? { ...node, most: node.least } : node;
    default:
      return node;
  }
}

/** The ways to divide a text among the parts of an expression. */
function waysOf(node: RegexNode): Cost {
  switch (node.kind) {
    case "character":
    case "assertion":
    case "look":
      return step;
    case "reference":
      return endless;
    case "group":
      return waysOf(node.node);
    case "sequence":
      return node.nodes.map(waysOf).reduce(both, step);
    case "choice": {
      const branches = node.branches.map(waysOf);
      const degree = Math.max(...branches.map((branch) => branch.degree));
      return { degree, factor: branches.reduce((sum, { factor }) => sum + factor, 0) };
    }
    case "repeat": {
      const { least, most } = node;
      const once = waysOf(node.node);
      const plain = once.degree === 0 && once.factor === 1 && isOneCharacter(node.node);
      if (most === Infinity) return plain ? { degree: 1, factor: 1 + least } : endless;
      if (plain) return { degree: 0, factor: most - least + 1 };
      if (most > 100) return endless;
      let cost = step;
      for (let count = 0; count < most; count++) cost = both(cost, once);
      return { ...cost, factor: cost.factor * (most - least + 1) };
    }
  }
}

function both(left: Cost, right: Cost): Cost {
  return { degree: left.degree + right.degree, factor: left.factor * right.factor };
}

function isOneCharacter(node: RegexNode): boolean {
  if (node.kind === "group") return isOneCharacter(node.node);
  if (node.kind === "sequence") return node.nodes.length === 1 && node.nodes.every(isOneCharacter);
  return node.kind === "character";
}

interface Look {
  readonly node: RegexNode;
  /** Whether it is asked for at many places. */
  readonly repeated: boolean;
}

function looksIn(node: RegexNode, repeated = false): readonly Look[] {
  switch (node.kind) {
    case "look":
      return [{ node: node.node, repeated }];
    case "group":
      return looksIn(node.node, repeated);
    case "repeat":
      return looksIn(node.node, repeated || node.most > 1);
    case "sequence":
      return node.nodes.flatMap((one) => looksIn(one, repeated));
    case "choice":
      return node.branches.flatMap((one) => looksIn(one, repeated));
    default:
      return [];
  }
}

/** Whether every match starts at the start of the text. */
function isAnchored(node: RegexNode): boolean {
  switch (node.kind) {
    case "assertion":
      return node.source === "^";
    case "group":
      return isAnchored(node.node);
    case "choice":
      return node.branches.every(isAnchored);
    case "sequence":
      // A lookaround takes nothing, so what follows it stands at the start as well.
      return node.nodes.some((one, index) => isAnchored(one) && node.nodes.slice(0, index).every(({ kind }) => kind === "look"));
    default:
      return false;
  }
}
