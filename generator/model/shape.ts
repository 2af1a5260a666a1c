import type { Schema, SchemaObject, TypeName } from "../openapi/shapes.ts";
import type { Shape } from "../runtime/operation.ts";
import type { ApiModel } from "./api-model.ts";
import { choiceOf } from "./formats.ts";
import { referenced } from "./walk.ts";

/**
 * What wire text is decoded to for a schema: text has no types, so `7` is a string or a number by the schema alone.
 * A schema that says nothing of its type, or that contains itself, is `any` there.
 */
export function shapeOf(model: Model, schema: Schema): Shape {
  if (typeof schema === "boolean") return "any";
  const known = shapes.get(model.schemaByReference) ?? new WeakMap<SchemaObject, Shape>();
  shapes.set(model.schemaByReference, known);
  const shape = known.get(schema) ?? merge(shapesOf(model, schema, new Set()));
  known.set(schema, shape);
  return shape;
}

// A cache of pure results, for each model.
const shapes = new WeakMap<object, WeakMap<SchemaObject, Shape>>();

type Model = Pick<ApiModel, "schemaByReference"> & Partial<Pick<ApiModel, "formats">>;
/** The shapes a value may have; `undefined` when the schema allows any. */
type Alternatives = readonly Shape[] | undefined;

function shapesOf(model: Model, schema: Schema, within: ReadonlySet<SchemaObject>): Alternatives {
  if (typeof schema === "boolean" || within.has(schema)) return undefined;
  const inside = new Set(within).add(schema);
  let shapes: Alternatives = ownShapes(model, schema, inside);
  const target = referenced(model, schema);
  if (target !== undefined) shapes = both(shapes, shapesOf(model, target.schema, inside));
  for (const member of schema.allOf ?? []) shapes = both(shapes, shapesOf(model, member, inside));
  for (const members of [schema.anyOf, schema.oneOf]) {
    if (members !== undefined) shapes = both(shapes, either(members.map((member) => shapesOf(model, member, inside))));
  }
  return shapes;
}

/** By `type`, else by the values of `const` and `enum`, else by the keywords that only one type knows. */
function ownShapes(model: Model, schema: SchemaObject, inside: ReadonlySet<SchemaObject>): Alternatives {
  // Bytes are never text.
  if (schema.format === "binary") return undefined;
  const types = schema.type === undefined ? impliedTypes(schema) : [schema.type].flat();
  return types?.map((type) => shapeOfType(model, type, schema, inside));
}

function shapeOfType(model: Model, type: TypeName, schema: SchemaObject, inside: ReadonlySet<SchemaObject>): Shape {
  switch (type) {
    case "array": {
      const array = merge(shapesOf(model, schema.items ?? true, inside));
      const prefix = schema.prefixItems?.map((item) => merge(shapesOf(model, item, inside)));
      return prefix === undefined ? { array } : { array, prefix };
    }
    case "object": {
      const entries = Object.entries(schema.properties ?? {}).map(([name, property]): [string, Shape] => [
        name,
        merge(shapesOf(model, property, inside)),
      ]);
      const rest = schema.additionalProperties ?? schema.unevaluatedProperties ?? true;
      return { object: Object.fromEntries(entries), ...(rest === false ? {} : { rest: merge(shapesOf(model, rest, inside)) }) };
    }
    case "integer":
      return choiceOf(model, schema)?.type === "bigint" ? "int64" : "integer";
    default:
      return type;
  }
}

function impliedTypes(schema: SchemaObject): readonly TypeName[] | undefined {
  const values = schema.const !== undefined ? [schema.const] : schema.enum;
  if (values !== undefined) return [...new Set(values.map(typeOfValue))];
  for (const [type, keywords] of telling) if (keywords.some((keyword) => schema[keyword] !== undefined)) return [type];
  return undefined;
}

function typeOfValue(value: unknown): TypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "object" ? "object" : typeof value === "boolean" ? "boolean" : "string";
}

