import type { Operation, SharedPathParameter } from "./api-model.ts";
import { assignNames, valueIdentifier } from "./names.ts";
import { placeholdersOf } from "./parameters.ts";
import { clientOptions, objectMembers, reservedWords } from "./reserved.ts";

/**
 * The path parameters in the prefix that all paths have in common, in path order. No path may end with that prefix: what is
 * given once for all calls is where an API lives, not what a call speaks of.
 */
export function sharedPathParameters(operations: readonly Operation[]): SharedPathParameter[] {
  if (operations.length < 2) return [];
  const prefix = commonPrefix(operations.map((operation) => operation.path)).join("/");
  const names = placeholdersOf(prefix);
  const properties = assignNames(
    names.map((name) => ({ key: name, wanted: valueIdentifier(name) || "parameter" })),
    new Set([...clientOptions, ...objectMembers, ...reservedWords]),
    "Parameter",
  ).names;
  return names.flatMap((name) => {
    const parameter = operations[0]?.parameters.find((candidate) => candidate.in === "path" && candidate.name === name);
    return parameter === undefined ? [] : [{ name, property: properties.get(name) ?? name, parameter }];
  });
}

/** The segments that all paths start with, short of the whole of any. */
export function commonPrefix(paths: readonly string[]): string[] {
  const [first = [], ...rest] = paths.map(segmentsOf);
  let length = first.length - 1;
  for (const segments of rest) {
    length = Math.min(length, segments.length - 1);
    for (let index = 0; index < length; index += 1) {
      if (segments[index] !== first[index]) length = index;
    }
  }
  return first.slice(0, Math.max(length, 0));
}

/** The segments of a path that are not empty. */
export function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}
