import { statusNames } from "./status.js";

/** What a handler answers. */
export interface Reply {
  readonly status: number;
  /** Default: the media type of the response; of several, that which the caller likes best. */
  readonly contentType?: string | undefined;
  /** The headers that are declared, as values: they are encoded as the document says. */
  readonly headers?: { readonly [name: string]: unknown } | undefined;
  /** Others, as they travel. */
  readonly extraHeaders?: ExtraHeaders | undefined;
  readonly body?: unknown;
}

/** Headers as they travel; a list is one field for each, as `Set-Cookie` needs. */
export type ExtraHeaders = { readonly [name: string]: string | readonly string[] };

/** What a reply has beside its status and body. */
export type ReplyInit = Pick<Reply, "contentType" | "headers" | "extraHeaders">;

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

function makeReply(status: number, body?: unknown, init?: ReplyInit): Reply {
  if (init !== undefined) return { ...init, status, ...(body === undefined ? {} : { body }) };
  return body === undefined ? { status } : { status, body };
}
