import type { Document } from "../../openapi/document.ts";
import type { Schema, TypeName } from "../../openapi/shapes.ts";
import type { Operation, Parameter } from "../api-model.ts";
import { defined } from "../building.ts";
import { elementOf, propertiesOf, successContents, typesOf } from "./members.ts";
import type { Pagination } from "./pagination.ts";

type Shaped = Pick<Operation, "method" | "parameters" | "responses">;

/** How pages follow one another by the shape of the answer, where that leaves no doubt: the rule is in docs/extensions.md. */
export function inferPagination(document: Document, operation: Shaped): Pagination | undefined {
  const [content, ...others] = successContents(operation);
  if (operation.method !== "get" || content?.schema === undefined || others.length > 0) return undefined;
  const answer = answerOf(document, content.schema);
  const items = answer.named(["results"], ["array"]) ?? answer.onlyArray;
  const links = linksOf(answer, items);
  const cursor = cursorOf(document, operation.parameters, answer);
  const more = answer.named(moreNames, ["boolean"]);
  const offset =
    links === undefined && cursor === undefined && more === undefined ? undefined : offsetOf(document, operation.parameters);
  if (items === undefined || (links ?? cursor ?? offset) === undefined) return undefined;
  return {
    items: [items],
    ...defined({
      item: elementOf(document, [answer.properties.get(items) ?? true]),
      more: more === undefined ? undefined : [more],
      total: links?.total,
      cursor,
      next: links?.next,
      offset,
    }),
  };
}

const moreNames = ["has_next", "has_more", "hasNext", "hasMore"];

/** What a cursor is called in an answer, and the parameters that take it. */
const cursorNames: readonly (readonly [value: string, parameters: readonly string[]])[] = [
  ["next_cursor", ["cursor", "after", "next_cursor"]],
  ["nextCursor", ["cursor", "after", "nextCursor"]],
  ["next_page_token", ["page_token"]],
  ["nextPageToken", ["pageToken"]],
  ["last_id", ["after", "after_id"]],
];

interface Answer {
  readonly properties: ReadonlyMap<string, Schema>;
  readonly onlyArray: string | undefined;
  /** The first of these properties that is of these types, `null` aside. */
  named(names: readonly string[], types: readonly TypeName[]): string | undefined;
}

function answerOf(document: Document, schema: Schema): Answer {
  const properties = propertiesOf(document, schema);
  const isA = (name: string, types: readonly TypeName[]): boolean => {
    const property = properties.get(name);
    return property !== undefined && hasTypes(document, property, types);
  };
  const arrays = [...properties.keys()].filter((name) => isA(name, ["array"]));
  return {
    properties,
    onlyArray: arrays.length === 1 ? arrays[0] : undefined,
    named: (names, types) => names.find((name) => isA(name, types)),
  };
}

/** Whether a schema says its types, and says no other than these and `null`. */
function hasTypes(document: Document, schema: Schema, types: readonly TypeName[]): boolean {
  const said = [...(typesOf(document, schema) ?? [])].filter((type) => type !== "null");
  return said.length > 0 && said.every((type) => types.includes(type));
}

/** As Django REST Framework answers: https://www.django-rest-framework.org/api-guide/pagination/ */
function linksOf(answer: Answer, items: string | undefined): Pick<Pagination, "next" | "total"> | undefined {
  const total = answer.named(["count", "total"], ["integer"]);
  const linked = ["next", "previous"].every((name) => answer.named([name], ["string"]) !== undefined);
  if (!linked || (items !== "results" && total === undefined)) return undefined;
  return { next: ["next"], ...defined({ total: total === undefined ? undefined : [total] }) };
}

function cursorOf(document: Document, parameters: readonly Parameter[], answer: Answer): Pagination["cursor"] {
  for (const [value, names] of cursorNames) {
    // The last page has a last item too, so that only the answer can tell the end.
    const known =
      answer.named([value], ["string"]) !== undefined &&
      (value !== "last_id" || answer.named(moreNames, ["boolean"]) !== undefined);
    if (!known) continue;
    const [taker, ...others] = names.filter((name) => optionalQuery(document, parameters, name, ["string"]) !== undefined);
    if (taker !== undefined && others.length === 0) return { parameter: ["query", taker], value: [value] };
  }
  return undefined;
}

function offsetOf(document: Document, parameters: readonly Parameter[]): Pagination["offset"] {
  const limit = optionalQuery(document, parameters, "limit", ["integer"]);
  if (limit === undefined || optionalQuery(document, parameters, "offset", ["integer"]) === undefined) return undefined;
  return { parameter: ["query", "offset"], limit: ["query", "limit"], ...defined({ defaultLimit: defaultOf(limit) }) };
}

function optionalQuery(
  document: Document,
  parameters: readonly Parameter[],
  name: string,
  types: readonly TypeName[],
): Parameter | undefined {
  const parameter = parameters.find((one) => one.in === "query" && one.name === name);
  return parameter !== undefined && !parameter.required && hasTypes(document, parameter.schema, types) ? parameter : undefined;
}

/** The default of a parameter that is a count. */
export function defaultOf({ schema }: Pick<Parameter, "schema">): number | undefined {
  const value = typeof schema === "object" ? schema.default : undefined;
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined;
}
