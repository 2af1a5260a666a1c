import { validate } from "../../model/validate.ts";
import { isPureReference, referenced } from "../../model/walk.ts";
import type { Json, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import { concat, type Layout } from "../text/layout.ts";
import { literal, literalLayout, stringLiteral } from "../text/literal.ts";
import { absentHere, referenceTo, type Compiler, type Site } from "./compile.ts";
import { call } from "./file.ts";
import { arrayChecks, inPlaceChecks, scalarChecks } from "./keywords.ts";
import { objectChecks } from "./objects.ts";

/** The checks of a schema, in the order in which they run. */
export interface Checks {
  /** What must hold for the others to make sense: the value is refused at once. */
  readonly guards: readonly Guard[];
  /** Calls that return whether to go on. */
  readonly checks: readonly Layout[];
  /** Set when the schema is nothing but another one: the call of it. */
  readonly only?: Layout;
  /** The refusal of what is no object, where the checks read `members`. */
  readonly membersOrElse?: Guard["problem"] | undefined;
}

export interface Guard {
  /** Expressions that all hold when the value is wrong. */
  readonly wrong: readonly Layout[];
  /** Expressions of which one holds when it is right. */
  readonly right: readonly Layout[];
  /** The keyword and the message, as literals. */
  readonly problem: readonly [string, string];
}

/** The checks of a schema; `undefined` when every value is right. */
export function checksOf(compiler: Compiler, schema: SchemaObject, outer: Site): Checks | undefined {
  const site: Site = { ...outer, within: new Set(outer.within).add(schema) };
  const target = referenced(compiler.model, schema);
  if (target !== undefined && isPureReference(schema)) {
    const other = referenceTo(compiler, target, site);
    return other === undefined ? undefined : { guards: [], checks: [], only: call(other, ["value", "problems", "path"]) };
  }
  const values = allowedValues(schema);
  const guard =
    values === undefined
      ? typeGuard(compiler, schema)
      : valueGuard(compiler, values, site, schema.const === undefined ? "enum" : "const");
  if (values?.length === 0)
    return { guards: [], checks: [], only: call(compiler.file.use("never"), ["value", "problems", "path"]) };
  const types = values === undefined ? typesOf(schema) : [...new Set(values.map(typeOfValue))];
  const here = { ...site, absent: absentHere(compiler, schema, site) };
  const onlyObjects = values === undefined && types.length === 1 && types[0] === "object";
  const object = may(types, "object") ? objectChecks(compiler, schema, here, onlyObjects) : undefined;
  const checks = [
    ...scalarChecks(compiler, schema, types, here),
    ...(may(types, "array") ? arrayChecks(compiler, schema, here) : []),
    ...(object?.checks ?? []),
    ...inPlaceChecks(compiler, schema, here),
  ];
  if (object?.readsMembers === true) return { guards: [], checks, membersOrElse: guard?.problem };
  const guards = guard === undefined ? [] : [guard];
  return guards.length + checks.length === 0 ? undefined : { guards, checks };
}

/** Whether a value may be of a type; no types are all types. */
export function may(types: readonly TypeName[], type: TypeName): boolean {
  return types.length === 0 || types.includes(type);
}

function typesOf(schema: SchemaObject): readonly TypeName[] {
  return schema.type === undefined ? [] : [schema.type].flat();
}

/** The values that `const`, `enum` and `type` leave; `undefined` when neither of the first two is there. */
function allowedValues(schema: SchemaObject): readonly Json[] | undefined {
  const { const: constant, enum: values, type } = schema;
  const wanted = constant !== undefined ? [constant] : values;
  if (wanted === undefined) return undefined;
  const rest: SchemaObject = { ...(values === undefined ? {} : { enum: values }), ...(type === undefined ? {} : { type }) };
  return wanted.filter((value) => validate({ schemaByReference: new Map() }, rest, value).length === 0);
}

function valueGuard(compiler: Compiler, values: readonly Json[], site: Site, keyword: "const" | "enum"): Guard {
  const scalar = values.every((value) => typeof value !== "object" || value === null);
  const problem = [
    stringLiteral(keyword),
    stringLiteral(`must be ${values.length > 1 ? "one of " : ""}${listed(values)}`),
  ] as const;
  if (scalar && values.length <= 3) {
    return {
      wrong: values.map((value) => `value !== ${literal(value)}`),
      right: values.map((value) => `value === ${literal(value)}`),
      problem,
    };
  }
  const name = `values${site.name}`;
  if (scalar) {
    const set = compiler.file.constant(name, "ReadonlySet<unknown>", concat("new Set(", literalLayout(values), ")"));
    return { wrong: [`!${set}.has(value)`], right: [`${set}.has(value)`], problem };
  }
  const list = compiler.file.constant(name, "readonly unknown[]", literalLayout(values));
  const among = call(compiler.file.use("isAmong"), ["value", list]);
  return { wrong: [concat("!", among)], right: [among], problem };
}

function listed(values: readonly Json[]): string {
  const few = values.length <= 12 ? values : values.slice(0, 10);
  const texts = few.map((value) => cut(JSON.stringify(value)));
  return texts.join(", ") + (few.length < values.length ? `, … (${values.length} in all)` : "");
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function typeGuard(compiler: Compiler, schema: SchemaObject): Guard | undefined {
  const bytes = schema.format === "binary" && may(typesOf(schema), "string");
  const types = bytes && schema.type === undefined ? ["string" as const] : typesOf(schema);
  if (types.length === 0) return undefined;
  const narrow = types.includes("number") ? types.filter((type) => type !== "integer") : types;
  const tests = narrow.map((type) => typeTest(compiler, type, bytes));
  const message = `must be ${narrow.map((type) => (bytes && type === "string" ? "a Blob" : type)).join(" or ")}`;
  return {
    wrong: tests.map(([, wrong]) => wrong),
    right: tests.map(([right]) => right),
    problem: [stringLiteral("type"), stringLiteral(message)],
  };
}

function typeTest(compiler: Compiler, type: TypeName, bytes: boolean): readonly [right: string, wrong: string] {
  switch (type) {
    case "null":
      return ["value === null", "value !== null"];
    case "integer":
      return ["Number.isInteger(value)", "!Number.isInteger(value)"];
    case "number":
      return ["Number.isFinite(value)", "!Number.isFinite(value)"];
    case "array":
      return ["Array.isArray(value)", "!Array.isArray(value)"];
    case "object":
      return [`${compiler.file.use("isObject")}(value)`, `!${compiler.file.use("isObject")}(value)`];
    case "string":
      if (bytes) return ["value instanceof Blob", "!(value instanceof Blob)"];
      return ['typeof value === "string"', 'typeof value !== "string"'];
    case "boolean":
      return ['typeof value === "boolean"', 'typeof value !== "boolean"'];
  }
}

function typeOfValue(value: Json): TypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "object" || type === "string" || type === "boolean" ? type : "number";
}
