import { parseRegex, type RegexNode } from "./regex.js";
import type { Matcher } from "./validator.js";

/**
 * A matcher that takes the same texts as a regular expression, in time that grows with the length of the text, where the engine's own
 * would try every way to divide it: `/^(a+)+$/u` needs minutes for forty letters. Sees all ways at once, as Thompson has it, and
 * remembers the steps. The flags `u` and none are known. What refers back or looks around is handed to the engine, as is what takes too
 * many states; `linearly` tells.
 */
export function linear(expression: RegExp): Matcher {
  let matcher: Matcher | undefined;
  return {
    test: (text) => (matcher ??= linearly(expression) ?? expression).test(text),
    toString: () => String(expression),
  };
}

/**
 * A regular expression that is not asked about texts of more characters than a `maxLength` beside it allows, since these are refused
 * already. It bounds what cannot be matched in linear time.
 */
export function upTo(expression: RegExp, longest: number): Matcher {
  return {
    test: (text) => text.length > longest * 2 || expression.test(text),
    toString: () => String(expression),
  };
}

/** The matcher of `linear`, or `undefined` where none can be made. */
export function linearly({ source, flags }: RegExp): Matcher | undefined {
  const unicode = flags === "u";
  const tree = unicode || flags === "" ? parseRegex(source, unicode) : undefined;
  const program = tree === undefined ? undefined : compile(tree, flags);
  return program && { test: (text) => run(program, unicode ? text : units(text)) };
}

type Test = (character: string) => boolean;
type Instruction =
  | { readonly kind: "match" }
  | { readonly kind: "character"; readonly test: Test; readonly next: number }
  | { readonly kind: "assertion"; readonly source: string; readonly next: number }
  | { readonly kind: "split"; readonly next: number[] };

interface Program {
  readonly instructions: readonly Instruction[];
  readonly start: number;
  readonly states: Map<string, State>;
}

/** What stands before a place: nothing, a character of words, or another. */
type Side = "end" | "word" | "other";

/** The instructions that may be next at a place, and where each character leads from there. */
interface State {
  readonly pending: readonly number[];
  readonly before: Side;
  readonly moves: Map<string, State | "match">;
}

/** More instructions than these are not made, nor more states and steps kept. */
const most = { instructions: 2000, states: 200, moves: 100 };

function compile(tree: RegexNode, flags: string): Program | undefined {
  const instructions: Instruction[] = [{ kind: "match" }];
  const tests = new Map<string, Test>();
  let regular = true;
  const add = (instruction: Instruction): number => instructions.push(instruction) - 1;
  const testOf = (source: string): Test => {
    const expression = new RegExp(`^(?:${source})$`, flags);
    const known = tests.get(source) ?? ((character: string) => expression.test(character));
    tests.set(source, known);
    return known;
  };
  // From the end to the start, since each instruction names the next.
  const before = (node: RegexNode, next: number): number => {
    if (instructions.length > most.instructions) regular = false;
    if (!regular) return next;
    switch (node.kind) {
      case "character":
        return add({ kind: "character", test: testOf(node.source), next });
      case "assertion":
        return add({ kind: "assertion", source: node.source, next });
      case "sequence":
        return node.nodes.reduceRight((after, one) => before(one, after), next);
      case "choice":
        return add({ kind: "split", next: node.branches.map((branch) => before(branch, next)) });
      case "group":
        return before(node.node, next);
      case "repeat":
        return repeated(node, next);
      default:
        regular = false;
        return next;
    }
  };
  const repeated = (
    { node, least, most: limit }: Extract<RegexNode, { kind: "repeat" }>,
    next: number,
  ): number => {
    let entry = next;
    if (limit === Infinity) {
      const branches: number[] = [next];
      entry = add({ kind: "split", next: branches });
      branches.push(before(node, entry));
    } else {
      for (let count = least; count < limit && regular; count++)
        entry = add({ kind: "split", next: [next, before(node, entry)] });
    }
    for (let count = 0; count < least && regular; count++) {
      const size = instructions.length;
      entry = before(node, entry);
      // What takes nothing may be repeated for ever.
      if (instructions.length === size) break;
    }
    return entry;
  };
  const start = before(tree, 0);
  return regular ? { instructions, start, states: new Map() } : undefined;
}

function run(program: Program, characters: Iterable<string>): boolean {
  let state = stateOf(program, [], "end");
  for (const character of characters) {
    const next = state.moves.get(character) ?? move(program, state, character);
    if (next === "match") return true;
    state = next;
  }
  return (state.moves.get("") ?? move(program, state, "")) === "match";
}

/** The state after a character, `""` for the end of the text. */
function move(program: Program, state: State, character: string): State | "match" {
  const after = sideOf(character);
  const reached = closure(program, state, after);
  const next = new Set<number>();
  for (const index of reached) {
    const instruction = program.instructions[index];
    if (instruction?.kind === "character" && character !== "" && instruction.test(character))
      next.add(instruction.next);
  }
  const result = reached.has(0)
    ? "match"
    : stateOf(
        program,
        [...next].sort((a, b) => a - b),
        after,
      );
  if (state.moves.size < most.moves) state.moves.set(character, result);
  return result;
}

/** All that can be reached without a character. A match may start at any place. */
function closure({ instructions, start }: Program, { pending, before }: State, after: Side): Set<number> {
  const reached = new Set<number>([...pending, start]);
  // The set grows while it is walked.
  for (const index of reached) {
    const instruction = instructions[index];
    if (instruction?.kind === "split") for (const next of instruction.next) reached.add(next);
    if (instruction?.kind === "assertion" && holds(instruction.source, before, after))
      reached.add(instruction.next);
  }
  return reached;
}

function holds(source: string, before: Side, after: Side): boolean {
  if (source === "^") return before === "end";
  if (source === "$") return after === "end";
  const boundary = (before === "word") !== (after === "word");
  return boundary === (source === "\\b");
}

function stateOf({ states }: Program, pending: readonly number[], before: Side): State {
  const key = `${before} ${pending.join()}`;
  const known = states.get(key);
  if (known !== undefined) return known;
  if (states.size >= most.states) {
    for (const { moves } of states.values()) moves.clear();
    states.clear();
  }
  const state: State = { pending, before, moves: new Map() };
  states.set(key, state);
  return state;
}

function sideOf(character: string): Side {
  return character === "" ? "end" : /^\w$/.test(character) ? "word" : "other";
}

// Without the flag `u`, both halves of a character beyond the first plane are characters.
function* units(text: string): Generator<string> {
  for (let index = 0; index < text.length; index++) yield text.charAt(index);
}
