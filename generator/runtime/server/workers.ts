import { responseOf } from "./answer.js";
import { dispatchOf, type Router } from "./dispatch.js";
import { incomingOf } from "./incoming.js";
import { dispatchOptions } from "./mount.js";

/** How a router stands in a Worker. */
export interface WorkerOptions<Env> {
  /** Answers what leads to no operation, such as `(request, env) => env.ASSETS.fetch(request)`. Default: 404. */
  readonly unmatched?: (request: Request, env: Env) => Response | Promise<Response>;
}

/** The default export of a module Worker. */
export interface Worker<Env> {
  fetch(request: Request, env: Env): Promise<Response>;
}

/**
 * Makes a Worker whose router needs what is bound to it: `export default toWorker((env: Env) => createRouter(handlers, { context: () =>
 * ({ db: env.DB }) }))`. The router is made with the first request of an isolate. One that needs nothing is a Worker as it is:
 * `export default { fetch: router }`.
 */
export function toWorker<Env extends object>(
  make: (env: Env) => Router,
  { unmatched }: WorkerOptions<Env> = {},
): Worker<Env> {
  const routers = new WeakMap<Env, Router>();
  return {
    async fetch(request, env) {
      let router = routers.get(env);
      if (router === undefined) {
        router = make(env);
        routers.set(env, router);
      }
      const how = dispatchOptions(router, unmatched === undefined ? {} : { unmatched: "next" });
      const answer = await dispatchOf(router)(incomingOf(request), how);
      if (answer !== undefined) return responseOf(answer, request.method);
      return unmatched === undefined ? new Response(null, { status: 404 }) : unmatched(request, env);
    },
  };
}
