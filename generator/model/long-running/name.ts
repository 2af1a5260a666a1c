import type { Operation } from "../api-model.ts";
import { valueIdentifier } from "../names.ts";
import { clientMembers, objectMembers } from "../reserved.ts";

/** What is wrong with the name of a method beside an operation's own; `undefined`: nothing. */
export function nameFault(name: unknown, operation: Operation, operations: readonly Operation[]): string | undefined {
  if (typeof name !== "string" || name === "") return 'x-triad-long-running has no "name"';
  if (valueIdentifier(name) !== name || objectMembers.has(name)) return `"${name}" cannot be the name of a method`;
  const chain = operation.resource;
  const beside = operations.filter(({ resource }) => chain.every((one, index) => one === resource[index]));
  const taken = beside.some(
    (other) =>
      (other.resource.length === chain.length ? other.action : other.resource[chain.length]) === name ||
      (other !== operation && other.resource.length === chain.length && methodOf(other) === name),
  );
  if (taken || (chain.length === 0 && clientMembers.has(name)))
    return `"${name}" is the name of another member of the client there`;
  return undefined;
}

function methodOf({ extensions }: Operation): unknown {
  const value = extensions["x-triad-long-running"];
  return typeof value === "object" && value !== null && "name" in value ? value.name : undefined;
}
