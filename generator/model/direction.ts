import type { Schema } from "../openapi/shapes.ts";
import type { ApiModel, Direction, Operation } from "./api-model.ts";
import { referenced } from "./walk.ts";

/**
 * The properties that a side never needs: readOnly ones in a request, writeOnly ones in a response
 * (https://spec.openapis.org/oas/v3.1.1#fixed-fields-for-use-with-schema-object). They count wherever they are declared for
 * the same value: in the schema, behind its `$ref`, in its `allOf`, and in the members of its unions that declare them.
 */
export function absentProperties(model: Schemas, schema: Schema, direction: Direction): ReadonlySet<string> {
  if (typeof schema === "boolean" || isLeaf(schema)) return none;
  const found = cacheOf(model, direction);
  const known = found.get(schema);
  if (known !== undefined) return known;
  const names = new Set<string>();
  // Before the members are asked, which may lead back here.
  found.set(schema, names);
  for (const part of inPlace(model, schema)) {
    const { properties = {} } = part;
    for (const name of Object.keys(properties)) if (isAbsent(model, properties[name] ?? true, direction)) names.add(name);
    for (const name of absentInMembers(model, [...(part.oneOf ?? []), ...(part.anyOf ?? [])], direction)) names.add(name);
  }
  return names;
}

// Most schemas are, and say nothing of properties.
function isLeaf({ properties, $ref, allOf, oneOf, anyOf }: Part): boolean {
  return properties === undefined && $ref === undefined && allOf === undefined && oneOf === undefined && anyOf === undefined;
}

/** What no member of a union needs: each that declares it says so. */
function absentInMembers(model: Schemas, members: readonly Schema[], direction: Direction): string[] {
  const absent = members.map((member) => absentProperties(model, member, direction));
  const declares = (member: Schema, name: string): boolean =>
    inPlace(model, member).some(({ properties }) => properties !== undefined && Object.hasOwn(properties, name));
  return [...new Set(absent.flatMap((names) => [...names]))].filter((name) =>
    members.every((member, index) => absent[index]?.has(name) === true || !declares(member, name)),
  );
}

/**
 * The sides that the messages of an operation are on. What the API sends holds its readOnly properties, in a webhook as in an
 * answer; what it receives does not.
 */
export function sidesOf({ sent }: Pick<Operation, "sent">): { readonly request: Direction; readonly response: Direction } {
  return sent === true ? { request: "response", response: "request" } : { request: "request", response: "response" };
}

/** Whether a property of this schema is left out on a side: it, its `$ref`'s target or a member of its `allOf` says so. */
export function isAbsent(model: Schemas, property: Schema, direction: Direction): boolean {
  const keyword = direction === "request" ? "readOnly" : "writeOnly";
  if (typeof property === "boolean") return false;
  if (property.$ref === undefined && property.allOf === undefined) return property[keyword] === true;
  return inPlace(model, property).some((part) => part[keyword] === true);
}

type Schemas = Pick<ApiModel, "schemaByReference">;
type Part = Exclude<Schema, boolean>;

const none: ReadonlySet<string> = new Set();
const caches = new WeakMap<object, Record<Direction, WeakMap<object, ReadonlySet<string>>>>();

function cacheOf(model: Schemas, direction: Direction): WeakMap<object, ReadonlySet<string>> {
  const known = caches.get(model.schemaByReference);
  if (known !== undefined) return known[direction];
  const made = { request: new WeakMap<object, ReadonlySet<string>>(), response: new WeakMap<object, ReadonlySet<string>>() };
  caches.set(model.schemaByReference, made);
  return made[direction];
}

/** The schema itself and all that apply to the same value whatever it is: `$ref` targets and `allOf` members, each once. */
export function inPlace(model: Schemas, schema: Schema, found: Part[] = []): Part[] {
  if (typeof schema === "boolean") return found;
  if (schema.$ref === undefined && schema.allOf === undefined) {
    if (!found.includes(schema)) found.push(schema);
    return found;
  }
  gather(model, schema, found, new Set(found));
  return found;
}

function gather(model: Schemas, schema: Schema, found: Part[], seen: Set<Part>): void {
  if (typeof schema === "boolean" || seen.has(schema)) return;
  seen.add(schema);
  found.push(schema);
  const target = referenced(model, schema);
  if (target !== undefined) gather(model, target.schema, found, seen);
  for (const member of schema.allOf ?? []) gather(model, member, found, seen);
}
