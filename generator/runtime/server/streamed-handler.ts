const mark: unique symbol = Symbol("streamed");

/** Marks a handler that reads a multipart or binary body itself, while it arrives. */
export function markStreamed<Handler extends object>(handler: Handler): Handler {
  return Object.defineProperty(handler, mark, { value: true });
}

/** Whether a handler reads its body itself. */
export function isStreamed(handler: unknown): boolean {
  return typeof handler === "function" && mark in handler;
}
