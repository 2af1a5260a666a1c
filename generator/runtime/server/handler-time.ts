/** What `signal` aborts with, and what `onError` is told, when a handler has not answered in its time. The caller is told 503. */
export class HandlerTimeout extends Error {
  override readonly name: string = "TimeoutError";

  constructor(milliseconds: number) {
    super(`The handler has not answered in ${milliseconds} ms.`);
  }
}

type Handler = (input: object) => unknown;

/**
 * A handler that has a time to answer in. After it, the signal of its input aborts, and what is returned rejects with a HandlerTimeout;
 * whatever the handler makes later is let go of, be it a reply or an error.
 */
export function inTime(handler: Handler, milliseconds: number = Infinity): Handler {
  if (milliseconds === Infinity) return handler;
  return (input) =>
    new Promise<unknown>((resolve, reject) => {
      const abort = abortWith(Reflect.get(input, "signal"));
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        const timeout = new HandlerTimeout(milliseconds);
        reject(timeout);
        abort.abort(timeout);
      }, milliseconds);
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        end();
      };
      Object.defineProperty(input, "signal", { value: abort.signal, enumerable: true });
      void call(handler, input).then(
        (reply) => settle(() => (isLate ? letGo(reply) : resolve(reply))),
        (error: unknown) => settle(() => reject(error)),
      );
    });
}

async function call(handler: Handler, input: object): Promise<unknown> {
  return handler(input);
}

// Not AbortSignal.any: several versions of Node keep what it makes.
function abortWith(signal: unknown): AbortController {
  const abort = new AbortController();
  if (!(signal instanceof AbortSignal)) return abort;
  const follow = (): void => abort.abort(signal.reason);
  if (signal.aborted) follow();
  else signal.addEventListener("abort", follow, { once: true });
  return abort;
}

// The source of a body that nobody will read is stopped.
function letGo(reply: unknown): void {
  if (typeof reply !== "object" || reply === null || !("body" in reply)) return;
  const { body } = reply;
  if (body instanceof ReadableStream) body.cancel().catch(() => undefined);
  else if (typeof body === "object" && body !== null && "return" in body && typeof body.return === "function")
    void call(() => Reflect.apply(body.return as () => unknown, body, []), {}).catch(() => undefined);
}
