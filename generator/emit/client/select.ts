import type { Operation } from "../../model/api-model.ts";
import { typeIdentifier } from "../../model/names.ts";
import { globalTypes } from "../../model/reserved.ts";
import { tellingPlaces } from "../../model/select.ts";
import { choice, concat, group, indent, join, line, softline, type Layout } from "../text/layout.ts";
import { propertyKey, stringLiteral } from "../text/literal.ts";
import type { CallShape } from "./surface.ts";

/** How the values of a request that tell the types of the answers stand in a method's signature. */
export interface Telling {
  /** `<Kind extends ValueIn<"query_create", ["query", "kind"]>>` */
  readonly typeParameters: Layout;
  /** `{ query: { kind: Kind } }` */
  readonly told: Layout;
  /** `Telling<"query_create", { query: { kind: Kind } }>` */
  readonly body: Layout;
}

/** For an operation some of whose answers depend on its request; `within` narrows it to the values inside a member of the body. */
export function tellingOf(operation: Operation, shape: CallShape, within?: string): Telling | undefined {
  const places = tellingPlaces(operation).filter(([first]) => within === undefined || first === within);
  // The walk over pages has types of its own.
  if (places.length === 0 || shape.body !== "body" || operation.pagination !== undefined) return undefined;
  const id = stringLiteral(operation.id);
  const named = nameValues(places);
  const constraint = (place: readonly string[]): string =>
    `ValueIn<${id}, [${place.map((key) => stringLiteral(key)).join(", ")}]>`;
  const parameters = named.map(({ place, name }) => `${name} extends ${constraint(place)}`);
  const told = join(" & ", distinctRoots(named).map(objectWith));
  return {
    typeParameters: group(concat("<", indent(concat(softline, join(concat(",", line), parameters))), choice(","), softline, ">")),
    told,
    body: typeWith("Telling", [id, told]),
  };
}

/** A type with its arguments, on one line if it fits there. */
export function typeWith(name: string, typeArguments: readonly Layout[]): Layout {
  return group(concat(name, "<", indent(concat(softline, join(concat(",", line), typeArguments))), softline, ">"));
}

/** The type of a call, when the types of some answers depend on their requests. */
export const tellingCall = `export type ApiCall<Id extends keyof Operations, Told = unknown> = SelectedCall<
  Operations,
  Selections,
  Id,
  Told
>;
`;

/** What stands at the top of `client.ts` when some method has a Telling. */
export const tellingAliases = `export type ValueIn<Id extends keyof Operations, Place> = ValueAt<Body<Id>, Place> | undefined;
export type Telling<Id extends keyof Selections, Told> = TellingBody<Body<Id>, Selections[Id]["by"], Told>;
`;

interface NamedValue {
  readonly place: readonly string[];
  /** The type parameter. */
  readonly name: string;
}

// Names at the top of the generated file, which a type parameter would hide.
const taken: ReadonlySet<string> = new Set([
  ..."ApiCall BasicLogin Body Call CallOptions Client ClientOptions Content Cookie CoreCallOptions CoreConfig Credential Errors Finished Header".split(
    " ",
  ),
  ..."Item Located Named Operations PagedCall Paged Path PathClient Query Selections Send StatusValue Telling Token ValueIn".split(
    " ",
  ),
  ...globalTypes,
]);

function nameValues(places: readonly (readonly string[])[]): NamedValue[] {
  const used = new Set(taken);
  return places.map((place) => {
    const wanted = typeIdentifier(place.at(-1) ?? "") || "Value";
    let name = used.has(wanted) ? `${wanted}Value` : wanted;
    for (let count = 2; used.has(name); count += 1) name = `${wanted}Value${count}`;
    used.add(name);
    return { place, name };
  });
}

// `a/b` and `a/c` are `{ a: { b: B } } & { a: { c: C } }`; all that start differently are one object.
function distinctRoots(values: readonly NamedValue[]): NamedValue[][] {
  const objects: NamedValue[][] = [];
  for (const value of values) {
    const object = objects.find((others) => others.every(({ place }) => place[0] !== value.place[0]));
    if (object === undefined) objects.push([value]);
    else object.push(value);
  }
  return objects;
}

function objectWith(values: readonly NamedValue[]): Layout {
  return members(values.map(({ place, name }) => memberWith(place, name)));
}

function memberWith([key = "", ...rest]: readonly string[], name: string): Layout {
  return concat(`${propertyKey(key)}: `, rest.length === 0 ? name : members([memberWith(rest, name)]));
}

function members(layouts: readonly Layout[]): Layout {
  return group(concat("{", indent(concat(line, join(concat(";", line), layouts))), choice(";"), line, "}"));
}
