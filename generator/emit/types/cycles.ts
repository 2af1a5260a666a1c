import type { ApiModel } from "../../model/api-model.ts";
import type { Schema } from "../../openapi/shapes.ts";

/**
 * The references that lead back to themselves without an object or an array between, each with all that are in the same
 * circle. Their types cannot be aliases of one another (TS2456).
 */
export function findCycles(model: ApiModel): ReadonlyMap<string, ReadonlySet<string>> {
  const edges = new Map(model.schemas.map(({ reference, schema }) => [reference, directReferences(schema)]));
  const cycles = new Map<string, ReadonlySet<string>>();
  for (const start of edges.keys()) {
    if (cycles.has(start) || edges.get(start)?.size === 0) continue;
    const members = reachable(edges, start);
    if (!members.has(start)) continue;
    const circle = new Set([...members].filter((member) => reachable(edges, member).has(start)));
    for (const member of circle) cycles.set(member, circle);
  }
  return cycles;
}

function reachable(edges: ReadonlyMap<string, ReadonlySet<string>>, start: string): ReadonlySet<string> {
  const found = new Set(edges.get(start) ?? []);
  for (const reference of found) for (const next of edges.get(reference) ?? []) found.add(next);
  return found;
}

/** The references that a schema's alias would name directly: its own, and those of its compositions and conditions. */
function directReferences(schema: Schema, found = new Set<string>()): Set<string> {
  if (typeof schema === "boolean" || schema.const !== undefined || schema.enum !== undefined) return found;
  if (schema.$ref !== undefined) found.add(schema.$ref);
  const { allOf = [], anyOf = [], oneOf = [], dependentSchemas = {} } = schema;
  const conditions = [schema.not, schema.if, schema.then, schema.else].filter((condition) => condition !== undefined);
  for (const member of [...allOf, ...anyOf, ...oneOf, ...conditions, ...Object.values(dependentSchemas)])
    directReferences(member, found);
  return found;
}
