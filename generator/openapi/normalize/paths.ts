/** Path items, operations and parameters of OpenAPI 3. */
import { child } from "../../diagnostics/location.ts";
import type { OperationObject, ParameterObject, PathItemObject } from "../shapes.ts";
import { methods } from "../shapes.ts";
import { isObject, member, members, put, type Node } from "../node.ts";
import { countUnused, finish, made, type Context, type Draft, type Reader } from "./context.ts";
import { flag, listOf, mapOf, readFields, text, type Fields } from "./fields.ts";
import { inline, shared } from "./inline.ts";
import { readExternalDocs, readSecurity, readServers } from "./root-objects.ts";
import { readHeaderFields, readRequestBody, readResponses } from "./content.ts";

const rawParameter: Reader<ParameterObject> = (node, context) => {
  for (const name of ["name", "in"] as const) {
    if (typeof member(node, name).value === "string") continue;
    context.diagnostics.report("member-missing", node.at, { what: "the parameter", member: name });
    return undefined;
  }
  const draft = readHeaderFields(node, { name: text, in: text }, "a parameter", context);
  // OpenAPI 3.2, §4.12.2.2: wherever values are percent-encoded; until then, in the query alone.
  if (draft["allowReserved"] === true && draft["in"] !== "query" && !(draft["in"] === "path" && context.dialect === "3.2")) {
    delete draft["allowReserved"];
    countUnused("allowReserved", `a ${String(draft["in"])} parameter`, member(node, "allowReserved").at, context);
  }
  return finish<ParameterObject>(draft, node, context);
};
/** Reads a parameter. */
export const readParameter: Reader<ParameterObject> = inline("parameter", rawParameter);

/** Reads a map of webhooks, or of the expressions of a callback, to path items. */
export const readPathItems: Reader<Record<string, PathItemObject>> = mapOf((node, context) => readPathItem(node, context), true);

/** Reads a map of paths to path items. */
export const readPaths: Reader<Record<string, PathItemObject>> = fromSlash(readPathItems);

/**
 * Gives each path the slash that it starts with (OpenAPI 3.1, §4.8.8.1), where somebody has left it out: it is appended to the URL of a
 * server. An empty one stands for that URL itself.
 */
export function fromSlash<T>(reader: Reader<Record<string, T>>): Reader<Record<string, T>> {
  return (node, context) => {
    const read = reader(node, context);
    if (read === undefined || Object.keys(read).every(startsRight)) return read;
    const paths: Record<string, T> = {};
    for (const [path, item] of Object.entries(read)) {
      const used = startsRight(path) ? path : `/${path}`;
      const taken = used !== path && Object.hasOwn(read, used);
      if (used !== path)
        context.diagnostics.report("path-slash-missing", child(node.at, path), { path, used, taken }, { atKey: true });
      if (!taken) put(paths, used, item);
    }
    return made(paths, node, context);
  };
}

function startsRight(path: string): boolean {
  return path === "" || path.startsWith("/") || path.startsWith("x-");
}

/** A path item whose `$ref` may have operations beside it: theirs come on top. */
export const readPathItem: Reader<PathItemObject> = (node, context) => {
  if (!isObject(node.value) || node.value["$ref"] === undefined) return inline("pathItem", rawPathItem)(node, context);
  const { $ref, ...siblings } = node.value;
  const reference = { ...node, value: { $ref } };
  const next = typeof $ref === "string" ? context.bundle.follow($ref, reference) : undefined;
  const target =
    next === undefined || !hasReferenceAndMore(next) || context.open.has(next.at)
      ? inline("pathItem", rawPathItem)(reference, context)
      : readNext(next, context);
  if (target === undefined || Object.keys(siblings).length === 0) return target;
  return made({ ...target, ...rawPathItem({ ...node, value: siblings }, context) }, node, context);
};

/** Reads a path item that is a reference with operations beside it, too; through itself, it is a reference alone. */
function readNext(next: Node, context: Context): PathItemObject | undefined {
  context.open.add(next.at);
  const item = readPathItem(next, context);
  context.open.delete(next.at);
  return item;
}

function hasReferenceAndMore({ value }: Node): boolean {
  return isObject(value) && value["$ref"] !== undefined && Object.keys(value).length > 1;
}

/** Reads a path item among the components. */
export const sharedPathItem: Reader<PathItemObject> = shared("pathItem", rawPathItemLater);

// A function declaration, since operations, callbacks and path items read one another.
function rawPathItemLater(node: Node, context: Context): PathItemObject | undefined {
  return rawPathItem(node, context);
}

function rawPathItem(node: Node, context: Context): PathItemObject | undefined {
  const parameters = given(node, "parameters") ? (listOf(readParameter)(member(node, "parameters"), context) ?? []) : [];
  const servers = given(node, "servers") ? readServers(member(node, "servers"), context) : undefined;
  const operation: Reader<OperationObject> = (inner, here) =>
    pushDown(readOperation(inner, here), parameters, servers, inner, here);
  const known = methods.filter((method) => method !== "query" || context.dialect === "3.2");
  const fields: Fields = {
    summary: text,
    description: text,
    parameters: () => undefined,
    servers: () => undefined,
    additionalOperations: mapOf(operation),
    ...Object.fromEntries(known.map((method) => [method, operation])),
  };
  return finish<PathItemObject>(readFields(node, fields, "a path item", context), node, context);
}

/** Gives an operation its path's parameters and servers, unless it has its own: a parameter is known by name and place. */
export function pushDown(
  operation: OperationObject | undefined,
  common: readonly ParameterObject[],
  servers: unknown,
  node: Node,
  context: Context,
): OperationObject | undefined {
  if (operation === undefined) return undefined;
  const own = operation.parameters ?? [];
  const inherited = common.filter(
    (parameter) => !own.some((other) => other.name === parameter.name && other.in === parameter.in),
  );
  const draft: Draft = { ...operation };
  if (inherited.length > 0) draft["parameters"] = made([...inherited, ...own], node, context);
  if (servers !== undefined && (operation.servers ?? []).length === 0) draft["servers"] = servers;
  return finish<OperationObject>(draft, node, context);
}

function given(node: Node, key: string): boolean {
  const { value } = member(node, key);
  return value !== undefined && value !== null;
}

/** Reads an operation. */
const readOperation: Reader<OperationObject> = inline("operation", (node, context) => {
  const fields: Fields = {
    operationId: text,
    summary: text,
    description: text,
    tags: listOf(text),
    deprecated: flag,
    externalDocs: readExternalDocs,
    security: readSecurity,
    servers: readServers,
    parameters: listOf(readParameter),
    requestBody: readRequestBody,
    responses: readResponses,
    callbacks: mapOf(readCallback),
  };
  return finish<OperationObject>(readFields(node, fields, "an operation", context), node, context);
});

/** Reads a callback, whose path items may lead back to the one around it. */
const readCallback: Reader<Record<string, PathItemObject>> = inline("callback", (node, context) => {
  const callback: Record<string, PathItemObject> = {};
  for (const [expression, inner] of members(node)) {
    if (expression.startsWith("x-")) continue;
    const item = readPathItem(inner, context);
    if (item !== undefined) put(callback, expression, item);
  }
  return made(callback, node, context);
});
