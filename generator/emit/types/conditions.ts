import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { intersection } from "./intersection.ts";
import { refusedType } from "./negation.ts";
import { besideType, type Scope } from "./schema.ts";
import { neverType, union, unknownType, type Type } from "./type.ts";

/** Each condition may double what the compiler looks at. */
const most = 6;

/** What `not`, `if`, `dependentRequired` and `dependentSchemas` say of the same value, each as far as TypeScript can say it. */
export function conditionTypes(schema: SchemaObject, scope: Scope): readonly Type[] {
  const { not, dependentRequired = {}, dependentSchemas = {} } = schema;
  return [
    ...(not === undefined ? [] : [toldRefusal(not, scope)]),
    ...(schema.if === undefined ? [] : [conditional(schema.if, schema.then, schema.else, scope)]),
    ...Object.entries(dependentRequired).map(([name, required]) => conditional({ required: [name] }, { required }, true, scope)),
    ...Object.entries(dependentSchemas).map(([name, then]) => conditional({ required: [name] }, then, true, scope)),
  ]
    .filter((type) => type !== unknownType)
    .slice(0, most);
}

/** What holds, and what is then asked for; or what does not hold, and what is asked for otherwise. */
function conditional(condition: Schema, then: Schema = true, otherwise: Schema = true, outer: Scope): Type {
  // No codec follows a condition: formats that stand in it have their default types.
  const scope: Scope = { ...outer, model: { ...outer.model, formats: {} } };
  const refused = toldRefusal(condition, scope);
  if (refused === unknownType && scope.exact !== true) return unknownType;
  return union([
    intersection([besideType(condition, scope), besideType(then, scope)]),
    intersection([refused, besideType(otherwise, scope)]),
  ]);
}

/** What a schema refuses; `unknown` where that says so little that it would only be in the way of people who read an API's types. */
function toldRefusal(schema: Schema, scope: Scope): Type {
  const refused = refusedType(schema, scope);
  return scope.exact === true || isTelling(refused) ? refused : unknownType;
}

function isTelling(type: Type): boolean {
  if (type.kind === "union") return type.types.every(isTelling);
  return type === neverType || (type.kind === "object" && type.members.some((member) => member.type !== unknownType));
}
