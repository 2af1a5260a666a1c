import type { OperationDescriptor } from "../operation.js";
import type { CallParts } from "./options.js";

/** Sorts named parameters by their location. What is not declared goes to the query, whose encoder refuses it by name. */
export function byLocation(
  operation: OperationDescriptor,
  named: { readonly [name: string]: unknown } = {},
): Pick<CallParts, "query" | "header" | "cookie"> {
  const within = (location: "query" | "header" | "cookie"): { readonly [name: string]: unknown } =>
    Object.fromEntries(Object.entries(named).filter(([name]) => locationOf(operation, name) === location));
  return { query: within("query"), header: within("header"), cookie: within("cookie") };
}

function locationOf(operation: OperationDescriptor, name: string): "query" | "header" | "cookie" {
  const parameter = operation.parameters?.find((one) => one.in !== "path" && one.name === name);
  return parameter?.in === "header" || parameter?.in === "cookie" ? parameter.in : "query";
}
