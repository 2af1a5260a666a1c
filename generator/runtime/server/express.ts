import { dispatchOf, type Router } from "./dispatch.js";
import { dispatchOptions, type MountOptions } from "./mount.js";
import { exchange, type NodeRequest, type NodeResponse } from "./node/exchange.js";

/** A middleware of Express 5, and of everything else that takes those of Connect. */
export type ExpressHandler = (
  incoming: NodeRequest,
  outgoing: NodeResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Makes a middleware of a router or a receiver: `app.use("/api", toExpress(router))`. The paths of the document stand below the path of
 * `use`. Bodies that `express.json()`, `express.text()` or `express.raw()` have read before are taken from them; of a form that was
 * parsed before nobody can tell what was sent, and it is answered 500.
 */
export function toExpress(router: Router, options: MountOptions = {}): ExpressHandler {
  const dispatch = dispatchOf(router);
  const how = dispatchOptions(router, options);
  return (incoming, outgoing, next) => {
    // Not at once: what is thrown is a rejection.
    const answering = async (): Promise<boolean> => exchange(dispatch, { incoming, outgoing }, how);
    answering().then(
      (answered) => {
        if (!answered) next();
      },
      (error: unknown) => {
        if (how.errors === "throw" && !outgoing.headersSent) next(error);
        else outgoing.destroy();
      },
    );
  };
}
