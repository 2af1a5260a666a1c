import type { DiscriminatorObject, Json, Schema, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import type { ApiModel } from "../api-model.ts";
import { validate } from "../validate.ts";
import { positionIn } from "../validate/equal.ts";
import { isOfType } from "../validate/scalar.ts";
import { inPlace } from "../direction.ts";
import { referenced } from "../walk.ts";
import type { Heights } from "./heights.ts";
import { breaksOuter, declaredIn, foreignNegations, negations, negationsUnder } from "./negations.ts";

/** More steps are not taken to the ways to meet a schema: of unions in unions, most may lead nowhere. */
const mostSteps = 5000;

/** A preference, and how many steps are left. */
interface Search extends Preference {
  readonly steps: { left: number };
}

type Schemas = Pick<ApiModel, "schemaByReference">;

/** A place where one of several schemas has to be taken: `anyOf`, `oneOf`, or the two ways of an `if`. */
interface Choice {
  readonly members: readonly (readonly Schema[])[];
  readonly discriminator?: DiscriminatorObject | undefined;
  /** Of `oneOf`: of all members but the one that is taken, none may match. */
  readonly exclusive?: boolean;
  /** The members stand in the order in which they are to be tried. */
  readonly ranked?: boolean;
}

/** How the members of choices are ordered: by the number of the sample; `small` puts what needs the least nesting first. */
export interface Preference {
  readonly index: number;
  readonly heights: Heights;
  readonly small: boolean;
  readonly hints: readonly Json[];
}

/**
 * The ways to meet a schema: each a list of schemas that all apply to the value, with `$ref` and `allOf` followed and one member
 * of every union taken. Lists that no value can meet, by their types and constants, are left out.
 */
export function* waysToMeet(model: Schemas, schema: Schema, preference: Preference): Generator<readonly SchemaObject[]> {
  if (typeof schema === "object" && isPlain(schema)) {
    const parts = [schema];
    if (typesOf(parts).length > 0 && constantsOf(parts)?.length !== 0) yield parts;
  } else yield* extend(model, [], [schema], [], { ...preference, steps: { left: mostSteps } });
}

// Most schemas refer to nothing and leave no choice.
function isPlain({ $ref, allOf, anyOf, oneOf, not, if: condition }: SchemaObject): boolean {
  const isAlone = $ref === undefined && allOf === undefined && not === undefined;
  return isAlone && anyOf === undefined && oneOf === undefined && condition === undefined;
}

/** The types a value may have by all parts, in the order of the first that says; by their keywords when none does. */
export function typesOf(parts: readonly SchemaObject[]): readonly TypeName[] {
  let types: readonly TypeName[] | undefined;
  for (const part of parts) {
    if (part.type === undefined) continue;
    const own = typeof part.type === "string" ? [part.type] : part.type;
    types = types === undefined ? own : types.flatMap((type) => narrowed(type, own));
  }
  if (types !== undefined) return types;
  const implied = impliedType(parts);
  return implied === undefined ? anyType : [implied, ...anyType.filter((other) => other !== implied)];
}

/** The type that keywords speak of where none is stated: `properties` of an object. A value of another type meets them all the same. */
export function impliedType(parts: readonly SchemaObject[]): TypeName | undefined {
  return telling.find(([, keywords]) => parts.some((part) => keywords.some((keyword) => part[keyword] !== undefined)))?.[0];
}

/** The type that a schema without a `type` is written as in TypeScript: an object for its properties, an array for its items. */
export function writtenType(schema: SchemaObject): "object" | "array" | undefined {
  if (objectKeywords.some((keyword) => schema[keyword] !== undefined)) return "object";
  return arrayKeywords.some((keyword) => schema[keyword] !== undefined) ? "array" : undefined;
}

/** The values that `enum` and `const` leave; `undefined` when there is neither. */
export function constantsOf(parts: readonly SchemaObject[]): readonly Json[] | undefined {
  let values: readonly Json[] | undefined;
  for (const part of parts) {
    for (const own of [part.enum, part.const === undefined ? undefined : [part.const]]) {
      if (own !== undefined) values = values === undefined ? own : values.filter((value) => positionIn(own, value) !== -1);
    }
  }
  if (values === undefined) return undefined;
  return values.filter((value) =>
    parts.every((part) => part.type === undefined || [part.type].flat().some((type) => isOfType(value, type))),
  );
}

function* extend(
  model: Schemas,
  parts: readonly SchemaObject[],
  added: readonly Schema[],
  pending: readonly Choice[],
  preference: Search,
): Generator<readonly SchemaObject[]> {
  if (--preference.steps.left < 0) return;
  const whole = collect(model, parts, added);
  if (whole === undefined || typesOf(whole).length === 0 || constantsOf(whole)?.length === 0) return;
  const [choice, ...rest] = [...pending, ...whole.slice(parts.length).flatMap((part) => choicesOf(model, part))];
  if (choice === undefined) {
    yield whole;
    return;
  }
  for (const member of ordered(model, choice, preference)) {
    yield* extend(model, whole, [...member, ...tagged(model, choice, member)], rest, preference);
  }
  // To look for one member alone in each value that makes another one wrong would never end.
  if (choice.exclusive === true && !whole.some(breaksOuter)) yield* apart(model, whole, choice, rest, preference);
}

/** The ways to meet one member and none of the others, where that does not come by itself. */
function* apart(
  model: Schemas,
  whole: readonly SchemaObject[],
  choice: Choice,
  rest: readonly Choice[],
  preference: Search,
): Generator<readonly SchemaObject[]> {
  for (const member of ordered(model, choice, preference)) {
    // It has no properties of what it is not: that would go against a tag, and against the types of TypeScript.
    const declared = declaredIn(model, [...whole, ...member]);
    const own = choice.discriminator === undefined && declared.size === 0 ? undefined : declared;
    const others: Choice[] = choice.members
      .filter((other) => other !== member)
      .map((other) => {
        const ways = other.flatMap((schema) => negations(model, schema, own));
        // Where nothing tags the members, a property of another one may be there and be wrong, as long as it compiles.
        const foreign =
          own === undefined || choice.discriminator !== undefined
            ? []
            : other.flatMap((schema) => foreignNegations(model, schema, own));
        return { members: [...ways, ...foreign].map((one) => [one]), ranked: true };
      });
    if (others.some(({ members }) => members.length === 0)) continue;
    yield* extend(model, whole, [...member, ...tagged(model, choice, member)], [...others, ...rest], preference);
  }
}

/** The parts and all that is added, behind references and `allOf`; `undefined` when one of them is `false`. */
function collect(model: Schemas, parts: readonly SchemaObject[], added: readonly Schema[]): SchemaObject[] | undefined {
  const whole = [...parts];
  for (const schema of added) {
    inPlace(model, schema, whole);
    if (schema === false) return undefined;
  }
  const forbids = (schema: Schema): boolean => schema === false;
  if (whole.some((part) => part.allOf?.some(forbids) === true || referenced(model, part)?.schema === false)) return undefined;
  return whole;
}

function choicesOf(model: Schemas, part: SchemaObject): Choice[] {
  const choices: Choice[] = [];
  const { anyOf, oneOf, discriminator } = part;
  if (oneOf !== undefined) choices.push({ members: oneOf.map((member) => [member]), discriminator, exclusive: true });
  if (anyOf !== undefined) choices.push({ members: anyOf.map((member) => [member]), discriminator });
  if (part.if !== undefined) choices.push({ members: [[part.then ?? true, part.if], [part.else ?? true]] });
  // Most values are not what they must not be without any help.
  if (part.not !== undefined)
    choices.push({ members: [true, ...negationsUnder(model, part)].map((member) => [member]), ranked: true });
  return choices;
}

function ordered(model: Schemas, choice: Choice, { index, heights, small, hints }: Preference): readonly (readonly Schema[])[] {
  if (choice.ranked === true) return choice.members;
  const weights = choice.members.map((member, position) => {
    const height = Math.max(...member.map((schema) => heights.of(schema)));
    const follows = hints.length > 0 && member.every((schema) => validate(model, schema, hints[0]).length === 0);
    const isNull = member.some((schema) => typeof schema === "object" && schema.type === "null");
    const place = (position - index + choice.members.length * 1000) % choice.members.length;
    return { member, height, weight: [follows ? 0 : 1, small ? height : Number.isFinite(height) ? 0 : 1, isNull ? 1 : 0, place] };
  });
  return weights.sort((a, b) => compare(a.weight, b.weight)).map(({ member }) => member);
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (const [index, one] of left.entries()) {
    const other = right[index] ?? 0;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** What the discriminator says of a member beyond its schema: the property has the value that names the member. */
function tagged(model: Schemas, { discriminator }: Choice, [member]: readonly Schema[]): Schema[] {
  const target = member === undefined ? undefined : referenced(model, member);
  if (discriminator === undefined || target === undefined) return [];
  const mapped = Object.entries(discriminator.mapping ?? {}).flatMap(([value, reference]) =>
    reference === target.reference ? [value] : [],
  );
  const values = mapped.length > 0 ? mapped : [target.key];
  const accepted = values.filter((value) => takesTag(model, target.schema, discriminator.propertyName, value));
  return accepted.length === 0
    ? []
    : [{ properties: { [discriminator.propertyName]: { enum: accepted } }, required: [discriminator.propertyName] }];
}

/** Whether an object of the schema may have this tag, as far as it and the members of its unions declare it. */
export function takesTag(model: Schemas, schema: Schema, name: string, value: string, depth = 0): boolean {
  if (depth > 4) return true;
  return inPlace(model, schema).every(({ properties, oneOf, anyOf }) => {
    const declared = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (declared !== undefined && validate(model, declared, value).length > 0) return false;
    return [oneOf, anyOf].every((union) => union?.some((member) => takesTag(model, member, name, value, depth + 1)) ?? true);
  });
}

function narrowed(type: TypeName, own: readonly TypeName[]): TypeName[] {
  if (own.includes(type)) return [type];
  if (type === "integer" && own.includes("number")) return ["integer"];
  return type === "number" && own.includes("integer") ? ["integer"] : [];
}

const anyType: readonly TypeName[] = ["string", "object", "array", "number", "boolean", "null"];

/** The keywords that make an object of a schema without a `type`. */
export const objectKeywords = ["properties", "required", "additionalProperties", "patternProperties", "propertyNames"] as const;
/** The keywords that make an array of a schema without a `type`. */
export const arrayKeywords = ["items", "prefixItems"] as const;

const telling: readonly (readonly [TypeName, readonly string[]])[] = [
  ["object", [...objectKeywords, "minProperties", "maxProperties", "dependentRequired", "unevaluatedProperties"]],
  ["array", [...arrayKeywords, "minItems", "maxItems", "uniqueItems", "contains", "unevaluatedItems"]],
  ["string", ["pattern", "minLength", "maxLength", "format", "contentEncoding", "contentMediaType"]],
  ["number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
];
