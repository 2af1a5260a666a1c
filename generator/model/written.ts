import { child, type Location, pointerKeys } from "../diagnostics/location.ts";
import { suggest } from "../diagnostics/suggest.ts";

/** A value of an extension, and where it stands. */
export interface Written {
  readonly value: unknown;
  readonly at: Location;
}

/** The members of an object by name; `undefined` when the value is no object. */
export function membersOf({ value, at }: Written): ReadonlyMap<string, Written> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value).map(([name, member]) => [name, { value: member, at: child(at, name) }]));
}

/**
 * The keys that an expression leads by from a body: `$response.body#/a/b` is `["a", "b"]`, `$response.body` is `[]`; any other
 * text is `undefined`. See https://spec.openapis.org/oas/v3.1.1#runtime-expressions.
 */
export function bodyKeys(source: "$request.body" | "$response.body", value: unknown): readonly string[] | undefined {
  if (typeof value !== "string" || !value.startsWith(source)) return undefined;
  const rest = value.slice(source.length);
  if (rest === "" || rest === "#") return [];
  return rest.startsWith("#/") ? pointerKeys(rest.slice(1)) : undefined;
}

/** What to write in place of a member that nobody knows. */
export function memberCure(name: string, known: readonly string[]): string {
  const meant = suggest(name, known);
  return meant === undefined ? `write one of: ${known.join(", ")}` : `write "${meant}"`;
}
