/** Which codecs a schema needs, by the formats that are chosen: as plans, to be written down, and as codecs, to be run. */
import type { Schema, SchemaObject } from "../openapi/shapes.ts";
import { codec, type Plan as RuntimePlan } from "../runtime/formats/codec.ts";
import type { CaseTest } from "../runtime/formats/case-test.ts";
import type { Codec } from "../runtime/operation.ts";
import type { ApiModel, Content, NamedSchema } from "./api-model.ts";
import { caseTests } from "./codec-cases.ts";
import { choiceOf, codecNamed, type FormatChoice } from "./formats.ts";
import { sequenceOf } from "./sequence.ts";
import { referenced, subschemas } from "./walk.ts";
import { matches, patternOf } from "./validate/pattern.ts";

/** What a codec is made of; see `Plan` of generator/runtime/formats/codec.ts, of which this is the image. */
export type CodecPlan =
  | { readonly kind: "format"; readonly choice: FormatChoice }
  | { readonly kind: "reference"; readonly schema: NamedSchema }
  | {
      readonly kind: "object";
      readonly properties: readonly (readonly [name: string, plan: CodecPlan])[];
      readonly patterns: readonly (readonly [pattern: string, plan: CodecPlan])[];
      readonly rest?: CodecPlan;
      /** What `rest` does not stand for, although no plan is there for it. */
      readonly except: readonly string[];
    }
  | { readonly kind: "array"; readonly items?: CodecPlan; readonly prefix: readonly (CodecPlan | undefined)[] }
  | { readonly kind: "all"; readonly of: readonly CodecPlan[] }
  | { readonly kind: "oneOf" | "anyOf"; readonly cases: readonly CodecCase[] };

export interface CodecCase {
  readonly test: CaseTest;
  readonly plan?: CodecPlan;
}

type Model = Pick<ApiModel, "schemas" | "schemaByReference" | "formats">;

/** Whether a choice was made at all: else there are no codecs. */
export function hasChoices(model: Pick<ApiModel, "formats">): boolean {
  return Object.keys(model.formats).length > 0;
}

/** The plan of a schema; nothing when no chosen format is in it. */
export function planOf(model: Model, schema: Schema | undefined): CodecPlan | undefined {
  if (schema === undefined || typeof schema === "boolean" || !hasChoices(model)) return undefined;
  const coded = codedSchemas(model);
  const choice = choiceOf(model, schema);
  const target = referenced(model, schema);
  const parts: (CodecPlan | undefined)[] = [
    target !== undefined && coded.has(target) ? { kind: "reference", schema: target } : undefined,
    ...(schema.allOf ?? []).map((member) => planOf(model, member)),
    choice === undefined ? undefined : { kind: "format", choice },
    objectPlan(model, schema),
    arrayPlan(model, schema),
    casesPlan(model, schema, "anyOf"),
    casesPlan(model, schema, "oneOf"),
  ];
  const found = parts.filter((part) => part !== undefined);
  const [first, ...others] = found;
  return first === undefined || others.length === 0 ? first : { kind: "all", of: found };
}

function objectPlan(model: Model, schema: SchemaObject): CodecPlan | undefined {
  const planned = (members: Readonly<Record<string, Schema>> = {}): [string, CodecPlan][] =>
    Object.entries(members).flatMap(([name, member]) => {
      const plan = planOf(model, member);
      return plan === undefined ? [] : [[name, plan] satisfies [string, CodecPlan]];
    });
  const properties = planned(schema.properties);
  const patterns = planned(schema.patternProperties).filter(([pattern]) => patternOf(pattern) !== undefined);
  const rest = planOf(model, schema.additionalProperties ?? (isAlone(schema) ? schema.unevaluatedProperties : undefined));
  if (properties.length === 0 && patterns.length === 0 && rest === undefined) return undefined;
  const names = new Set(properties.map(([name]) => name));
  const except = rest === undefined ? [] : Object.keys(schema.properties ?? {}).filter((name) => !names.has(name));
  return { kind: "object", properties, patterns, except, ...(rest === undefined ? {} : { rest }) };
}

/** What `unevaluatedProperties` speaks of depends on the schemas beside it; alone, it is `additionalProperties`. */
function isAlone({ $ref, allOf, anyOf, oneOf, if: condition }: SchemaObject): boolean {
  return [$ref, allOf, anyOf, oneOf, condition].every((keyword) => keyword === undefined);
}

function arrayPlan(model: Model, schema: SchemaObject): CodecPlan | undefined {
  const items = planOf(model, schema.items);
  const prefix = (schema.prefixItems ?? []).map((item) => planOf(model, item));
  if (items === undefined && prefix.every((plan) => plan === undefined)) return undefined;
  return { kind: "array", prefix, ...(items === undefined ? {} : { items }) };
}

