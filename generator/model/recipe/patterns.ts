import { parse, type Node } from "../sample/regex-parse.ts";
import { patternOf } from "../validate/pattern.ts";

/** Where in a text letters and digits may change, each in its kind: from a position up to another. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The longest range of a text in which each letter may become any letter, each digit any digit, and the pattern goes on to match: by the
 * way that the text takes through the pattern, each character of it is of a class that holds all of its kind. In a range whose letters
 * are all of a to f they need hold no others. `undefined` where there is none that gives a hundred texts, or where the pattern looks
 * around, back or for the ends of words.
 */
export function rangeOf(pattern: string, text: string): Range | undefined {
  const known = ranges.get(pattern) ?? new Map<string, Range | undefined>();
  ranges.set(pattern, known);
  if (!known.has(text)) known.set(text, newRange(pattern, text));
  return known.get(text);
}

const ranges = new Map<string, Map<string, Range | undefined>>();

function newRange(pattern: string, text: string): Range | undefined {
  const regex = patternOf(pattern);
  if (regex === undefined || text.length > longest || !/^[ -~]*$/.test(text)) return undefined;
  const inner = pattern.replace(/^\^/, "").replace(/(?<!\\)((?:\\\\)*)\$$/, "$1");
  if (looksElsewhere(inner)) return undefined;
  const tree = parse(inner);
  const classes = tree === undefined ? undefined : wayThrough(tree, text, regex.flags);
  if (classes === undefined) return undefined;
  const free = [...text].map((character, at) => freedom(character, classes[at] ?? ""));
  // The shorter range comes second, where both are as good.
  return longestOf(text, free, "any") ?? longestOf(text, free, "hex");
}

/** Ids and the like are no longer. */
const longest = 200;

/** Outside of classes: anchors, lookarounds, references back, ends of words, flags for a part. */
function looksElsewhere(pattern: string): boolean {
  const outside = pattern.replace(/\\[^bB\dk]/g, "x").replace(/\[(?:\\.|[^\]\\])*\]/g, "x");
  return /[\^$]|\\[bB\dk]|\(\?(?!:|<[a-z])/i.test(outside);
}

/** The class that each character of the text is taken by, when the whole of it is matched; `undefined` when it is not, or not soon. */
function wayThrough(tree: Node, text: string, flags: string): readonly string[] | undefined {
  const classes: string[] = [];
  let steps = 0;
  const take = (node: Node, at: number, then: (end: number) => boolean): boolean => {
    if (++steps > patience) return false;
    switch (node.kind) {
      case "character": {
        if (at >= text.length || !isIn(text[at] ?? "", node.source, flags)) return false;
        classes[at] = `${flags} ${node.source}`;
        return then(at + 1);
      }
      case "sequence": {
        const next = (index: number, from: number): boolean => {
          const inner = node.nodes[index];
          return inner === undefined ? then(from) : take(inner, from, (end) => next(index + 1, end));
        };
        return next(0, at);
      }
      case "choice":
        return node.branches.some((branch) => take(branch, at, then));
      case "repeat": {
        const again = (times: number, from: number): boolean =>
          (times < node.most && take(node.node, from, (end) => end > from && again(times + 1, end))) ||
          (times >= node.least && then(from));
        return again(0, at);
      }
      case "group":
        return take(node.node, at, then);
      default:
        return false;
    }
  };
  return take(tree, 0, (end) => end === text.length) ? classes : undefined;
}

const patience = 20_000;

function isIn(character: string, source: string, flags: string): boolean {
  if (source.length === 1 && source !== ".") return source === character;
  const key = `${flags} ${source}`;
  const regex = classRegexes.get(key) ?? new RegExp(`^(?:${source})$`, flags);
  classRegexes.set(key, regex);
  return regex.test(character);
}

const classRegexes = new Map<string, RegExp>();

type Freedom = "fixed" | "none" | "any" | "hex";

/** What a character may become: `none` for what is neither letter nor digit, which stays anyway. */
function freedom(character: string, key: string): Freedom {
  const alphabet = alphabets.find((one) => one.includes(character));
  if (alphabet === undefined) return "none";
  const [flags = "", source = ""] = [key.slice(0, key.indexOf(" ")), key.slice(key.indexOf(" ") + 1)];
  const holds = (letters: string): boolean => [...letters].every((letter) => isIn(letter, source, flags));
  if (holds(alphabet)) return "any";
  return alphabet.length > 10 && holds(alphabet.slice(0, 6)) && alphabet.slice(0, 6).includes(character) ? "hex" : "fixed";
}

const alphabets = ["0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

function longestOf(text: string, free: readonly Freedom[], letters: "any" | "hex"): Range | undefined {
  let best: Range | undefined;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const one = free[at] ?? "fixed";
    const beyond = letters === "hex" && /[g-z]/i.test(text[at] ?? "");
    if (one !== "fixed" && !beyond && (one !== "hex" || letters === "hex")) continue;
    const found = free.slice(from, at).filter((each) => each !== "none").length;
    if (found >= 2 && (best === undefined || at - from >= best.to - best.from)) best = { from, to: at };
    from = at + 1;
  }
  return best;
}
