/**
 * Operations that have one method and one URL. What tells them apart is a parameter that each of them requires with a value of its
 * own, as RPC over HTTP has it: `POST /#X-Amz-Target=Logs.CreateLogGroup` with a header `X-Amz-Target` that is always `Logs.CreateLogGroup`.
 */
import type { Document } from "../openapi/document.ts";
import type { Schema } from "../openapi/shapes.ts";
import type { ApiModel, Operation, Parameter, Tell } from "./api-model.ts";
import { type Building, defined } from "./building.ts";
import { compareText } from "./names.ts";
import { routeOf } from "./route.ts";

/** Adds to operations that share a route what tells them apart, and reports those that nothing tells from one whose name comes first. */
export function tellApart(building: Building, operations: readonly Operation[]): Operation[] {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const key = routeKey(operation);
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  const told = new Map<Operation, Operation>();
  for (const group of groups.values())
    if (group.length > 1) for (const [operation, apart] of tellGroup(building, group)) told.set(operation, apart);
  return operations.map((operation) => told.get(operation) ?? operation);
}

/** Whether a request with another value there would be one of another operation. */
export function tells({ tells: all = [] }: Operation, { in: place, name }: Parameter): boolean {
  const key = place === "header" ? name.toLowerCase() : name;
  return all.some((tell) => tell.in === place && tell.name === key);
}

/** Whether the path with this value is one that another operation has word by word, and gets: `/pets/mine` beside `/pets/{id}`. */
export function isLiteralElsewhere(
  { operations }: Pick<ApiModel, "operations">,
  { path }: Operation,
  name: string,
  value: unknown,
): boolean {
  const segments = routeOf(path).path.split("/");
  const place = segments.indexOf(`{${name}}`);
  return place !== -1 && wordsOf(operations).has(wordKey(segments.length, place, String(value)));
}

/** The segments of all paths, by how many there are and by their place; asked for with every value of every parameter. */
function wordsOf(operations: readonly Operation[]): ReadonlySet<string> {
  const known = words.get(operations);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const { path } of operations) {
    const segments = routeOf(path).path.split("/");
    for (const [place, segment] of segments.entries()) found.add(wordKey(segments.length, place, segment));
  }
  words.set(operations, found);
  return found;
}

const words = new WeakMap<readonly Operation[], ReadonlySet<string>>();

function wordKey(length: number, place: number, segment: string): string {
  return `${length} ${place} ${segment}`;
}

/** The names of placeholders tell nothing apart (OpenAPI 3.1, §4.8.8.2), and a fragment never leaves the client. */
function routeKey({ method, path }: Operation): string {
  const route = routeOf(path);
  return `${method} ${route.path.replace(/\{[^{}]*\}/g, "{}")}?${route.query ?? ""}`;
}

function tellGroup(building: Building, group: readonly Operation[]): Map<Operation, Operation> {
  // As the router has them: no order of the document counts.
  const sorted = [...group].sort((one, other) => compareText(one.name, other.name));
  const all = new Map(sorted.map((operation) => [operation, tellsOf(building.document, operation)]));
  const told = new Map<Operation, Operation>();
  const first = new Map<string, Operation>();
  for (const [operation, tells] of all) {
    // What every operation of the group has alike tells nothing.
    const own = tells.filter((tell) => ![...all.values()].every((others) => others.some((other) => sameTell(tell, other))));
    const key = JSON.stringify(own.map(({ in: place, name, value }) => [place, name, value]).sort());
    const other = first.get(key);
    if (other === undefined) first.set(key, operation);
    else report(building, operation, other);
    told.set(operation, {
      ...operation,
      ...defined({ tells: own.length === 0 ? undefined : own, shadowedBy: other?.id }),
    });
  }
  return told;
}

function report(building: Building, operation: Operation, other: Operation): void {
  const method = operation.method.toUpperCase();
  building.diagnostics.report(
    "route-shared",
    operation.at,
    { method, path: operation.path, other: other.path },
    { atKey: true, related: [{ at: other.at, message: `${method} "${other.path}" is here` }] },
  );
}

function tellsOf(document: Document, operation: Operation): Tell[] {
  return operation.parameters.flatMap((parameter): Tell[] => {
    const value = onlyText(document, parameter);
    if (value === undefined || (parameter.in !== "header" && parameter.in !== "query")) return [];
    return [{ in: parameter.in, name: parameter.in === "header" ? parameter.name.toLowerCase() : parameter.name, value }];
  });
}

/** The one text that a parameter always has. */
function onlyText(document: Document, { required, schema, serialization }: Parameter): string | undefined {
  if (!required || serialization.kind !== "style") return undefined;
  const value = onlyValue(document, schema);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function onlyValue(document: Document, schema: Schema): unknown {
  if (typeof schema === "boolean") return undefined;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum.length === 1 ? schema.enum[0] : undefined;
  return schema.$ref === undefined ? undefined : onlyValue(document, document.resolve(schema.$ref).schema);
}

function sameTell(one: Tell, other: Tell): boolean {
  return one.in === other.in && one.name === other.name && one.value === other.value;
}