function casesPlan(model: Model, schema: SchemaObject, kind: "oneOf" | "anyOf"): CodecPlan | undefined {
  const members = (schema[kind] ?? []).filter((member) => !isNull(member));
  const plans = members.map((member) => planOf(model, member));
  if (plans.every((plan) => plan === undefined)) return undefined;
  // With nothing but null beside it, there is nothing to be told apart: codecs pass null over.
  if (plans.length === 1) return plans[0];
  const tests = caseTests(model, schema, members);
  return {
    kind,
    cases: members.map((_, index) => {
      const plan = plans[index];
      return { test: tests[index] ?? {}, ...(plan === undefined ? {} : { plan }) };
    }),
  };
}

function isNull(schema: Schema): boolean {
  return typeof schema === "object" && schema.type === "null";
}

/** The named schemas that hold a chosen format, themselves or through others. */
export function codedSchemas(model: Model): ReadonlySet<NamedSchema> {
  const known = coded.get(model.schemas);
  if (known !== undefined) return known;
  const holders = new Map<NamedSchema, NamedSchema[]>();
  const found = new Set<NamedSchema>();
  for (const schema of model.schemas) {
    const pending: Schema[] = [schema.schema];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (typeof next === "boolean") continue;
      if (choiceOf(model, next) !== undefined) found.add(schema);
      const target = referenced(model, next);
      if (target !== undefined) holders.set(target, [...(holders.get(target) ?? []), schema]);
      for (const inner of subschemas(next)) if (applies(inner.keys[0])) pending.push(inner.schema);
    }
  }
  // The set grows while it is walked: who refers to a schema that holds one holds it too.
  for (const schema of found) for (const holder of holders.get(schema) ?? []) found.add(holder);
  coded.set(model.schemas, found);
  return found;
}

// A cache of pure results, for each model.
const coded = new WeakMap<readonly NamedSchema[], ReadonlySet<NamedSchema>>();

/** Whether the types of a value come from what stands under a keyword: what is only tested says nothing of them. */
function applies(keyword: string | number | undefined): boolean {
  return typeof keyword === "string" && applied.has(keyword);
}

const applied: ReadonlySet<string> = new Set([
  "items",
  "additionalProperties",
  "unevaluatedProperties",
  "prefixItems",
  "allOf",
  "anyOf",
  "oneOf",
  "properties",
  "patternProperties",
]);

function runnable(model: Model, plan: CodecPlan): RuntimePlan {
  const inner = (one: CodecPlan): RuntimePlan => runnable(model, one);
  switch (plan.kind) {
    case "format":
      return codecNamed(plan.choice.codec);
    case "reference":
      return () => namedCodec(model, plan.schema);
    case "object":
      return {
        properties: Object.fromEntries(plan.properties.map(([name, one]) => [name, inner(one)])),
        patterns: plan.patterns.map(
          ([pattern, one]) => [{ test: (name: string) => matches(pattern, name) === true }, inner(one)] as const,
        ),
        except: plan.except,
        ...(plan.rest === undefined ? {} : { rest: inner(plan.rest) }),
      };
    case "array":
      return {
        items: plan.items === undefined ? null : inner(plan.items),
        prefix: plan.prefix.map((one) => (one === undefined ? null : inner(one))),
      };
    case "all":
      return { all: plan.of.map(inner) };
    case "oneOf":
      return {
        oneOf: plan.cases.map((one) => ({ test: one.test, ...(one.plan === undefined ? {} : { plan: inner(one.plan) }) })),
      };
    case "anyOf":
      return {
        anyOf: plan.cases.map((one) => ({ test: one.test, ...(one.plan === undefined ? {} : { plan: inner(one.plan) }) })),
      };
  }
}

function namedCodec(model: Model, schema: NamedSchema): Codec {
  const made = named.get(schema) ?? run(model, planOf(model, schema.schema) ?? { kind: "all", of: [] });
  named.set(schema, made);
  return made;
}

const named = new WeakMap<NamedSchema, Codec>();

/** Whether a plan reads integers that a number may not hold, so that JSON must be read and written exactly. */
export function isExact(model: Model, plan: CodecPlan, seen: Set<NamedSchema> = new Set()): boolean {
  const any = (plans: readonly (CodecPlan | undefined)[]): boolean =>
    plans.some((one) => one !== undefined && isExact(model, one, seen));
  switch (plan.kind) {
    case "format":
      return plan.choice.type === "bigint" && plan.choice.json === "integer";
    case "reference":
      if (seen.has(plan.schema)) return false;
      seen.add(plan.schema);
      return any([planOf(model, plan.schema.schema)]);
    case "object":
      return any([...[...plan.properties, ...plan.patterns].map(([, one]) => one), plan.rest]);
    case "array":
      return any([plan.items, ...plan.prefix]);
    case "all":
      return any(plan.of);
    default:
      return any(plan.cases.map((one) => one.plan));
  }
}

/** The plan of a body; of a sequence, that of each item. */
export function contentPlan(model: Model, content: Content): CodecPlan | undefined {
  if (content.kind === "binary") return undefined;
  return planOf(model, sequenceOf(model, content)?.item ?? content.schema);
}

/** The codec of a plan, to be run while generating. */
export function run(model: Model, plan: CodecPlan): Codec {
  return codec(runnable(model, plan));
}
