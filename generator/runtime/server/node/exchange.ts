import type { ServerResponse } from "node:http";
import type { Dispatch, DispatchOptions } from "../dispatch.js";
import { type Soon, soon } from "../soon.js";
import { sendAnswer } from "./send.js";
import { nodeIncoming, type NodeRequest } from "./incoming.js";

export { nodeIncoming, type NodeRequest } from "./incoming.js";
export { cutOff, unfolded } from "./send.js";
export type { ServerResponse as NodeResponse } from "node:http";

/** A request of `node:http` and where its answer goes. */
export interface NodeExchange {
  readonly incoming: NodeRequest;
  readonly outgoing: ServerResponse;
  /** How many segments of the path stand before those of the router. Default: none. */
  readonly skipped?: number;
}

/** Answers a request; tells `false` when it leads to no operation and is to be passed on. Fails with what breaks the answer off. */
export function exchange(
  dispatch: Dispatch,
  { incoming, outgoing, skipped }: NodeExchange,
  options?: DispatchOptions,
): Soon<boolean> {
  const request = nodeIncoming(incoming, outgoing, skipped);
  if ("refused" in request) {
    outgoing.writeHead(request.refused).end();
    return true;
  }
  return soon(dispatch(request, options), (answer) =>
    answer === undefined
      ? false
      : soon(sendAnswer(answer, incoming, outgoing), () => {
          request.answered();
          return true;
        }),
  );
}
