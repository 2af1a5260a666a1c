import { typeIdentifier } from "../../model/names.ts";
import { isPureReference, referenced } from "../../model/walk.ts";
import type { Schema, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import { formats, numberFormats } from "../../runtime/validation/formats.ts";
import { concat, type Layout } from "../text/layout.ts";
import { patternOf } from "../../model/validate/pattern.ts";
import { remedyFor } from "../../model/validate/regex-cost.ts";
import { numberLiteral, stringLiteral } from "../text/literal.ts";
import { regexLiteral } from "../text/regex.ts";
import { may } from "./checks.ts";
import { discriminatorConstant } from "./discriminator.ts";
import { referenceTo, validatorOf, type Compiler, type Site } from "./compile.ts";
import { evaluatedItems, evaluatedProperties, printCondition } from "./evaluated.ts";
import { call, list, type RuntimeName } from "./file.ts";

/** `minLength` to `multipleOf`, and `format`. */
export function scalarChecks(compiler: Compiler, schema: SchemaObject, types: readonly TypeName[], site: Site): Layout[] {
  const checks: Layout[] = [];
  const string = may(types, "string") && schema.format !== "binary";
  const number = may(types, "number") || may(types, "integer");
  if (string) {
    if (schema.minLength !== undefined && schema.minLength > 0) checks.push(limit(compiler, "minLength", schema.minLength));
    if (schema.maxLength !== undefined) checks.push(limit(compiler, "maxLength", schema.maxLength));
    const expression =
      schema.pattern === undefined ? undefined : patternConstant(compiler, schema.pattern, site, schema.maxLength);
    if (expression !== undefined) checks.push(check(compiler, "pattern", expression));
  }
  if (number) {
    for (const keyword of ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] as const) {
      const bound = schema[keyword];
      if (bound !== undefined) checks.push(limit(compiler, keyword, bound));
    }
  }
  const format = compiler.formats ? schema.format : undefined;
  if (format !== undefined && string && Object.hasOwn(formats, format))
    checks.push(check(compiler, "format", stringLiteral(format)));
  if (format !== undefined && number && Object.hasOwn(numberFormats, format))
    checks.push(check(compiler, "numberFormat", stringLiteral(format)));
  return checks;
}

/** What bears on arrays. */
export function arrayChecks(compiler: Compiler, schema: SchemaObject, site: Site): Layout[] {
  const checks: Layout[] = [];
  if (schema.minItems !== undefined && schema.minItems > 0) checks.push(limit(compiler, "minItems", schema.minItems));
  if (schema.maxItems !== undefined) checks.push(limit(compiler, "maxItems", schema.maxItems));
  if (schema.uniqueItems === true) checks.push(check(compiler, "uniqueItems"));
  const prefix = schema.prefixItems ?? [];
  for (const [index, member] of prefix.entries()) {
    const validator = memberOf(compiler, member, site, `Item${index + 1}`);
    if (validator !== undefined) checks.push(check(compiler, "item", String(index), validator));
  }
  const items =
    schema.items === undefined ? undefined : memberOf(compiler, schema.items, site, prefix.length > 0 ? "Rest" : "Item");
  if (items !== undefined) checks.push(check(compiler, "items", String(prefix.length), items));
  if (schema.contains !== undefined) {
    const validator = memberOf(compiler, schema.contains, site, "Contained") ?? compiler.file.use("always");
    const most = schema.maxContains === undefined ? "Infinity" : numberLiteral(schema.maxContains);
    checks.push(check(compiler, "contains", validator, numberLiteral(schema.minContains ?? 1), most));
  }
  return checks;
}

/** The schemas for the same value, and what they have left. */
export function inPlaceChecks(compiler: Compiler, schema: SchemaObject, site: Site): Layout[] {
  const checks: Layout[] = [];
  const inPlace = (inner: Schema, suffix: string): string | undefined =>
    validatorOf(compiler, inner, { ...site, name: `${site.name}${suffix}` });
  const also = (validator: string | undefined, by: readonly string[] = []): void => {
    if (validator !== undefined) checks.push(call(compiler.file.use("also"), ["value", validator, "problems", "path", ...by]));
  };
  const target = referenced(compiler.model, schema);
  if (target !== undefined) also(referenceTo(compiler, target, site));
  for (const [index, member] of (schema.allOf ?? []).entries())
    also(inPlace(member, `Part${index + 1}`), isNamed(compiler, member) ? [] : [`"allOf/${index}"`]);
  for (const keyword of ["anyOf", "oneOf"] as const) checks.push(...unionChecks(compiler, schema, keyword, site));
  if (schema.not !== undefined)
    checks.push(check(compiler, "not", inPlace(schema.not, "Excluded") ?? compiler.file.use("always")));
  if (schema.if !== undefined) {
    const consequence = schema.then === undefined ? undefined : inPlace(schema.then, "Then");
    const alternative = schema.else === undefined ? undefined : inPlace(schema.else, "Else");
    if (consequence !== undefined || alternative !== undefined) {
      const always = compiler.file.use("always");
      checks.push(
        check(compiler, "conditional", inPlace(schema.if, "If") ?? always, consequence ?? always, alternative ?? always),
      );
    }
  }
  for (const [name, inner] of Object.entries(schema.dependentSchemas ?? {})) {
    const validator = inPlace(inner, `With${typeIdentifier(name)}`);
    if (validator !== undefined) checks.push(check(compiler, "dependentSchemas", stringLiteral(name), validator));
  }
  return [...checks, ...unevaluatedChecks(compiler, schema, site)];
}

