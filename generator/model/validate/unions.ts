import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import type { Problem } from "../../runtime/validation/validator.ts";
import { referenced } from "../walk.ts";
import { absentHere } from "./object.ts";
import { isObject, merge, newEvaluated, problem, type Evaluated, type Place, type Run } from "./run.ts";

/** `allOf`, `anyOf`, `oneOf`, `not`, `if`: schemas that apply to the same value. */
export function checkUnions(
  run: Run,
  schema: SchemaObject,
  value: unknown,
  outer: Place,
  evaluated: Evaluated | undefined,
): Problem[] {
  const { allOf, anyOf, oneOf, not } = schema;
  if (allOf === undefined && anyOf === undefined && oneOf === undefined && not === undefined && schema.if === undefined)
    return [];
  const place = { ...outer, absent: absentHere(run, schema, outer) };
  const problems = (allOf ?? []).flatMap((member) => run.check(member, value, place, evaluated));
  if (anyOf !== undefined) problems.push(...checkAny(run, schema, anyOf, value, place, evaluated));
  if (oneOf !== undefined) problems.push(...checkOne(run, schema, oneOf, value, place, evaluated));
  if (not !== undefined && run.check(not, value, place, undefined).length === 0)
    problems.push(problem(place, "not", "must not match the schema of not"));
  if (schema.if !== undefined) problems.push(...checkCondition(run, schema.if, schema, value, place, evaluated));
  return problems;
}

function checkAny(
  run: Run,
  schema: SchemaObject,
  members: readonly Schema[],
  value: unknown,
  place: Place,
  evaluated: Evaluated | undefined,
): Problem[] {
  const tried = tryMembers(run, members, value, place, evaluated);
  if (tried.some((one) => one.length === 0)) return [];
  return closest(run, schema, "anyOf", members, tried, value, place);
}

/** Where several members match, the discriminator's word counts; docs/decisions/0007-discriminators.md says why. */
function checkOne(
  run: Run,
  schema: SchemaObject,
  members: readonly Schema[],
  value: unknown,
  place: Place,
  evaluated: Evaluated | undefined,
): Problem[] {
  const tried = tryMembers(run, members, value, place, evaluated);
  const matching = tried.flatMap((one, index) => (one.length === 0 ? [index] : []));
  if (matching.length === 1) return [];
  const picked = matching.length > 1 ? pickedMember(run, schema, members, value) : undefined;
  if (picked !== undefined && matching.includes(picked)) {
    run.onRescue?.(schema);
    return [];
  }
  if (matching.length > 1)
    return [problem(place, "oneOf", `must match exactly one member, but matches ${matching.join(" and ")}`)];
  return closest(run, schema, "oneOf", members, tried, value, place);
}

/** The problems by each member; what the matching ones speak of is marked. */
function tryMembers(
  run: Run,
  members: readonly Schema[],
  value: unknown,
  place: Place,
  evaluated: Evaluated | undefined,
): Problem[][] {
  return members.map((member) => {
    const own = evaluated === undefined ? undefined : newEvaluated();
    const problems = run.check(member, value, place, own);
    if (problems.length === 0 && evaluated !== undefined && own !== undefined) merge(evaluated, own);
    return problems;
  });
}

/** Of a union that failed, the problems worth telling: of the member that the discriminator picks, or that comes closest. */
function closest(
  run: Run,
  schema: SchemaObject,
  keyword: "anyOf" | "oneOf",
  members: readonly Schema[],
  tried: readonly Problem[][],
  value: unknown,
  place: Place,
): Problem[] {
  const picked = pickedMember(run, schema, members, value);
  const [best, second] = tried
    .map((problems, index) => ({ problems, distance: distance(problems, place) + index / 1000 }))
    .toSorted((a, b) => a.distance - b.distance);
  const chosen = picked === undefined ? undefined : tried[picked];
  if (chosen !== undefined) return chosen;
  if (best === undefined) return [problem(place, keyword, "must match a member, but there is none")];
  // When every member already fails at the value itself, no member is closer than the others.
  if (second !== undefined && best.distance >= 1000) return [problem(place, keyword, summary(tried))];
  return best.problems;
}

/** Wrong type or constant at the value itself is far away; a deeper or a rarer problem is nearer. */
function distance(problems: readonly Problem[], place: Place): number {
  const far = problems.some(
    (one) => one.pointer === place.pointer && (one.keyword === "type" || one.keyword === "const" || one.keyword === "enum"),
  );
  const tagged = problems.some((one) => one.keyword === "const" || one.keyword === "enum");
  return (far ? 1000 : 0) + (tagged ? 100 : 0) + Math.min(problems.length, 90);
}

function summary(tried: readonly Problem[][]): string {
  const messages = [
    ...new Set(tried.flatMap((problems) => problems.slice(0, 1).map((one) => one.message.replace(/^must be /, "")))),
  ];
  return messages.length <= 4 ? `must be ${messages.join(" or ")}` : "must match one of the members";
}

/** The member that the discriminator's value names: by its mapping, else by the schema's key. */
function pickedMember(run: Run, schema: SchemaObject, members: readonly Schema[], value: unknown): number | undefined {
  const { discriminator } = schema;
  if (discriminator === undefined || !isObject(value)) return undefined;
  const tag = value[discriminator.propertyName];
  const { mapping = {}, defaultMapping } = discriminator;
  const mapped = typeof tag === "string" && Object.hasOwn(mapping, tag) ? mapping[tag] : undefined;
  const targets = members.map((member) => referenced(run.model, member));
  const index = targets.findIndex((target) =>
    mapped === undefined ? target !== undefined && target.key === tag : target?.reference === mapped,
  );
  const picked =
    index === -1 ? targets.findIndex((target) => target !== undefined && target.reference === defaultMapping) : index;
  return picked === -1 ? undefined : picked;
}

function checkCondition(
  run: Run,
  condition: Schema,
  schema: SchemaObject,
  value: unknown,
  place: Place,
  evaluated: Evaluated | undefined,
): Problem[] {
  const own = evaluated === undefined ? undefined : newEvaluated();
  const holds = run.check(condition, value, place, own).length === 0;
  if (holds && evaluated !== undefined && own !== undefined) merge(evaluated, own);
  const consequence = holds ? schema.then : schema.else;
  return consequence === undefined ? [] : run.check(consequence, value, place, evaluated);
}
