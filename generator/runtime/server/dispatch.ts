import { type Answer, responseOf } from "./answer.js";
import { type Incoming, incomingOf } from "./incoming.js";
import type { Soon } from "./soon.js";

/** A server by the Fetch standard. It never rejects. */
export interface Router {
  (request: Request): Promise<Response>;
  /** What adapters call in its stead, when they carry requests that are none of the Fetch standard. */
  readonly [direct]?: Dispatch;
}

/** The way from a request to its answer, whoever carries the two. */
export type Dispatch = (incoming: Incoming, how?: DispatchOptions) => Soon<Answer | undefined>;

/** What the framework around a router takes care of. */
export interface DispatchOptions {
  /** What becomes of a request that leads to no operation. Default: `answer`, 404; `pass` gives `undefined` in place of an answer. */
  readonly unmatched?: "answer" | "pass";
  /** What becomes of what a handler throws, where `onError` does not answer. Default: `answer`, 500; `throw` rejects with it. */
  readonly errors?: "answer" | "throw";
}

export const direct: unique symbol = Symbol("direct");

/** A router over a dispatch that never gives `undefined` or rejects unless it is asked to. */
export function routerOf(dispatch: Dispatch): Router {
  const router = async (request: Request): Promise<Response> => {
    const answer = await dispatch(incomingOf(request));
    return answer === undefined ? new Response(null, { status: 404 }) : responseOf(answer, request.method);
  };
  return Object.assign(router, { [direct]: dispatch });
}

/** The dispatch of a router; that of a function around one goes by way of Request and Response. */
export function dispatchOf(router: Router): Dispatch {
  return router[direct] ?? bridged(router);
}

function bridged(router: Router): Dispatch {
  return async ({ request }, { unmatched } = {}) => {
    if (unmatched === "pass")
      throw new TypeError(
        "What leads to no operation can be passed on only by a router as createRouter makes it.",
      );
    const response = await router(request);
    const fields = [...response.headers].flat();
    return { status: response.status, fields, body: response.body };
  };
}
