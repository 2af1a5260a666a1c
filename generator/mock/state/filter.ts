import type { ApiModel } from "../../model/api-model.ts";
import type { Schema } from "../../openapi/shapes.ts";
import { type Asked, isRecord } from "../exchange.ts";
import { isValid, propertyOf } from "./fit.ts";
import type { Paging } from "./paging.ts";

/**
 * The items that a request asks for by the members that its query names: `?status=sold`. Where none has the value, none is left if it is
 * one of a few that the member may have, a constant or a boolean; else all stay, since `?state=all` is no state.
 */
export function filtered<Item extends { readonly row: unknown }>(
  model: ApiModel,
  { operation, query, url }: Asked,
  paging: Paging | undefined,
  items: readonly Item[],
  schema: Schema | undefined,
): readonly Item[] {
  let left = items;
  for (const { name, in: place } of operation.parameters) {
    const value = place === "query" && name !== paging?.start?.name && name !== paging?.limit ? query[name] : undefined;
    const wanted = (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined && one !== "");
    if (wanted.length === 0 || !wanted.every((one) => ["string", "number", "boolean"].includes(typeof one))) continue;
    const found = left.filter(({ row }) => isRecord(row) && Object.hasOwn(row, name) && wanted.includes(row[name]));
    const member = schema === undefined ? undefined : propertyOf(model, schema, name);
    // What the document has for a default, nobody has asked for.
    const isAsked = (): boolean => new URL(url()).searchParams.has(name);
    if (found.length > 0 || (member !== undefined && wanted.some((one) => isOneOfFew(model, member, one)) && isAsked()))
      left = found;
  }
  return left;
}

function isOneOfFew(model: ApiModel, member: Schema, value: unknown): boolean {
  if (!isValid(model, member, value)) return false;
  // What has room for a text that nobody would write has room for any.
  return typeof value === "boolean" || !isValid(model, member, typeof value === "number" ? 0.123456 : "\u{1f9f6} none of these");
}
