import type { ApiModel, Operation } from "../../model/api-model.ts";
import { tellingPlaces } from "../../model/select.ts";
import { streams } from "../../model/sequence.ts";
import { isPureReference, referenced } from "../../model/walk.ts";
import { memberAccess } from "../text/identifier.ts";
import { literalKey, stringLiteral } from "../text/literal.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { concat, print, type Layout } from "../text/layout.ts";
import { tellingOf, typeWith } from "./select.ts";
import { braces, call } from "./statements.ts";
import { callShape, plainType, type CallShape, type NamedLocation, type Positional } from "./surface.ts";
import { departuresOf } from "./wire.ts";

/** The names of the type aliases that `core.ts` exports for bodies and parameters. */
export type Alias = "Body" | "Content" | "Named" | "Located";

/** How the walk over an operation's items is typed: by the name of their schema, or by where they stand in the answer. */
export type Items = "named" | "placed";

/** A function in the resource style, and what it needs of other modules. */
export interface OperationFunction {
  /** The name of the method that it becomes. */
  readonly name: string;
  readonly text: string;
  readonly aliases: readonly Alias[];
  /** Whether it sorts named parameters by location. */
  readonly sorts: boolean;
  /** Absent: there are no pages. */
  readonly items?: Items;
  /** Whether what it gives may be walked over as it arrives. */
  readonly streams: boolean;
  /** Whether the type of what it gives depends on what it is given. */
  readonly tells: boolean;
}

/** The function of an operation, by a name of its module: its documentation, its signature and one statement. */
export function operationFunction(
  model: ApiModel,
  operation: Operation,
  { shared, name }: { readonly shared: ReadonlySet<string>; readonly name: string },
): OperationFunction {
  const shape = callShape(operation, shared);
  const given = argumentsOf(operation, shape);
  const id = stringLiteral(operation.id);
  const telling = tellingOf(operation, shape);
  const parameters = [
    "this: Caller",
    ...shape.positional.map((one) => `${one.name}: ${positionalType(operation, one)}`),
    ...given.map(({ name, mark, type }) => concat(`${name}${mark}: `, name === "body" ? (telling?.body ?? type) : type)),
    "options?: CallOptions",
  ];
  const paged = pagedCall(model, operation);
  const streamed = isStreamed(operation);
  const signature = concat(
    `function ${name}`,
    telling?.typeParameters ?? "",
    call("", parameters),
    ": ",
    paged?.type ??
      (telling === undefined ? `${streamed ? "StreamedCall" : "ApiCall"}<${id}>` : typeWith("ApiCall", [id, telling.told])),
    " {",
  );
  const request = [
    "this",
    `operations.${operation.name}`,
    partsOf(operation, shape),
    "options",
    ...waysOf(operation),
    ...wireOf(model, operation),
  ];
  const door = paged !== undefined ? "sendPaged" : streamed ? "sendStreamed" : "send";
  const statement = concat("return ", call(door, request), ";");
  return {
    name: operation.action,
    text: `${documentationOf(operation)}${declaration(name, operation.action, { signature, statement })}`,
    aliases: telling === undefined ? given.flatMap(({ alias }) => alias ?? []) : ["Body"],
    sorts: shape.parameters === "named",
    streams: streamed,
    tells: telling !== undefined,
    ...(paged === undefined ? {} : { items: paged.items }),
  };
}

/** What a function brings along beyond the plain way: `wire.query`. */
export function wireOf(model: ApiModel, operation: Operation): Layout[] {
  return departuresOf(model, operation).map(({ name, kinds }) =>
    kinds === undefined
      ? `wire.${name}`
      : call(
          `wire.${name}`,
          kinds.map((kind) => `wire.${kind}`),
        ),
  );
}

/** How the pages of a list are walked over: by one way, or by the first of several that a page shows. */
function waysOf({ pagination }: Operation): Layout[] {
  if (pagination === undefined) return [];
  const { cursor, next, offset, more } = pagination;
  const ways = [
    ...(cursor === undefined ? [] : ["ways.byCursor"]),
    ...(next === undefined ? [] : ["ways.byLink"]),
    ...(offset === undefined ? [] : ["ways.byOffset"]),
  ];
  return ways.length === 1 && more === undefined ? ways : [call("ways.firstOf", ways)];
}

/** A function of one statement, exported by a name that it may not be declared by where that is a reserved word. */
export function declaration(
  name: string,
  exported: string,
  { signature, statement }: { readonly signature: Layout; readonly statement: Layout },
): string {
  const start = print(name === exported ? concat("export ", signature) : signature);
  const renamed = name === exported ? "" : `export { ${name} as ${exported} };\n`;
  return `${start}\n  ${print(statement, { indent: 2 })}\n}\n${renamed}`;
}

/** Whether the call of an operation is walked over item by item. A call has one walk: over its pages where there are some. */
export function isStreamed(operation: Operation): boolean {
  return streams(operation) && operation.pagination === undefined && tellingPlaces(operation).length === 0;
}

