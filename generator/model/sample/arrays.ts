import type { Json, Schema, SchemaObject } from "../../openapi/shapes.ts";
import type { Sample, SampleValue } from "../sample.ts";
import { validate } from "../validate.ts";
import { equal } from "../validate/equal.ts";
import { allOf, deep, type Sampler, type Task } from "./task.ts";

/** Longer arrays are not written down, whatever `minItems` asks. */
const longest = 1000;

/** Arrays that meet all parts: a plausible length first, then others. */
export function* arrays(sampler: Sampler, task: Task, parts: readonly SchemaObject[]): Generator<Sample> {
  const contained = parts.filter((part) => part.contains !== undefined);
  const needed = Math.max(0, ...contained.map((part) => part.minContains ?? 1));
  const prefix = Math.max(0, ...parts.map((part) => part.prefixItems?.length ?? 0));
  const least = Math.max(needed, ...parts.map((part) => part.minItems ?? 0));
  const most = Math.min(longest, ...parts.map((part) => part.maxItems ?? Infinity));
  const example = task.hints.find((hint) => Array.isArray(hint));
  const wished = task.level >= deep ? 0 : Array.isArray(example) && example.length > 0 ? Math.min(example.length, 3) : 1;
  const lengths = [
    Math.max(wished, prefix, least),
    Math.max(least, prefix),
    Math.max(1, least),
    least,
    least + 1,
    contained.length + least,
  ];
  for (const length of new Set(lengths.map((one) => Math.min(one, most))))
    yield buildArray(sampler, task, parts, { length, least, needed });
}

interface Extent {
  readonly length: number;
  readonly least: number;
  /** How many items `contains` asks for. */
  readonly needed: number;
}

function buildArray(sampler: Sampler, task: Task, parts: readonly SchemaObject[], { length, least, needed }: Extent): Sample {
  const items: SampleValue[] = [];
  const unique = parts.some((part) => part.uniqueItems === true);
  for (let position = 0; position < length; position++) {
    const contains = position < needed ? parts.flatMap<Schema>((part) => part.contains ?? []) : [];
    const schema = allOf([itemSchema(parts, position), ...contains]);
    const unwanted =
      position < needed
        ? []
        : parts.flatMap<Schema>((part) => (part.contains !== undefined && part.maxContains !== undefined ? [part.contains] : []));
    const fits = (value: SampleValue): boolean =>
      !(unique && items.some((item) => equal(item, value))) &&
      unwanted.every((one) => validate(sampler.model, one, value).length > 0);
    const sample = itemSample(sampler, task, schema, position, fits);
    if (sample.ok) items.push(sample.value);
    else if (position >= least) break;
    else return { ok: false, reason: sample.reason, pointer: `/${position}${sample.pointer}` };
  }
  return { ok: true, value: items };
}

/** The first sample of the item that fits; the further on it stands, the further on its number. */
function itemSample(
  sampler: Sampler,
  task: Task,
  schema: Schema,
  position: number,
  fits: (value: SampleValue) => boolean,
): Sample {
  const hints = task.hints.flatMap((hint): Json[] =>
    Array.isArray(hint) && hint[position] !== undefined ? [hint[position]] : [],
  );
  let last: Sample = { ok: false, reason: "its items cannot all be different", pointer: "" };
  for (let attempt = 0; attempt < 30; attempt++) {
    const index = hints.length > 0 && attempt === 0 ? 0 : task.index + position + attempt;
    const sample = sampler.sample({ schema, name: task.name, index, level: task.level + 0.3, hints: attempt === 0 ? hints : [] });
    if (!sample.ok) return sample;
    if (fits(sample.value)) return sample;
    last = { ok: false, reason: "its items cannot all be different", pointer: "" };
  }
  return last;
}

function itemSchema(parts: readonly SchemaObject[], position: number): Schema {
  const anyItems = parts.some((part) => part.items !== undefined || part.prefixItems?.[position] !== undefined);
  return allOf(
    parts.flatMap<Schema>(
      (part) => part.prefixItems?.[position] ?? part.items ?? (anyItems ? [] : (part.unevaluatedItems ?? [])),
    ),
  );
}
