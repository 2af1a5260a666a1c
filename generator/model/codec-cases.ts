/**
 * What tells the members of a union from one another, so that each value gets the codec of its own member: the types, constants and
 * required properties that they differ in, and their discriminator. Formats are told by their codecs, which refuse what they cannot read.
 */
import type { Json, Schema, SchemaObject, TypeName } from "../openapi/shapes.ts";
import type { CaseTest } from "../runtime/formats/case-test.ts";
import type { ApiModel } from "./api-model.ts";
import { choiceOf } from "./formats.ts";
import { isRequired } from "./required.ts";
import { referenced } from "./walk.ts";

type Model = Pick<ApiModel, "schemaByReference" | "formats">;

/** A test for each member. */
export function caseTests(model: Model, union: SchemaObject, members: readonly Schema[]): readonly CaseTest[] {
  const whole = members.map((member) => testOf(model, member, 2, new Set()));
  return whole.map((test, index) => {
    const others = whole.filter((_, other) => other !== index);
    return joined([differing(test, others), tagOf(model, union, members[index])]);
  });
}

/** All that a schema says, down to the properties of its properties. */
function testOf(model: Model, schema: Schema, depth: number, within: ReadonlySet<Schema>): CaseTest {
  if (typeof schema === "boolean") return schema ? {} : { values: [] };
  if (within.has(schema)) return {};
  const around = new Set(within).add(schema);
  const inner = (one: Schema): CaseTest => testOf(model, one, depth, around);
  const target = referenced(model, schema);
  const all = [...(target === undefined ? [] : [target.schema]), ...(schema.allOf ?? [])].map(inner);
  const any = [schema.anyOf, schema.oneOf].flatMap((members) => (members === undefined ? [] : [{ any: members.map(inner) }]));
  const own = ownTest(model, schema, depth, around);
  return joined([own, ...all, ...any]);
}

function ownTest(model: Model, schema: SchemaObject, depth: number, within: ReadonlySet<Schema>): CaseTest {
  const values: readonly Json[] | undefined = schema.const === undefined ? schema.enum : [schema.const];
  const scalars = values?.every((value) => typeof value !== "object" || value === null) === true ? values : undefined;
  const properties = depth === 0 ? [] : Object.entries(schema.properties ?? {});
  const tests = properties
    .map(([name, property]) => [name, testOf(model, property, depth - 1, within)] as const)
    .filter(([, test]) => Object.keys(test).length > 0);
  const closed = schema.additionalProperties === false && schema.patternProperties === undefined;
  return {
    ...(scalars === undefined
      ? schema.type === undefined
        ? impliedTypes(schema)
        : { types: [schema.type].flat() }
      : { values: scalars }),
    ...(schema.required === undefined || schema.required.length === 0 ? {} : { required: schema.required }),
    ...(tests.length === 0 ? {} : { properties: Object.fromEntries(tests) }),
    ...(closed ? { closed: Object.keys(schema.properties ?? {}) } : {}),
  };
}

// As the types have it: a schema that speaks of properties means an object.
function impliedTypes({ properties, required, items }: SchemaObject): { readonly types?: readonly TypeName[] } {
  if (properties !== undefined || required !== undefined) return { types: ["object"] };
  return items === undefined ? {} : { types: ["array"] };
}

/** Several tests of one value as one, where that is simple. */
function joined(tests: readonly CaseTest[]): CaseTest {
  const [first, ...others] = tests.filter((test) => Object.keys(test).length > 0);
  if (first === undefined || others.length === 0) return first ?? {};
  const keys = tests.flatMap((test) => Object.keys(test));
  const disjoint = keys.filter((key, index) => keys.indexOf(key) !== index);
  if (disjoint.some((key) => key !== "required")) return { all: tests };
  const required = [...new Set(tests.flatMap((test) => test.required ?? []))];
  const whole: CaseTest = Object.assign({}, ...tests);
  return required.length === 0 ? whole : { ...whole, required };
}

/** Of a test, what not all others say too: the rest tells nothing apart. */
function differing(test: CaseTest, others: readonly CaseTest[]): CaseTest {
  const said = (part: keyof CaseTest): boolean => others.every((other) => isSame(other[part], test[part]));
  const { properties, required, ...more } = test;
  const kept = Object.entries(more).filter(([part]) => !said(part as keyof CaseTest)); // `Object.entries` forgets the keys.
  const names = required?.filter((name) => !others.every((other) => isRequired(other, name))) ?? [];
  const told = Object.entries(properties ?? {}).filter(([name, one]) =>
    others.some((other) => {
      const its = other.properties;
      return other.all !== undefined || (its !== undefined && Object.hasOwn(its, name) && !isSame(its[name], one));
    }),
  );
  return {
    ...Object.fromEntries(kept),
    ...(names.length === 0 ? {} : { required: names }),
    ...(told.length === 0 ? {} : { properties: Object.fromEntries(told) }),
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The discriminator's values for a member (https://spec.openapis.org/oas/v3.1.1#discriminator-object). */
function tagOf(model: Model, { discriminator }: SchemaObject, member: Schema | undefined): CaseTest {
  const target = member === undefined ? undefined : referenced(model, member);
  if (discriminator === undefined || target === undefined) return {};
  const mapping = Object.entries(discriminator.mapping ?? {});
  const mapped = mapping.filter(([, reference]) => reference === target.reference).map(([value]) => value);
  const values = mapped.length > 0 ? mapped : [target.key];
  const property = typeof target.schema === "object" ? target.schema.properties?.[discriminator.propertyName] : undefined;
  // What says its own constants needs no tag, and may contradict the mapping.
  if (typeof property === "object" && (property.const !== undefined || property.enum !== undefined || choiceOf(model, property)))
    return {};
  return { properties: { [discriminator.propertyName]: { values } } };
}
