import { child } from "../diagnostics/location.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Schema } from "../openapi/shapes.ts";
import type { Content, Operation, Response, Selection } from "./api-model.ts";
import { type Building, defined } from "./building.ts";
import { schemasAt } from "./pagination/members.ts";
import { referenceTo } from "./schemas.ts";
import { valuesOf } from "./values.ts";
import { bodyKeys, memberCure, membersOf, type Written } from "./written.ts";

/** The responses of an operation, their contents with what `x-triad-select` says of them. What is wrong is reported. */
export function selectResponses(
  building: Building,
  { body, responses }: Pick<Operation, "body" | "responses">,
): readonly Response[] {
  const schema = body?.contents.length === 1 && body.contents[0]?.kind === "json" ? (body.contents[0].schema ?? true) : undefined;
  const select = (content: Content): Content => {
    const value = content.extensions?.["x-triad-select"];
    if (value === undefined) return content;
    const selection = readSelection(building, { content, request: schema }, { value, at: child(content.at, "x-triad-select") });
    return selection === undefined ? content : { ...content, select: selection };
  };
  return responses.map((response) => ({ ...response, contents: response.contents.map(select) }));
}

/** The places in the body of the request that tell the types of the answers, each once. */
export function tellingPlaces({ responses }: Pick<Operation, "responses">): readonly (readonly string[])[] {
  const places = responses.flatMap(({ contents }) => contents.flatMap(({ select }) => (select === undefined ? [] : [select.by])));
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}

interface Around {
  readonly content: Content;
  /** The schema of the request's body; `undefined` when that is not JSON alone. */
  readonly request: Schema | undefined;
}

const knownMembers = ["by", "mapping", "default"];

function readSelection(building: Building, around: Around, written: Written): Selection | undefined {
  const invalid = (at: Written["at"], fact: string, cure: string, atKey = false): undefined => {
    building.diagnostics.report("select-invalid", at, { fact, cure }, { atKey });
  };
  const members = membersOf(written);
  if (members === undefined) return invalid(written.at, "x-triad-select is no object", 'write an object with "by" and "mapping"');
  for (const [name, { at }] of members) {
    if (!knownMembers.includes(name))
      return invalid(at, `x-triad-select has no member "${name}"`, memberCure(name, knownMembers), true);
  }
  const { request } = around;
  if (request === undefined)
    return invalid(
      written.at,
      "x-triad-select stands on an answer to a request without a JSON body, or with several media types",
      "remove it",
    );
  const by = bodyKeys("$request.body", members.get("by")?.value);
  if (by === undefined || by.length === 0) {
    return invalid(
      members.get("by")?.at ?? written.at,
      '"by" of x-triad-select is no place in the body of the request',
      "write an expression such as `$request.body#/kind`",
    );
  }
  const mapping = membersOf(members.get("mapping") ?? { value: undefined, at: written.at });
  if (mapping === undefined)
    return invalid(
      members.get("mapping")?.at ?? written.at,
      '"mapping" of x-triad-select is no object',
      "write an object of values and the names of their schemas",
    );
  const expression = String(members.get("by")?.value);
  const there = schemasAt(building.document, request, by);
  if (there?.length === 0) {
    building.diagnostics.report("select-place-unknown", members.get("by")?.at ?? written.at, {
      expression,
      where: "the request body",
    });
    return undefined;
  }
  const { values, absent } = valuesOf(building.document, there ?? [true]);
  const known = values === undefined ? undefined : [...values];
  for (const [value, { at }] of mapping) {
    if (known?.includes(value) === false)
      building.diagnostics.report("select-value-unknown", at, { value, expression, known }, { atKey: true });
  }
  const schemas = [...mapping].map(([value, named]) => [value, readSchema(building, named)] as const);
  const rest = members.get("default");
  const otherwise = rest === undefined ? (around.content.schema ?? true) : readSchema(building, rest);
  const found = schemas.flatMap(([value, schema]) => (schema === undefined ? [] : [[value, schema] as const]));
  if (otherwise === undefined || found.length < schemas.length) return undefined;
  return { by, mapping: new Map(found), default: otherwise, ...defined({ absent }) };
}

/** The schema that a name, a reference or `false` stands for. */
function readSchema(building: Building, { value, at }: Written): Schema | undefined {
  if (value === false) return false;
  const schemas = Object.keys(building.document.root.components?.schemas ?? {});
  const key = schemas.find((name) => name === value || referenceTo(name) === value);
  if (key !== undefined) return { $ref: referenceTo(key) };
  const name = typeof value === "string" ? value : JSON.stringify(value);
  building.diagnostics.report("select-schema-unknown", at, { name, suggestion: suggest(name, schemas) });
  return undefined;
}
