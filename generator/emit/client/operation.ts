import type { ApiModel, Operation } from "../../model/api-model.ts";
import { isPureReference, referenced } from "../../model/walk.ts";
import { memberAccess } from "../text/identifier.ts";
import { literalKey, stringLiteral } from "../text/literal.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { choice, concat, group, indent, join, line, print, softline, type Layout } from "../text/layout.ts";
import { tellingOf, typeWith, type Telling } from "./select.ts";
import { braces } from "./statements.ts";
import { callShape, isPlainString, type CallShape, type Positional } from "./surface.ts";

/** The names of the type aliases at the top of the generated file. */
export type Alias = "Path" | "Body" | "Content" | "Query" | "Header" | "Cookie" | "Named" | "Located";

/** How the walk over an operation's items is typed: by the name of their schema, or by where they stand in the answer. */
export type Items = "named" | "placed";

/** A method in the resource style, and what it needs at the top of the file. */
export interface Method {
  readonly text: string;
  readonly aliases: readonly Alias[];
  /** Whether it sorts named parameters by location. */
  readonly sorts: boolean;
  /** Absent: there are no pages. */
  readonly items?: Items;
  /** Whether the type of what it gives depends on what it is given. */
  readonly tells: boolean;
}

/** The method of an operation: its documentation, its signature and one statement. */
export function operationMethod(model: ApiModel, operation: Operation, shared: ReadonlySet<string>): Method {
  const shape = callShape(operation, shared);
  const given = argumentsOf(operation, shape);
  const id = stringLiteral(operation.id);
  const telling = tellingOf(operation, shape);
  const parameters = [
    ...shape.positional.map((one) => `${one.name}: ${positionalType(operation, one)}`),
    ...given.map((one) => argumentLayout(one, id, telling)),
    "options?: CallOptions",
  ];
  const paged = pagedCall(model, operation);
  const signature = concat(
    memberName(operation.action),
    telling?.typeParameters ?? "",
    list(parameters),
    ": ",
    paged?.type ?? (telling === undefined ? `ApiCall<${id}>` : typeWith("ApiCall", [id, telling.told])),
    " {",
  );
  const request = [`operations.${operation.name}`, partsOf(operation, shape), "options"];
  const call =
    paged === undefined
      ? concat("return this.#call", list(request), ";")
      : concat("return sendPaged", list(["this.#call", ...request]), ";");
  return {
    text: `${documentationOf(operation)}  ${print(signature, { indent: 2 })}\n    ${print(call, { indent: 4 })}\n  }\n`,
    aliases: [
      ...given.map(({ alias }) => alias),
      ...(shape.positional.some(({ parameter }) => !isPlainString(parameter.schema)) ? ["Path" as const] : []),
    ],
    sorts: shape.parameters === "named",
    tells: telling !== undefined,
    ...(paged === undefined ? {} : { items: paged.items }),
  };
}

// The body is held to what it tells.
function argumentLayout({ text }: Argument, id: string, telling: Telling | undefined): Layout {
  const [before = "", after] = text.split(`Body<${id}>`);
  return telling === undefined || after === undefined ? text : concat(before, telling.body, after);
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
  return jsdoc(
    {
      text: [
        summary,
        description === summary ? undefined : description,
        operation.pagination === undefined ? undefined : inPages,
        `\`${operation.method.toUpperCase()} ${operation.path}\``,
      ],
      deprecated: operation.deprecated,
      ...(externalDocs === undefined ? {} : { see: [externalDocs] }),
    },
    2,
  );
}

const inPages = "Comes in pages: awaited it is the first one, `for await` walks over the items of all.";

interface Argument {
  readonly alias: Alias;
  /** `body: Body<"thingsCreate">`. */
  readonly text: string;
}

/** The body, then the parameters; one that is not required may be left out when nothing required follows it. */
function argumentsOf(operation: Operation, shape: CallShape): Argument[] {
  const id = stringLiteral(operation.id);
  const found: Argument[] = [];
  if (shape.body !== "none") {
    const first = operation.body?.contents[0]?.mediaType ?? "";
    const [name, alias, type] =
      shape.body === "body"
        ? (["body", "Body", `Body<${id}>`] as const)
        : (["content", "Content", `Content<${id}, ${stringLiteral(first)}>`] as const);
    const mark = shape.bodyRequired || shape.parametersRequired ? "" : "?";
    found.push({
      alias,
      text: `${name}${mark}: ${type}${!shape.bodyRequired && shape.parametersRequired ? " | undefined" : ""}`,
    });
  }
  if (shape.parameters !== "none") {
    const { name, alias } = parametersNames[shape.parameters];
    found.push({ alias, text: `${name}${shape.parametersRequired ? "" : "?"}: ${alias}<${id}>` });
  }
  return found;
}

const parametersNames: {
  readonly [P in Exclude<CallShape["parameters"], "none">]: { readonly name: string; readonly alias: Alias };
} = {
  query: { name: "query", alias: "Query" },
  header: { name: "header", alias: "Header" },
  cookie: { name: "cookie", alias: "Cookie" },
  named: { name: "parameters", alias: "Named" },
  located: { name: "parameters", alias: "Located" },
};

function positionalType(operation: Operation, { parameter }: Positional): string {
  return isPlainString(parameter.schema) ? "string" : `Path<${stringLiteral(operation.id)}>[${stringLiteral(parameter.name)}]`;
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
  return concat("byLocation", list([`operations.${operation.name}`, "parameters"]));
}

// A method called `constructor` would be taken for the constructor.
function memberName(name: string): string {
  return name === "constructor" ? '["constructor"]' : name;
}

function list(items: readonly Layout[]): Layout {
  return group(concat("(", indent(concat(softline, join(concat(",", line), items))), choice(","), softline, ")"));
}
