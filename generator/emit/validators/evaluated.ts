import { referenced } from "../../model/walk.ts";
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { concat, group, indent, line, type Layout } from "../text/layout.ts";
import { literalLayout, stringLiteral } from "../text/literal.ts";
import { validatorOf, type Compiler, type Site } from "./compile.ts";
import { returnOf } from "./file.ts";
import { patternConstant } from "./keywords.ts";

/** When a property or item is spoken of: always, never, or when an expression holds. */
export type Condition =
  | boolean
  | { readonly text: string; readonly reads: readonly string[] }
  | { readonly operator: "&&" | "||"; readonly operands: readonly Condition[] };

/** Whether a property is declared by `properties` or matched by `patternProperties`; reads `key`. */
export function isDeclared(compiler: Compiler, schema: SchemaObject, site: Site): Condition {
  const names = Object.keys(schema.properties ?? {});
  const patterns = Object.keys(schema.patternProperties ?? {}).flatMap(
    (pattern) => patternConstant(compiler, pattern, site) ?? [],
  );
  return or([
    ...namesCondition(compiler, names, site),
    ...patterns.map((name) => ({ text: `${name}.test(key)`, reads: ["key"] })),
  ]);
}

/** Whether a property is spoken of by the schema, or by one for the same value that holds; reads `key` and `value`. */
export function evaluatedProperties(
  compiler: Compiler,
  schema: Schema,
  site: Site,
  seen: ReadonlySet<Schema> = new Set(),
): Condition {
  if (typeof schema === "boolean" || seen.has(schema)) return false;
  if (schema.additionalProperties !== undefined || schema.unevaluatedProperties !== undefined) return true;
  return or([isDeclared(compiler, schema, site), inPlaceConditions(compiler, schema, site, seen, evaluatedProperties)]);
}

/** Whether an item is spoken of; reads `index` and `value`. */
export function evaluatedItems(compiler: Compiler, schema: Schema, site: Site, seen: ReadonlySet<Schema> = new Set()): Condition {
  if (typeof schema === "boolean" || seen.has(schema)) return false;
  if (schema.items !== undefined || schema.unevaluatedItems !== undefined) return true;
  const prefix = schema.prefixItems?.length ?? 0;
  const own: Condition[] = prefix === 0 ? [] : [{ text: `index < ${prefix}`, reads: ["index"] }];
  if (schema.contains !== undefined) {
    const validator = validatorOf(compiler, schema.contains, {
      ...site,
      name: `${site.name}Contained`,
      absent: new Set(),
      within: new Set(),
    });
    own.push(validator === undefined ? true : { text: `${validator}(value[index], null, null)`, reads: ["value", "index"] });
  }
  return or([...own, inPlaceConditions(compiler, schema, site, seen, evaluatedItems)]);
}

/** A `return` of the condition, and the parameters it reads. */
export function printCondition(condition: Condition): { readonly layout: Layout; readonly reads: ReadonlySet<string> } {
  const layout =
    typeof condition === "object" && "operator" in condition
      ? returnOf(condition.operator, condition.operands.map(operandLayout))
      : concat("return ", operandLayout(condition), ";");
  return { layout, reads: new Set(readsOf(condition)) };
}

type Evaluate = (compiler: Compiler, schema: Schema, site: Site, seen: ReadonlySet<Schema>) => Condition;

function inPlaceConditions(
  compiler: Compiler,
  schema: SchemaObject,
  site: Site,
  seen: ReadonlySet<Schema>,
  evaluate: Evaluate,
): Condition {
  const inside = new Set(seen).add(schema);
  const at = (suffix: string): Site => ({ ...site, name: `${site.name}${suffix}` });
  const whatever = (inner: Schema | undefined, suffix: string): Condition =>
    inner === undefined ? false : evaluate(compiler, inner, at(suffix), inside);
  const whenValid = (inner: Schema, suffix: string): Condition =>
    and([() => whatever(inner, suffix), () => holds(compiler, inner, at(suffix))]);
  const target = referenced(compiler.model, schema);
  const found: Condition[] =
    target === undefined ? [] : [evaluate(compiler, target.schema, { ...site, name: target.name }, inside)];
  for (const [index, member] of (schema.allOf ?? []).entries()) found.push(whatever(member, `Part${index + 1}`));
  for (const members of [schema.anyOf, schema.oneOf]) {
    for (const [index, member] of (members ?? []).entries()) found.push(whenValid(member, `Option${index + 1}`));
  }
  const { if: condition } = schema;
  if (condition !== undefined) {
    const valid = (): Condition => holds(compiler, condition, at("If"));
    found.push(and([() => or([whatever(condition, "If"), whatever(schema.then, "Then")]), valid]));
    found.push(and([() => whatever(schema.else, "Else"), () => not(valid())]));
  }
  for (const [name, inner] of Object.entries(schema.dependentSchemas ?? {})) {
    const present = { text: `${compiler.file.use("own")}(value, ${stringLiteral(name)}) !== undefined`, reads: ["value"] };
    found.push(and([() => whatever(inner, "With"), () => present]));
  }
  return or(found);
}

function holds(compiler: Compiler, schema: Schema, site: Site): Condition {
  if (schema === false) return false;
  const validator = validatorOf(compiler, schema, site);
  return validator === undefined ? true : { text: `${validator}(value, null, null)`, reads: ["value"] };
}

function namesCondition(compiler: Compiler, names: readonly string[], site: Site): Condition[] {
  if (names.length <= 3) return names.map((name) => ({ text: `key === ${stringLiteral(name)}`, reads: ["key"] }));
  const set = compiler.file.constant(
    `properties${site.name}`,
    "ReadonlySet<string>",
    concat("new Set(", literalLayout(names), ")"),
  );
  return [{ text: `${set}.has(key)`, reads: ["key"] }];
}

function or(conditions: readonly Condition[]): Condition {
  const flat = conditions.flatMap((one) =>
    typeof one === "object" && "operator" in one && one.operator === "||" ? one.operands : one === false ? [] : [one],
  );
  const operands = [...new Map(flat.map((one) => [JSON.stringify(one), one])).values()];
  const [only, ...others] = operands;
  if (operands.includes(true)) return true;
  return only === undefined ? false : others.length === 0 ? only : { operator: "||", operands };
}

// What costs little stands first; and nothing is compiled for a condition that can never hold.
function and(conditions: readonly (() => Condition)[]): Condition {
  const operands: Condition[] = [];
  for (const condition of conditions) {
    const one = condition();
    if (one === false) return false;
    if (one !== true) operands.push(one);
  }
  const [only, ...others] = operands;
  return only === undefined ? true : others.length === 0 ? only : { operator: "&&", operands };
}

function not(condition: Condition): Condition {
  if (typeof condition === "boolean") return !condition;
  // Only calls are negated.
  return "text" in condition ? { ...condition, text: `!${condition.text}` } : condition;
}

function operandLayout(condition: Condition): Layout {
  if (typeof condition === "boolean") return String(condition);
  if ("text" in condition) return condition.text;
  const [first = "", ...others] = condition.operands.map(operandLayout);
  return concat(
    "(",
    group(concat(first, indent(concat(...others.map((operand) => concat(` ${condition.operator}`, line, operand)))))),
    ")",
  );
}

function readsOf(condition: Condition): readonly string[] {
  if (typeof condition === "boolean") return [];
  return "text" in condition ? condition.reads : condition.operands.flatMap(readsOf);
}
