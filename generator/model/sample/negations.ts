import type { Schema, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import type { ApiModel } from "../api-model.ts";
import { inPlace } from "../direction.ts";
import { referenced } from "../walk.ts";

type Schemas = Pick<ApiModel, "schemaByReference">;

/** More ways than this not to be something are not looked for. */
const enough = 40;
/** A value is not made wrong deeper in it than this: each step multiplies the ways, and of a union that holds itself there is no end. */
const deepest = 2;
/** How deep the `not` stands that was made here, in the value that it makes wrong. */
const depths = new WeakMap<SchemaObject, number>();

/**
 * Schemas whose values do not meet a schema, or are likely not to: one of its keywords broken in each. Where `own` is given, no other
 * properties may be used for that. Proof is left to whoever makes the value.
 */
export function negations(model: Schemas, schema: Schema, own?: ReadonlySet<string>): Schema[] {
  return waysToBreak(model, schema, { own, depth: 0 });
}

/**
 * The same by properties that are not `own`, each with a value of its type in TypeScript: a fraction where an integer is asked for. A value of another type
 * would match as well, and would not compile.
 */
export function foreignNegations(model: Schemas, schema: Schema, own: ReadonlySet<string>): Schema[] {
  return inPlace(model, schema).flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, property]): Schema[] => {
      if (own.has(name)) return [];
      const parts = inPlace(model, property);
      const isInteger = parts.some(({ type }) => type === "integer");
      const isFree = parts.every((part) => part.enum === undefined && part.const === undefined);
      return isInteger && isFree ? [{ type: "object", properties: { [name]: { const: 0.5 } }, required: [name] }] : [];
    }),
  );
}

/** The same of what a schema has under `not`, which may have been made here. */
export function negationsUnder(model: Schemas, part: SchemaObject): Schema[] {
  return part.not === undefined ? [] : waysToBreak(model, part.not, { own: undefined, depth: depths.get(part) ?? 0 });
}

interface Breaking {
  readonly own: ReadonlySet<string> | undefined;
  readonly depth: number;
}

function waysToBreak(model: Schemas, schema: Schema, breaking: Breaking): Schema[] {
  if (typeof schema === "boolean") return schema ? [] : [true];
  const parts = inPlace(model, schema);
  if (parts.some((part) => part.allOf?.includes(false) === true || referenced(model, part)?.schema === false)) return [true];
  return parts.flatMap((part) => brokenIn(part, breaking)).slice(0, enough);
}

/** Whether a part is here to make wrong what stands further out. */
export function breaksOuter(part: SchemaObject): boolean {
  return depths.has(part);
}

/** The properties that schemas declare for the same value. */
export function declaredIn(model: Schemas, schemas: readonly Schema[]): ReadonlySet<string> {
  const parts = schemas.flatMap((schema) => inPlace(model, schema));
  return new Set(parts.flatMap(({ properties = {} }) => Object.keys(properties)));
}

function brokenIn(part: SchemaObject, breaking: Breaking): Schema[] {
  return [...brokenObject(part, breaking), ...brokenArray(part, breaking), ...brokenScalar(part), ...brokenUnion(part, breaking)];
}

/** A schema that another is not met by, a number of steps further in; none where that is too deep. */
function not(schema: Schema, { depth }: Breaking, steps: 0 | 1 = 1): SchemaObject | undefined {
  if (depth + steps > deepest) return undefined;
  const made: SchemaObject = { not: schema };
  depths.set(made, depth + steps);
  return made;
}

function brokenObject(part: SchemaObject, breaking: Breaking): Schema[] {
  const { own } = breaking;
  const ways: Schema[] = [];
  for (const name of part.required ?? []) ways.push({ type: "object", properties: { [name]: false } });
  for (const [name, schema] of Object.entries(part.properties ?? {})) {
    if (schema === true || (own !== undefined && !own.has(name))) continue;
    const broken = not(schema, breaking);
    if (broken !== undefined) ways.push({ type: "object", properties: { [name]: broken }, required: [name] });
  }
  const { minProperties = 0, maxProperties } = part;
  if (minProperties > 0) ways.push({ type: "object", maxProperties: minProperties - 1 });
  if (maxProperties !== undefined) ways.push({ type: "object", minProperties: maxProperties + 1 });
  for (const others of [part.additionalProperties, part.unevaluatedProperties]) {
    if (others === undefined || others === true || own !== undefined) continue;
    // One property more than those that are known.
    const known = Object.keys(part.properties ?? {}).length;
    const broken = not(others, breaking);
    if (broken !== undefined) ways.push({ type: "object", minProperties: known + 1, additionalProperties: broken });
  }
  return ways;
}

function brokenArray({ items, contains, minItems = 0, maxItems }: SchemaObject, breaking: Breaking): Schema[] {
  const ways: Schema[] = [];
  const item = items === undefined || items === true ? undefined : not(items, breaking);
  if (item !== undefined) ways.push({ type: "array", contains: item });
  const none = contains === undefined || contains === false ? undefined : not(contains, breaking);
  if (none !== undefined) ways.push({ type: "array", items: none });
  if (minItems > 0) ways.push({ type: "array", maxItems: minItems - 1 });
  if (maxItems !== undefined) ways.push({ type: "array", minItems: maxItems + 1 });
  return ways;
}

function brokenScalar(part: SchemaObject): Schema[] {
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength = 0, maxLength } = part;
  const ways: Schema[] = [];
  if (minimum !== undefined) ways.push({ type: "number", exclusiveMaximum: minimum });
  if (maximum !== undefined) ways.push({ type: "number", exclusiveMinimum: maximum });
  if (exclusiveMinimum !== undefined) ways.push({ type: "number", maximum: exclusiveMinimum });
  if (exclusiveMaximum !== undefined) ways.push({ type: "number", minimum: exclusiveMaximum });
  if (minLength > 0) ways.push({ type: "string", maxLength: minLength - 1 });
  if (maxLength !== undefined) ways.push({ type: "string", minLength: maxLength + 1 });
  const others = type === undefined ? [] : allTypes.filter((one) => ![type].flat().includes(one));
  if (others.length > 0 && type !== undefined)
    ways.push({ type: [type].flat().includes("number") ? others.filter(isNoNumber) : others });
  return ways;
}

function brokenUnion({ anyOf, oneOf, not: outer, const: constant, enum: values }: SchemaObject, breaking: Breaking): Schema[] {
  const ways: Schema[] = [];
  for (const members of [anyOf, oneOf])
    if (members !== undefined) ways.push({ allOf: members.map((member) => not(member, breaking, 0) ?? true) });
  if (outer !== undefined) ways.push(outer);
  // Other values than these need no help.
  if (constant !== undefined || values !== undefined) ways.push(true);
  return ways;
}

const allTypes: readonly TypeName[] = ["string", "number", "boolean", "object", "array", "null", "integer"];

function isNoNumber(type: TypeName): boolean {
  return type !== "integer";
}
