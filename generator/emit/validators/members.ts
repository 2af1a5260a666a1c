import { absentProperties, inPlace, isAbsent } from "../../model/direction.ts";
import type { Direction } from "../../model/api-model.ts";
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
  const traits = traitsOf(compiler, schema, direction);
  return traits === undefined ? undefined : layoutOf(traits);
}

function layoutOf(traits: Traits): Layout {
  return concat(literalLayout(traits), holdsInheritedName(traits) ? " as const" : "");
}

/** The traits of a value; `of` for a reference and nothing else. */
function traitsOf(compiler: Compiler, schema: Schema, direction: Direction): Traits | undefined {
  if (typeof schema === "boolean") return undefined;
  const target = referenced(compiler.model, schema);
  if (target === undefined || !isPureReference(schema)) return traitsOfMembers(compiler, schema, direction);
  if (typeof target.schema === "boolean") return undefined;
  const name = constantOf(compiler, target.name, target.schema, direction);
  return name === undefined ? undefined : { of: new Expression(`() => ${name}`) };
}

interface Known {
  name: string | undefined;
  /** Whether it is asked for while it is made. */
  within: boolean;
  done: boolean;
}

const constants = new WeakMap<object, Map<string, Known>>();

function constantOf(compiler: Compiler, wish: string, schema: SchemaObject, direction: Direction): string | undefined {
  const all = constants.get(compiler.file) ?? new Map<string, Known>();
  constants.set(compiler.file, all);
  const key = `${direction} ${wish}`;
  const before = all.get(key);
  if (before !== undefined) {
    if (!before.done) before.within = true;
    return before.name;
  }
  const name = compiler.file.name(`members${wish}`);
  const known: Known = { name, within: false, done: false };
  all.set(key, known);
  const block = compiler.file.reserve(name);
  const traits = traitsOfMembers(compiler, schema, direction);
  known.done = true;
  if (traits === undefined && !known.within) known.name = undefined;
  else block(`${print(concat(`const ${name}: ${compiler.file.useMemberTraits()} = `, layoutOf(traits ?? {}), ";"))}\n`);
  return known.name;
}

function traitsOfMembers(compiler: Compiler, schema: SchemaObject, direction: Direction): Traits | undefined {
  const { model } = compiler;
  const parts = inPlace(model, schema);
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  const properties = new Map<string, Traits>();
  for (const name of direction === "request" ? absentProperties(model, schema, direction) : [])
    properties.set(name, { readOnly: true });
  for (const part of parts) {
    for (const [name, property] of Object.entries(part.properties ?? {})) {
      if (direction === "request" && isAbsent(model, property, direction)) continue;
      const fallback = required.has(name) ? undefined : defaultOf(compiler, property);
      const traits = { ...(fallback === undefined ? {} : { default: fallback }), ...traitsOf(compiler, property, direction) };
      if (Object.keys(traits).length > 0 && !properties.has(name)) properties.set(name, traits);
    }
  }
  const items = first(parts, (part) => part.items, compiler, direction);
  const rest = first(parts, (part) => part.additionalProperties, compiler, direction);
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
  compiler: Compiler,
  direction: Direction,
): Traits | undefined {
  for (const part of parts) {
    const schema = pick(part);
    const traits = schema === undefined ? undefined : traitsOf(compiler, schema, direction);
    if (traits !== undefined) return traits;
  }
  return undefined;
}

/** The default of a property, its own before those that it refers to. */
function defaultOf({ model }: Compiler, schema: Schema): Literal | undefined {
  return inPlace(model, schema).find((part) => part.default !== undefined)?.default;
}
