import type { OperationDescriptor, RequestParts } from "../operation.js";
import { acceptsOf } from "./accepts.js";
import type { Incoming } from "./incoming.js";
import { reply } from "./reply.js";
import type { Principals } from "./security.js";

/** What handlers are given; the generated code gives it in types. The request and its signal are made when they are looked at. */
export function handlerInput(
  operation: OperationDescriptor,
  incoming: Incoming,
  parts: RequestParts,
  security: Principals | undefined,
  context: unknown,
): object {
  return new HandlerInput(operation, incoming, parts, security, context);
}

// A class, and not a literal that gets its getters by `lazily`, since one is made for every request: it costs half as much.
class HandlerInput {
  readonly path: RequestParts["path"];
  readonly query: RequestParts["query"];
  readonly headers: RequestParts["header"];
  readonly cookies: RequestParts["cookie"];
  readonly body: unknown;
  readonly contentType: string | undefined;
  readonly context: unknown;
  readonly security: Principals | undefined;
  readonly operation: OperationDescriptor;
  readonly reply = reply;
  readonly accepts: ReturnType<typeof acceptsOf>;
  readonly #incoming: Incoming;

  constructor(
    operation: OperationDescriptor,
    incoming: Incoming,
    { path, query, header, cookie, body, contentType }: RequestParts,
    security: Principals | undefined,
    context: unknown,
  ) {
    this.path = path;
    this.query = query;
    this.headers = header;
    this.cookies = cookie;
    this.body = body;
    this.contentType = contentType;
    this.context = context;
    this.security = security;
    this.operation = operation;
    this.accepts = acceptsOf(incoming);
    this.#incoming = incoming;
    // Its own members, so that a copy with `...` has them too.
    Object.defineProperty(this, "request", HandlerInput.#request);
    Object.defineProperty(this, "signal", HandlerInput.#signal);
  }

  static readonly #request = {
    get(this: HandlerInput): Request {
      return this.#incoming.request;
    },
    enumerable: true,
    configurable: true,
  };

  static readonly #signal = {
    get(this: HandlerInput): AbortSignal {
      return this.#incoming.signal;
    },
    enumerable: true,
    configurable: true,
  };
}
