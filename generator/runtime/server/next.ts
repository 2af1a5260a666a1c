import { responseOf } from "./answer.js";
import { dispatchOf, type Router } from "./dispatch.js";
import { incomingOf } from "./incoming.js";
import { dispatchOptions, type MountOptions } from "./mount.js";

/** A route handler of Next.js. */
export type NextHandler = (request: Request) => Promise<Response>;

/** The route handlers of a file `route.ts`, by the methods that Next.js knows. */
export type NextHandlers = {
  readonly [Method in "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS"]: NextHandler;
};

/**
 * Makes the route handlers of a router or a receiver, for `app/api/[[...path]]/route.ts`:
 * `export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toNext(router)`. What stands before the paths of the document is the
 * option `basePath` of the router.
 */
export function toNext(router: Router, options: Pick<MountOptions, "errors"> = {}): NextHandlers {
  const dispatch = dispatchOf(router);
  const how = dispatchOptions(router, options);
  const handler: NextHandler = async (request) => {
    const answer = await dispatch(incomingOf(request), how);
    return answer === undefined ? new Response(null, { status: 404 }) : responseOf(answer, request.method);
  };
  return {
    GET: handler,
    HEAD: handler,
    POST: handler,
    PUT: handler,
    PATCH: handler,
    DELETE: handler,
    OPTIONS: handler,
  };
}
