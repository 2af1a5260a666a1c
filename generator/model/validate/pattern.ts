/**
 * The patterns of a document on texts of the document. A pattern may need exponential time to say no, and some have been written to:
 * what could is matched in linear time, or where that cannot be, under a limit, and its answer then is that there is none. See
 * docs/decisions/0028-patterns-in-linear-time.md.
 */
import { createContext, Script } from "node:vm";
import { linear } from "../../runtime/validation/linear.ts";
import type { Matcher } from "../../runtime/validation/validator.ts";
import { remedyFor } from "./regex-cost.ts";

/** Whether a text matches; `tooSlow` when that is not found out in reasonable time. `undefined` for what is no regular expression. */
export type Matching = boolean | typeof tooSlow | undefined;

export const tooSlow = Symbol("no answer within the time");

/** How the message of a problem begins that is none for sure: the pattern after it had no answer. */
export const undecided = "takes too long to be matched against";

/** Whether a pattern of JSON Schema matches somewhere in a text. */
export function matches(pattern: string, text: string): Matching {
  const regex = patternOf(pattern);
  if (regex === undefined) return undefined;
  switch (remedyFor(regex, text.length > longText ? undefined : longText)) {
    case "native":
      return regex.test(text);
    case "linearly": {
      const matcher = linears.get(regex) ?? linear(regex);
      linears.set(regex, matcher);
      return matcher.test(text);
    }
    case "guarded":
      return guarded(regex, text);
  }
}

/** Most texts of documents are shorter, and few patterns take long for those. */
const longText = 400;
const linears = new WeakMap<RegExp, Matcher>();

/**
 * The regular expression of a `pattern`, read with the flag `u` as JSON Schema asks, or without where only that reads it
 * (`\-`, `\_` and the like are common in real documents); `undefined` when it is none. To run it, use `matches`.
 */
export function patternOf(pattern: string): RegExp | undefined {
  if (!known.has(pattern)) known.set(pattern, compile(pattern, "u") ?? compile(pattern, ""));
  return known.get(pattern);
}

// A cache of pure results, so that a pattern is compiled once.
const known = new Map<string, RegExp | undefined>();

function compile(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

const limit = 250;
/** After this many patterns without an answer, those that need a guard get none at all: a document can hold thousands. */
const patience = 20;
const hopeless = new Set<string>();
const sandbox = createContext({});
const script = new Script("regex.test(text)");

/** Runs a regular expression under a limit: the engine can be interrupted only in what a `vm` runs. */
function guarded(regex: RegExp, text: string): Matching {
  if (hopeless.size >= patience) return tooSlow;
  try {
    Object.assign(sandbox, { regex, text });
    return script.runInContext(sandbox, { timeout: limit }) === true;
  } catch {
    hopeless.add(`${regex.source} ${text}`);
    return tooSlow; // Or too large for the engine, which it says only now.
  }
}