/** Whether bytes go there or come back. */
export function carriesBytes({ body, responses }: Operation): boolean {
  return [body, ...responses].some((carrier) => carrier?.contents.some(({ kind }) => kind === "binary") ?? false);
}

/** The type of a call that has pages, and how it says what an item is. */
function pagedCall(model: ApiModel, { id, pagination }: Operation): { readonly type: string; readonly items: Items } | undefined {
  if (pagination === undefined) return undefined;
  const name =
    typeof pagination.item === "object" && isPureReference(pagination.item)
      ? referenced(model, pagination.item)?.name
      : undefined;
  if (name !== undefined) return { type: `PagedCall<${stringLiteral(id)}, ${memberAccess("types", name)}>`, items: "named" };
  const place = `[${pagination.items.map((key) => stringLiteral(key)).join(", ")}]`;
  return { type: `PagedCall<${stringLiteral(id)}, Item<${stringLiteral(id)}, ${place}>>`, items: "placed" };
}

/** Summary, description, method and path, deprecation and further reading. */
function documentationOf(operation: Operation): string {
  const { summary, description, externalDocs } = operation;
  return jsdoc({
    text: [
      summary,
      description === summary ? undefined : description,
      operation.pagination === undefined ? (isStreamed(operation) ? inTime : undefined) : inPages,
      `\`${operation.method.toUpperCase()} ${operation.path}\``,
    ],
    deprecated: operation.deprecated,
    ...(externalDocs === undefined ? {} : { see: [externalDocs] }),
  });
}

const inTime = "May be a stream: `for await` walks over its items as they arrive.";
const inPages = "Comes in pages: awaited it is the first one, `for await` walks over the items of all.";

interface Argument {
  readonly name: string;
  readonly mark: "" | "?";
  readonly type: string;
  /** What the type needs at the top of the file. */
  readonly alias?: Alias;
}

/** The body, then the parameters; one that is not required may be left out when nothing required follows it. */
function argumentsOf(operation: Operation, shape: CallShape): Argument[] {
  const found: Argument[] = [];
  if (shape.body !== "none") {
    const { type, alias } = bodyType(operation, shape);
    const mark = shape.bodyRequired || shape.parametersRequired ? "" : "?";
    const orNothing = !shape.bodyRequired && shape.parametersRequired ? " | undefined" : "";
    found.push({
      name: shape.body === "body" ? "body" : "content",
      mark,
      type: `${type}${orNothing}`,
      ...(alias === undefined ? {} : { alias }),
    });
  }
  if (shape.parameters !== "none") {
    const mark = shape.parametersRequired ? "" : "?";
    if (shape.parameters === "named" || shape.parameters === "located") {
      const alias = shape.parameters === "named" ? "Named" : "Located";
      found.push({ name: "parameters", mark, type: `${alias}<${stringLiteral(operation.id)}>`, alias });
    } else found.push({ name: shape.parameters, mark, type: parametersAt(operation, shape.parameters) });
  }
  return found;
}

// Members, and no conditional types: they stand in the signature of each operation, and a compiler that meets one of them reads all.
function bodyType({ id, body }: Operation, shape: CallShape): { readonly type: string; readonly alias?: Alias } {
  const key = stringLiteral(id);
  const first = body?.contents[0]?.mediaType;
  if (shape.body === "media") return { type: `Content<${key}, ${stringLiteral(first ?? "")}>`, alias: "Content" };
  if (first === undefined) return { type: `Body<${key}>`, alias: "Body" };
  const given = `Operations[${key}]["requestBody"]`;
  return { type: `${body?.required === true ? given : `NonNullable<${given}>`}["content"][${stringLiteral(first)}]` };
}

/** The parameters of one location, as `types.ts` has them. */
function parametersAt({ id }: Operation, location: "path" | NamedLocation): string {
  return `Operations[${stringLiteral(id)}]["parameters"]["${location}"]`;
}

/** The type of a path parameter. */
export function positionalType(operation: Operation, { parameter }: Positional): string {
  return plainType(parameter.schema) ?? `${parametersAt(operation, "path")}[${stringLiteral(parameter.name)}]`;
}

/** The request by location, as the core takes it. */
function partsOf(operation: Operation, shape: CallShape): Layout {
  const members = [
    ...(shape.positional.length === 0 ? [] : [concat("path: ", braces(shape.positional.map(pathMember)))]),
    ...(shape.body === "none" ? [] : [shape.body === "body" ? "body" : "...content"]),
    ...parametersMember(operation, shape),
  ];
  const alone = members.length === 1 && shape.parameters === "named";
  return alone ? sorted(operation) : members.length === 0 ? "{}" : braces(members);
}

function pathMember({ parameter, name }: Positional): string {
  const key = literalKey(parameter.name);
  return key === name ? name : `${key}: ${name}`;
}

function parametersMember(operation: Operation, { parameters }: CallShape): Layout[] {
  if (parameters === "none") return [];
  if (parameters === "located") return ["...parameters"];
  return [parameters === "named" ? concat("...", sorted(operation)) : parameters];
}

function sorted(operation: Operation): Layout {
  return call("byLocation", [`operations.${operation.name}`, "parameters"]);
}
