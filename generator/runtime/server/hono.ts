import { responseOf } from "./answer.js";
import { dispatchOf, type Router } from "./dispatch.js";
import { incomingOf } from "./incoming.js";
import { dispatchOptions, type MountOptions, segmentsIn } from "./mount.js";

/** What is used of the context of Hono 4. */
export interface HonoContext {
  readonly req: {
    readonly raw: Request;
    readonly method: string;
    arrayBuffer(): Promise<ArrayBuffer>;
  };
  header(name: string, value: string, options: { readonly append: true }): void;
}

/** How a router stands in Hono. */
export interface HonoOptions extends MountOptions {
  /** What stands before the paths of the document: that of `app.use("/api/*", …)` is `/api`. Default: nothing. */
  readonly prefix?: string;
}

/**
 * Makes a handler or middleware of a router or a receiver: `app.use("/api/*", toHono(router, { prefix: "/api" }))`. A body that was read
 * by `context.req.json()` and its like before is read again. Without options, `app.mount("/api", router)` does the same.
 */
export function toHono(
  router: Router,
  { prefix = "", ...options }: HonoOptions = {},
): (context: HonoContext, next: () => Promise<void>) => Promise<Response | void> {
  const dispatch = dispatchOf(router);
  const how = dispatchOptions(router, options);
  const skipped = segmentsIn(prefix);
  return async (context, next) => {
    const { req } = context;
    const answer = await dispatch(incomingOf(req.raw, { skipped, reread: () => req.arrayBuffer() }), how);
    if (answer === undefined) return next();
    // Where a middleware has set cookies before, Hono puts those that the context knows in the place of the response's.
    for (const [index, name] of answer.fields.entries())
      if (index % 2 === 0 && name.toLowerCase() === "set-cookie")
        context.header("Set-Cookie", answer.fields[index + 1] ?? "", { append: true });
    return responseOf(answer, req.method);
  };
}
