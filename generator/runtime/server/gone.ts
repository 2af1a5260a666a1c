import type { Incoming } from "./incoming.js";

/** What the body of a request breaks off with when the caller has gone away before its end. */
export class GoneAway extends Error {
  override readonly name: string = "AbortError";

  constructor() {
    super("The caller has gone away.");
  }
}

/** Whether something was thrown for no other reason than that the caller has gone away: nothing is wrong with the server then. */
export function isGone(error: unknown, incoming: Incoming): boolean {
  if (error instanceof GoneAway) return true;
  return error instanceof Error && error.name === "AbortError" && incoming.signal.aborted;
}
