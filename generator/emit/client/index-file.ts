import { header } from "../text/header.ts";

/** The text of `index.ts`: the client, its errors and the types. */
export function indexFile(): string {
  return `${header}
export { createClient } from "./client.js";
export type { ApiCall, CallOptions, Client, ClientOptions } from "./client.js";
export { errors, isOperationError } from "./errors.js";
export type { OperationError } from "./errors.js";
export type * from "./types.js";
`;
}
