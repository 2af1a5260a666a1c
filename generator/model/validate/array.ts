import type { SchemaObject } from "../../openapi/shapes.ts";
import type { Problem } from "../../runtime/validation/validator.ts";
import { keyOf } from "./equal.ts";
import { inside, isEvident, problem, type Evaluated, type Place, type Run } from "./run.ts";

/** All that bears on arrays. */
export function checkArray(
  run: Run,
  schema: SchemaObject,
  value: unknown,
  place: Place,
  evaluated: Evaluated | undefined,
): Problem[] {
  if (!Array.isArray(value)) return [];
  const items: readonly unknown[] = value;
  const problems: Problem[] = [];
  const { minItems, maxItems } = schema;
  if (minItems !== undefined && items.length < minItems)
    problems.push(problem(place, "minItems", `must have at least ${minItems} items`));
  if (maxItems !== undefined && items.length > maxItems)
    problems.push(problem(place, "maxItems", `must have at most ${maxItems} items`));
  if (schema.uniqueItems === true) checkUnique(items, place, problems);
  checkItems(run, schema, items, place, evaluated, problems);
  checkContains(run, schema, items, place, evaluated, problems);
  if (schema.unevaluatedItems !== undefined && evaluated !== undefined) {
    for (const [index, item] of items.entries()) {
      if (evaluated.items.has(index)) continue;
      evaluated.items.add(index);
      problems.push(...named("unevaluatedItems", run.check(schema.unevaluatedItems, item, inside(place, index), undefined)));
    }
  }
  return problems;
}

function checkItems(
  run: Run,
  schema: SchemaObject,
  items: readonly unknown[],
  place: Place,
  evaluated: Evaluated | undefined,
  problems: Problem[],
): void {
  const prefix = schema.prefixItems ?? [];
  for (const [index, item] of items.entries()) {
    const inner = prefix[index] ?? schema.items;
    if (inner === undefined) break;
    evaluated?.items.add(index);
    if (isEvident(run, inner, item)) continue;
    const found = run.check(inner, item, inside(place, index), undefined);
    problems.push(...(index < prefix.length ? found : named("items", found)));
  }
}

function checkContains(
  run: Run,
  schema: SchemaObject,
  items: readonly unknown[],
  place: Place,
  evaluated: Evaluated | undefined,
  problems: Problem[],
): void {
  const { contains, minContains = 1, maxContains } = schema;
  if (contains === undefined) return;
  let count = 0;
  for (const [index, item] of items.entries()) {
    if (run.check(contains, item, inside(place, index), undefined).length > 0) continue;
    count += 1;
    evaluated?.items.add(index);
  }
  if (count < minContains)
    problems.push(
      problem(place, minContains === 1 ? "contains" : "minContains", `must contain at least ${minContains} matching items`),
    );
  if (maxContains !== undefined && count > maxContains)
    problems.push(problem(place, "maxContains", `must contain at most ${maxContains} matching items`));
}

function checkUnique(items: readonly unknown[], place: Place, problems: Problem[]): void {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const key = keyOf(item);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    if (first === undefined) continue;
    problems.push(problem(place, "uniqueItems", `must not repeat an item: ${first} and ${index} are equal`));
    return;
  }
}

/** A schema that is `false` says which keyword forbade the value. */
export function named(keyword: string, problems: readonly Problem[]): Problem[] {
  return problems.map((one) => (one.keyword === "false" ? { ...one, keyword } : one));
}
