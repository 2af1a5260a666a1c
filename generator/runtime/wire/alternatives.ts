import type { Shape } from "../operation.js";

/** What text can become by a shape, with its unions laid out flat. */
export interface Alternatives {
  /** In the order in which they are tried. */
  readonly scalars: readonly Scalar[];
  readonly array?: ArrayShape;
  readonly object?: ObjectShape;
}

export type Scalar = (typeof order)[number];

/** The shape of a list. */
export interface ArrayShape {
  readonly array: Shape;
  readonly prefix?: readonly Shape[];
}

/** The shape of an object. */
export interface ObjectShape {
  readonly object: { readonly [property: string]: Shape };
  readonly rest?: Shape;
}

const order = ["null", "boolean", "int64", "integer", "number", "string", "any"] as const;

/** Lays out a shape. Several arrays or objects of a union become one whose members are unions. */
export function alternativesOf(shape: Shape): Alternatives {
  const known = typeof shape === "string" ? byName.get(shape) : byShape.get(shape);
  if (known !== undefined) return known;
  const found = laidOut(shape);
  if (typeof shape === "string") byName.set(shape, found);
  else byShape.set(shape, found);
  return found;
}

const byName = new Map<string, Alternatives>();
const byShape = new WeakMap<object, Alternatives>();

function laidOut(shape: Shape): Alternatives {
  const scalars = new Set<Shape>();
  const arrays: ArrayShape[] = [];
  const objects: ObjectShape[] = [];
  const sort = (member: Shape): void => {
    if (typeof member === "string") scalars.add(member);
    else if ("union" in member) member.union.forEach(sort);
    else if ("array" in member) arrays.push(member);
    else objects.push(member);
  };
  sort(shape);
  const array: ArrayShape | undefined =
    arrays.length < 2
      ? arrays[0]
      : { array: { union: arrays.flatMap((each) => [each.array, ...(each.prefix ?? [])]) } };
  const object = objects.length < 2 ? objects[0] : mergeObjects(objects);
  return {
    scalars: order.filter((scalar) => scalars.has(scalar)),
    ...(array === undefined ? {} : { array }),
    ...(object === undefined ? {} : { object }),
  };
}

/** The shape of the item at an index. */
export function itemShape(shape: ArrayShape, index: number): Shape {
  return shape.prefix?.[index] ?? shape.array;
}

/** The shape of a property; `undefined` when the object does not know it. */
export function propertyShape(shape: ObjectShape, name: string): Shape | undefined {
  return Object.hasOwn(shape.object, name) ? shape.object[name] : shape.rest;
}

function mergeObjects(objects: readonly ObjectShape[]): ObjectShape {
  const names = new Set<string>();
  const rests: Shape[] = [];
  for (const each of objects) {
    for (const name of Object.keys(each.object)) names.add(name);
    if (each.rest !== undefined) rests.push(each.rest);
  }
  const properties = [...names].map((name): [string, Shape] => {
    const shapes = objects.flatMap((each) => propertyShape(each, name) ?? []);
    return [name, shapes.length === 1 && shapes[0] !== undefined ? shapes[0] : { union: shapes }];
  });
  const object = Object.fromEntries(properties);
  return rests.length === 0 ? { object } : { object, rest: { union: rests } };
}
