import type { ServerResponse } from "node:http";
import type { Dispatch, DispatchOptions } from "../dispatch.js";
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

/** Answers a request; tells `false` when it leads to no operation and is to be passed on. Rejects with what breaks the answer off. */
export async function exchange(
  dispatch: Dispatch,
  { incoming, outgoing, skipped }: NodeExchange,
  options?: DispatchOptions,
): Promise<boolean> {
  const request = nodeIncoming(incoming, outgoing, skipped);
  if ("refused" in request) {
    outgoing.writeHead(request.refused).end();
    return true;
  }
  const answer = await dispatch(request, options);
  if (answer === undefined) return false;
  await sendAnswer(answer, incoming, outgoing);
  request.answered();
  return true;
}
