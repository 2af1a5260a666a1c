import { absentProperties, inPlace, isAbsent } from "../../model/direction.ts";
import type { ApiModel, Direction, NamedSchema } from "../../model/api-model.ts";
import { isPureReference, referenced } from "../../model/walk.ts";
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { concat, print, type Layout } from "../text/layout.ts";
import { Expression, holdsInheritedName, literalLayout, type Literal } from "../text/literal.ts";
import type { Compiler } from "./compile.ts";

type Traits = { readonly [key: string]: Literal };

/**
 * What a server does to the members of a body beyond checking them, as a literal: which are readOnly, and which have a default. Named
 * schemas have a constant of their own, since they may hold themselves. Unions are not looked into for defaults: which member is meant
 * is not known until it is checked. `undefined` when there is nothing to say.
 */
export function membersLayout(compiler: Compiler, schema: Schema, direction: Direction): Layout | undefined {
  const traits = traitsOf(compiler.model, schema, direction, referTo(compiler, direction));
  const waiting = constants.get(compiler.file)?.waiting ?? [];
  // What is written may add to them.
  for (const write of waiting) write();
  waiting.length = 0;
  return traits === undefined ? undefined : layoutOf(traits);
}

function layoutOf(traits: Traits): Layout {
  return concat(literalLayout(traits), holdsInheritedName(traits) ? " as const" : "");
}

/** What stands for a named schema where it is referred to. */
type Refer = (name: string, schema: SchemaObject) => Traits | undefined;

/** The traits of a value; those of a reference and nothing else are for `refer` to tell. */
function traitsOf(model: ApiModel, schema: Schema, direction: Direction, refer: Refer): Traits | undefined {
  if (typeof schema === "boolean" || open.has(schema)) return undefined;
  const target = soleTarget(model, schema);
  if (target !== undefined) return typeof target.schema === "boolean" ? undefined : refer(target.name, target.schema);
  open.add(schema);
  const traits = traitsOfMembers(model, schema, direction, refer);
  open.delete(schema);
  return traits;
}

/** The schemas without a name that are looked into just now: one that extends what it stands in holds itself, and is told of once. */
const open = new Set<SchemaObject>();

/** The named schema that says all there is of members: behind a `$ref`, or behind an `allOf` around it, as 3.0 needs it for a description. */
function soleTarget(model: ApiModel, schema: Schema): NamedSchema | undefined {
  if (typeof schema === "boolean") return undefined;
  if (isPureReference(schema)) return referenced(model, schema);
  const { $ref, allOf = [], properties, required, items, additionalProperties, oneOf, anyOf } = schema;
  const own = [properties, required, items, additionalProperties, oneOf, anyOf];
  if (own.some((keyword) => keyword !== undefined) || ($ref === undefined) !== (allOf.length === 1)) return undefined;
  return $ref === undefined ? soleTarget(model, allOf[0] ?? true) : allOf.length === 0 ? referenced(model, schema) : undefined;
}

/** The named schemas that have a constant, or wait for theirs to be written: a chain of them may be longer than the stack. */
interface Constants {
  readonly names: Map<string, string>;
  readonly waiting: (() => void)[];
}

const constants = new WeakMap<object, Constants>();

function referTo(compiler: Compiler, direction: Direction): Refer {
  const { model, file } = compiler;
  const { names, waiting } = getOrMake(constants, file, () => ({ names: new Map<string, string>(), waiting: [] }));
  const refer: Refer = (wish, schema) => {
    if (!hasTraits(model, wish, schema, direction)) return undefined;
    const key = `${direction} ${wish}`;
    const name = names.get(key) ?? file.name(`members${wish}`);
    if (!names.has(key)) {
      names.set(key, name);
      const block = file.reserve(name);
      waiting.push(() => {
        const traits = traitsOfMembers(model, schema, direction, refer) ?? {};
        block(`${print(concat(`const ${name}: ${file.useMemberTraits()} = `, layoutOf(traits), ";"))}\n`);
      });
    }
    return { of: new Expression(`() => ${name}`) };
  };
  return refer;
}

/** Whether named schemas have traits, those of what they refer to included. */
const verdicts = new WeakMap<ApiModel, { readonly [D in Direction]: Map<string, boolean> }>();

function hasTraits(model: ApiModel, wish: string, schema: SchemaObject, direction: Direction): boolean {
  const known = getOrMake(verdicts, model, () => ({ request: new Map<string, boolean>(), response: new Map<string, boolean>() }))[
    direction
  ];
  if (!known.has(wish)) judge(model, wish, schema, direction, known);
  return known.get(wish) ?? false;
}

/** Judges a named schema and all that it reaches: those with traits of their own first, and from them back to who refers to them. */
function judge(model: ApiModel, wish: string, schema: SchemaObject, direction: Direction, known: Map<string, boolean>): void {
  const referrers = new Map<string, string[]>();
  const speaking: string[] = [];
  const open: [string, SchemaObject][] = [[wish, schema]];
  known.set(wish, false);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [name, body] = next;
    const own = traitsOfMembers(model, body, direction, (target, targetSchema) => {
      getOrMake(referrers, target, (): string[] => []).push(name);
      if (!known.has(target)) {
        known.set(target, false);
        open.push([target, targetSchema]);
      } else if (known.get(target) === true) speaking.push(name);
      return undefined;
    });
    if (own !== undefined) speaking.push(name);
  }
  for (let name = speaking.pop(); name !== undefined; name = speaking.pop()) {
    if (known.get(name) === true) continue;
    known.set(name, true);
    speaking.push(...(referrers.get(name) ?? []));
  }
}

interface Store<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

function getOrMake<Key, Value>(map: Store<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

function traitsOfMembers(model: ApiModel, schema: SchemaObject, direction: Direction, refer: Refer): Traits | undefined {
  const parts = inPlace(model, schema);
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  const properties = new Map<string, Traits>();
  for (const name of direction === "request" ? absentProperties(model, schema, direction) : [])
    properties.set(name, { readOnly: true });
  for (const part of parts) {
    for (const [name, property] of Object.entries(part.properties ?? {})) {
      if (direction === "request" && isAbsent(model, property, direction)) continue;
      const fallback = required.has(name) ? undefined : defaultOf(model, property);
      const traits = { ...(fallback === undefined ? {} : { default: fallback }), ...traitsOf(model, property, direction, refer) };
      if (Object.keys(traits).length > 0 && !properties.has(name)) properties.set(name, traits);
    }
  }
  const within = (inner: Schema): Traits | undefined => traitsOf(model, inner, direction, refer);
  const items = first(parts, (part) => part.items, within);
  const rest = first(parts, (part) => part.additionalProperties, within);
  const traits: Traits = {
    ...(properties.size === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(items === undefined ? {} : { items }),
    ...(rest === undefined ? {} : { rest }),
  };
  return Object.keys(traits).length === 0 ? undefined : traits;
}

function first(
  parts: readonly SchemaObject[],
  pick: (part: SchemaObject) => Schema | undefined,
  within: (schema: Schema) => Traits | undefined,
): Traits | undefined {
  for (const part of parts) {
    const schema = pick(part);
    const traits = schema === undefined ? undefined : within(schema);
    if (traits !== undefined) return traits;
  }
  return undefined;
}

/** The default of a property, its own before those that it refers to. */
function defaultOf(model: ApiModel, schema: Schema): Literal | undefined {
  return inPlace(model, schema).find((part) => part.default !== undefined)?.default;
}
