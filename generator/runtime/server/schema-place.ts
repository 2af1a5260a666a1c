import type { OperationDescriptor } from "../operation.js";
import { escaped } from "../validation/report.js";
import type { WireProblem } from "../wire/errors.js";

/** The keys of schemas among the components, by the names of their types, where the two are not the same. */
export type SchemaKeys = { readonly [name: string]: string };

/** Of the parts of a router: what says how its schemas are called. */
export interface SchemaNames {
  /** Default: as their types are. */
  readonly schemaKeys?: SchemaKeys;
}

/**
 * A problem whose `schemaPath` starts at the root of the document: that of a schema without a name stands below a part of the operation.
 * Those of webhooks and callbacks, which are not found by their paths, have none.
 */
export function rooted<Problem extends WireProblem>(
  { path, method }: Pick<OperationDescriptor, "path" | "method">,
  part: string,
  problem: Problem,
): Problem {
  const { schemaPath = "#" } = problem;
  if (schemaPath.startsWith("#")) return problem;
  const root = `#/paths/${escaped(path)}/${method.toLowerCase()}${part}`;
  return { ...problem, schemaPath: path.startsWith("/") ? `${root}${schemaPath}` : undefined };
}

/** A problem whose `schemaPath` has the key of its schema, and not the name of its type. */
export function keyed<Problem extends WireProblem>(keys: SchemaKeys | undefined, problem: Problem): Problem {
  const [start, name = "", rest] =
    /^(#\/components\/schemas\/)([^/]+)(.*)$/s.exec(problem.schemaPath ?? "")?.slice(1) ?? [];
  const key = keys !== undefined && Object.hasOwn(keys, name) ? keys[name] : undefined;
  return key === undefined ? problem : { ...problem, schemaPath: `${start}${escaped(key)}${rest}` };
}
