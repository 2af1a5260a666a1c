/**
 * Codecs of whole values, made of the codecs of the formats in them. Only what holds such a format is looked at, all else is
 * handed on as it is, and a value in which nothing changes is the same object. Both ways pass over what has the other form already,
 * so that several schemas may speak of one value.
 */
import type { Codec } from "../operation.js";
import { type CaseTest, isFit } from "./case-test.js";
import { FormatError } from "./apply.js";
import type { Matcher } from "../validation/validator.js";

/** What a codec is made of. A function stands for one that is declared elsewhere, perhaps further below. */
export type Plan =
  | Codec
  | (() => Codec)
  | ObjectPlan
  | { readonly items: Plan | null; readonly prefix?: readonly (Plan | null)[] }
  | { readonly all: readonly Plan[] }
  /** The cases are tried in order: of `oneOf` the first that fits is taken, of `anyOf` all that fit. */
  | { readonly oneOf: readonly Case[] }
  | { readonly anyOf: readonly Case[] };

interface ObjectPlan {
  readonly properties?: { readonly [name: string]: Plan };
  /** By regular expressions for names. */
  readonly patterns?: readonly (readonly [pattern: Matcher, plan: Plan])[];
  /** For all other members. */
  readonly rest?: Plan;
  /** The names of other members that `rest` does not stand for. */
  readonly except?: readonly string[];
}

/** One member of a union, with what tells it from the others; without a plan, its values have one form. */
export interface Case {
  readonly test: CaseTest;
  readonly plan?: Plan;
}

type Way = "decode" | "encode";

/** Makes a codec. It has no side effects, so that bundlers leave out those that nothing uses. */
// @__NO_SIDE_EFFECTS__
export function codec<Value = unknown>(plan: Plan): Codec<Value> {
  const made = compile(plan);
  return { decode: (wire) => made.decode(wire) as Value, encode: (value) => made.encode(value) };
}

function compile(plan: Plan): Codec {
  if (typeof plan === "function")
    return { decode: (wire) => plan().decode(wire), encode: (value) => plan().encode(value) };
  if ("decode" in plan) return plan;
  if ("all" in plan) {
    const parts = plan.all.map(compile);
    const chain = (way: Way) => (value: unknown) => parts.reduce((form, part) => part[way](form), value);
    return { decode: chain("decode"), encode: chain("encode") };
  }
  if ("oneOf" in plan) return compileCases(plan.oneOf, true);
  if ("anyOf" in plan) return compileCases(plan.anyOf, false);
  if ("items" in plan) {
    const items = plan.items === null ? undefined : compile(plan.items);
    const prefix = (plan.prefix ?? []).map((each) => (each === null ? undefined : compile(each)));
    return bothWays((way, value) =>
      Array.isArray(value)
        ? eachItem(value, (item, index) => {
            const codec = index < prefix.length ? prefix[index] : items;
            return codec === undefined ? item : codec[way](item);
          })
        : value,
    );
  }
  return compileObject(plan);
}

function compileObject(plan: ObjectPlan): Codec {
  const named = new Map(Object.entries(plan.properties ?? {}).map(([name, each]) => [name, compile(each)]));
  const patterns = (plan.patterns ?? []).map(([pattern, each]) => [pattern, compile(each)] as const);
  const rest = plan.rest === undefined ? undefined : compile(plan.rest);
  const except = new Set(plan.except);
  const codecsOf = (name: string): readonly Codec[] => {
    const own = named.get(name);
    const found = [
      ...(own === undefined ? [] : [own]),
      ...patterns.filter(([pattern]) => pattern.test(name)).map(([, each]) => each),
    ];
    return found.length > 0 || rest === undefined || except.has(name) ? found : [rest];
  };
  const open = patterns.length > 0 || rest !== undefined;
  return bothWays((way, value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const changes: [string, unknown][] = [];
    const members: { readonly [name: string]: unknown } = { ...value };
    for (const name of open ? Object.keys(members) : named.keys()) {
      if (!Object.hasOwn(members, name)) continue;
      const before = members[name];
      const after = inside(name, () => codecsOf(name).reduce((form, each) => each[way](form), before));
      if (after !== before) changes.push([name, after]);
    }
    // Not by assignment, which would let a member named "__proto__" set the prototype.
    return changes.length === 0 ? value : Object.fromEntries([...Object.entries(members), ...changes]);
  });
}

/** A union: a value is of the cases whose tests its wire form passes, and that can read it. */
function compileCases(cases: readonly Case[], exclusive: boolean): Codec {
  const compiled = cases.map(({ test, plan }) => ({
    test,
    codec: plan === undefined ? undefined : compile(plan),
  }));
  const take = (
    value: unknown,
    attempt: (each: (typeof compiled)[number], form: unknown) => unknown,
  ): unknown => {
    let form = value;
    let failure: FormatError | undefined;
    let fits = false;
    for (const each of compiled) {
      try {
        const next = attempt(each, form);
        if (next === unfit) continue;
        if (exclusive) return next;
        form = next;
        fits = true;
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        failure ??= error;
      }
    }
    if (failure !== undefined && !fits) throw failure;
    return form;
  };
  return {
    decode: (wire) =>
      take(wire, ({ test, codec }, form) => (isFit(test, form) ? (codec?.decode(form) ?? form) : unfit)),
    encode(value) {
      let closest = value;
      let fits = false;
      const wire = take(value, ({ test, codec }, form) => {
        const written = codec === undefined ? form : codec.encode(form);
        if (closest === value) closest = written;
        // A case that cannot read what it has written is not the one that is meant.
        if (!isFit(test, written) || !isReadable(codec, written)) return unfit;
        fits = true;
        return written;
      });
      // What is of no case is wrong, and for the server to refuse; its Dates are written all the same.
      return fits ? wire : closest;
    },
  };
}

function isReadable(codec: Codec | undefined, wire: unknown): boolean {
  try {
    codec?.decode(wire);
    return true;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

const unfit = Symbol("unfit");

function bothWays(run: (way: Way, value: unknown) => unknown): Codec {
  return { decode: (wire) => run("decode", wire), encode: (value) => run("encode", value) };
}

function eachItem(
  items: readonly unknown[],
  run: (item: unknown, index: number) => unknown,
): readonly unknown[] {
  const made = items.map((item, index) => inside(index, () => run(item, index)));
  return made.every((item, index) => item === items[index]) ? items : made;
}

/** Puts the step to a member before the place of an error in it. */
function inside<Result>(key: string | number, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const step = String(key).replaceAll("~", "~0").replaceAll("/", "~1");
    throw new FormatError(error.message, `/${step}${error.pointer}`);
  }
}