const telling: readonly (readonly [TypeName, readonly string[]])[] = [
  ["object", ["properties", "additionalProperties", "patternProperties", "required", "propertyNames"]],
  ["array", ["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"]],
  ["string", ["pattern", "minLength", "maxLength"]],
  ["number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
];

function either(lists: readonly Alternatives[]): Alternatives {
  const all: Shape[] = [];
  for (const list of lists) {
    if (list === undefined) return undefined;
    all.push(...list);
  }
  return all;
}

/** What two schemas for the same value both allow. */
function both(left: Alternatives, right: Alternatives): Alternatives {
  if (left === undefined) return right;
  if (right === undefined) return left;
  const common = left.flatMap((one) => right.flatMap((other) => meet(one, other)));
  return common.length > 0 ? common : left;
}

function meet(left: Shape, right: Shape): Shape[] {
  if (left === "any") return [right];
  if (right === "any") return [left];
  if (typeof left === "string" || typeof right === "string") {
    if (left === right) return [left];
    for (const [one, other] of [
      [left, right],
      [right, left],
    ])
      if (one === "int64" && (other === "integer" || other === "number")) return ["int64"];
    return (left === "integer" && right === "number") || (left === "number" && right === "integer") ? ["integer"] : [];
  }
  if ("array" in left && "array" in right) return [meetArrays(left, right)];
  if ("object" in left && "object" in right) return [meetObjects(left, right)];
  if ("union" in left) return left.union.flatMap((one) => meet(one, right));
  return "union" in right ? right.union.flatMap((one) => meet(left, one)) : [];
}

function meetArrays(left: Extract<Shape, { array: Shape }>, right: Extract<Shape, { array: Shape }>): Shape {
  const length = Math.max(left.prefix?.length ?? 0, right.prefix?.length ?? 0);
  const array = narrower(left.array, right.array);
  if (length === 0) return { array };
  const at = (shape: typeof left, index: number): Shape => shape.prefix?.[index] ?? shape.array;
  return { array, prefix: Array.from({ length }, (_, index) => narrower(at(left, index), at(right, index))) };
}

function meetObjects(left: Extract<Shape, { object: object }>, right: Extract<Shape, { object: object }>): Shape {
  const names = new Set([...Object.keys(left.object), ...Object.keys(right.object)]);
  const at = (shape: typeof left, name: string): Shape =>
    (Object.hasOwn(shape.object, name) ? shape.object[name] : shape.rest) ?? "any";
  const object = Object.fromEntries([...names].map((name) => [name, narrower(at(left, name), at(right, name))]));
  // A `rest` that only one of them forbids is kept: the other may have declared more than the first knows.
  const rest = left.rest === undefined ? right.rest : right.rest === undefined ? left.rest : narrower(left.rest, right.rest);
  return { object, ...(rest === undefined ? {} : { rest }) };
}

function narrower(left: Shape, right: Shape): Shape {
  const [first = left, ...others] = meet(left, right);
  return others.length === 0 ? first : merge([first, ...others]);
}

/**
 * One shape for all: duplicates gone, in the order in which text is tried, `integer` within `number`. Objects become one, and
 * so do arrays, since text does not tell which of them is meant.
 */
function merge(alternatives: Alternatives): Shape {
  if (alternatives === undefined || alternatives.length === 0) return "any";
  const flat = alternatives.flatMap((shape) => (typeof shape === "object" && "union" in shape ? shape.union : [shape]));
  if (flat.includes("any")) return "any";
  const names = order.filter((name) => flat.includes(name) && !(name === "integer" && flat.includes("number")));
  const arrays = flat.filter((shape) => typeof shape === "object" && "array" in shape);
  const objects = flat.filter((shape) => typeof shape === "object" && "object" in shape);
  const shapes = [...names, ...joinArrays(arrays), ...joinObjects(objects)];
  const [only, ...others] = shapes;
  return only !== undefined && others.length === 0 ? only : { union: shapes };
}

const order = ["null", "boolean", "int64", "integer", "number", "string"] as const;

function joinArrays(arrays: readonly Extract<Shape, { array: Shape }>[]): Shape[] {
  if (arrays.length < 2) return [...arrays];
  return [{ array: merge(arrays.flatMap((shape) => [...(shape.prefix ?? []), shape.array])) }];
}

function joinObjects(objects: readonly Extract<Shape, { object: object }>[]): Shape[] {
  if (objects.length < 2) return [...objects];
  const names = [...new Set(objects.flatMap((shape) => Object.keys(shape.object)))];
  const declared = (name: string): Shape[] =>
    objects.flatMap((shape) => (Object.hasOwn(shape.object, name) ? (shape.object[name] ?? []) : []));
  const rests = objects.flatMap((shape) => shape.rest ?? []);
  const object = Object.fromEntries(names.map((name) => [name, merge(declared(name))]));
  return [{ object, ...(rests.length === 0 ? {} : { rest: merge(rests) }) }];
}
