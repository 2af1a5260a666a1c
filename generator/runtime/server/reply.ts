import { statusNames } from "./status.js";

/** What a handler answers. */
export interface Reply {
  readonly status: number;
  /** Default: the first media type of the response. */
  readonly contentType?: string | undefined;
  readonly headers?: { readonly [name: string]: unknown } | undefined;
  readonly body?: unknown;
}

/** What a reply has beside its status and body. */
export type ReplyInit = Pick<Reply, "contentType" | "headers">;

type Named = {
  readonly [S in keyof typeof statusNames as (typeof statusNames)[S]]: (
    body?: unknown,
    init?: ReplyInit,
  ) => Reply;
};

/** Makes replies: `reply.ok(body)`, `reply.notFound(body, { headers })`, `reply(418, body)`. What it may make is typed by operation. */
export const reply: Named & ((status: number, body?: unknown, init?: ReplyInit) => Reply) = Object.assign(
  makeReply,
  // The names are those of the table; fromEntries cannot tell.
  Object.fromEntries(
    Object.entries(statusNames).map(([status, name]) => [
      name,
      (body?: unknown, init?: ReplyInit) => makeReply(Number(status), body, init),
    ]),
  ) as Named,
);

function makeReply(status: number, body?: unknown, init: ReplyInit = {}): Reply {
  return { ...init, status, ...(body === undefined ? {} : { body }) };
}