/** Whether a schema is another by its name, and so has a place of its own. */
function isNamed({ model }: Compiler, schema: Schema): boolean {
  return typeof schema === "object" && isPureReference(schema) && referenced(model, schema) !== undefined;
}

function unionChecks(compiler: Compiler, schema: SchemaObject, keyword: "anyOf" | "oneOf", site: Site): Layout[] {
  const members = schema[keyword];
  if (members === undefined) return [];
  const { file } = compiler;
  const validators = members.map((member, index) =>
    validatorOf(compiler, member, { ...site, name: `${site.name}Option${index + 1}` }),
  );
  if (keyword === "anyOf" && validators.includes(undefined)) return [];
  const names = validators.map((validator) => validator ?? file.use("always"));
  const constant = file.constant(`options${site.name}`, `readonly ${file.useType("Validator")}[]`, list(names));
  const discriminator = discriminatorConstant(compiler, schema, members, names, site);
  return [check(compiler, keyword, constant, ...(discriminator === undefined ? [] : [discriminator]))];
}

function unevaluatedChecks(compiler: Compiler, schema: SchemaObject, site: Site): Layout[] {
  const checks: Layout[] = [];
  const { unevaluatedItems, unevaluatedProperties, ...rest } = schema;
  const items = unevaluatedItems === undefined ? undefined : memberOf(compiler, unevaluatedItems, site, "Unevaluated");
  const itemEvaluated = items === undefined ? true : evaluatedItems(compiler, rest, site);
  if (items !== undefined && itemEvaluated !== true) {
    const text = printCondition(itemEvaluated);
    checks.push(
      check(
        compiler,
        "unevaluatedItems",
        predicate(compiler, `isEvaluatedIn${site.name}`, ["value: readonly unknown[]", "index: number"], text),
        items,
      ),
    );
  }
  const validator =
    unevaluatedProperties === false
      ? "false"
      : unevaluatedProperties === undefined
        ? undefined
        : memberOf(compiler, unevaluatedProperties, site, "Unevaluated");
  const evaluated = validator === undefined ? true : evaluatedProperties(compiler, rest, site);
  if (validator !== undefined && evaluated !== true) {
    const parameters = ["key: string", "value: { readonly [key: string]: unknown }"];
    checks.push(
      check(
        compiler,
        "unevaluatedProperties",
        predicate(compiler, `isEvaluatedIn${site.name}`, parameters, printCondition(evaluated)),
        validator,
      ),
    );
  }
  return checks;
}

// A parameter that the condition does not read is marked, for compilers that look for unused ones.
function predicate(
  compiler: Compiler,
  wish: string,
  parameters: readonly string[],
  body: { readonly layout: Layout; readonly reads: ReadonlySet<string> },
): string {
  const marked = parameters.map((parameter) =>
    body.reads.has(parameter.slice(0, parameter.indexOf(":"))) ? parameter : `_${parameter}`,
  );
  return compiler.file.function(wish, marked, body.layout);
}

/** The validator of a schema for a member of the value: nothing from around it bears on it. */
export function memberOf(compiler: Compiler, schema: Schema, site: Site, suffix: string): string | undefined {
  return validatorOf(compiler, schema, {
    name: `${site.name}${suffix}`,
    direction: site.direction,
    absent: new Set(),
    within: new Set(),
  });
}

/** The constant of a pattern; `undefined` when it is no regular expression, and so asserts nothing. */
export function patternConstant(compiler: Compiler, pattern: string, site: Site, longest?: number): string | undefined {
  const { file } = compiler;
  const expression = regexLiteral(pattern);
  const regex = patternOf(pattern);
  if (expression === undefined || regex === undefined) {
    compiler.brokenPattern(pattern);
    return undefined;
  }
  const remedy = remedyFor(regex);
  const name = `pattern${site.name}`;
  // Each of the two has no side effects, so that bundlers leave out what nothing uses.
  const matcher = (made: Layout): string => file.constant(name, file.useType("Matcher"), concat("/* @__PURE__ */ ", made));
  if (remedy === "linearly") return matcher(call(file.use("linear"), [expression]));
  if (remedy === "guarded" && longest !== undefined) return matcher(call(file.use("upTo"), [expression, numberLiteral(longest)]));
  return file.constant(name, "RegExp", expression);
}

/** The call of a check with a bound. */
export function limit(compiler: Compiler, keyword: RuntimeName, bound: number): Layout {
  return check(compiler, keyword, numberLiteral(bound));
}

/** The call of a check. */
export function check(compiler: Compiler, name: RuntimeName, ...args: readonly string[]): Layout {
  const union = name === "anyOf" || name === "oneOf";
  const [first = "", ...others] = args;
  return call(
    compiler.file.use(name),
    union ? ["value", first, "problems", "path", ...others] : ["value", ...args, "problems", "path"],
  );
}
