import type { OperationDescriptor, RequestParts } from "../operation.js";
import type { StandardIssue } from "../standard-schema.js";
import type { EncodedBody } from "../wire/encode-body.js";
import type { Attempts } from "./attempts.js";
import type { Credential, SecuritySchemeDescriptor } from "./auth.js";
import type { DeprecationNotice } from "./deprecation.js";
import type { HooksOption } from "./hooks.js";
import type { ServerChoice } from "./server-url.js";
import type { Features } from "./wire.js";

/** A `fetch` of one's own: what the client calls, with a URL and an init. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Headers by name; `null` takes a header away that would be sent otherwise, `undefined` leaves it as it is. */
export type HeadersOption =
  Headers | { readonly [name: string]: string | number | boolean | null | undefined };

/** Which body of which operation. */
export interface BodyPlace {
  readonly operation: OperationDescriptor;
  /** The status as the document has it: `200`, `4XX`, `default`. */
  readonly status: string;
  /** The media type as the document has it. */
  readonly mediaType: string;
}

/** What checks the bodies of answers; see `createValidation` of the output, and `validateWith` for schemas of another library. */
export interface Validation {
  (place: BodyPlace, body: unknown): readonly StandardIssue[] | Promise<readonly StandardIssue[]>;
  /** Checks the body of a request, as it is about to be sent; what it throws, the call throws. Absent: nothing is checked. */
  readonly request?: (operation: OperationDescriptor, body: EncodedBody) => Promise<void>;
}

/** How one client speaks to its server. */
export interface CoreConfig {
  /** The URL up to the paths, its own path prefix included: `https://example.com/api/v1`. */
  readonly baseUrl: string;
  /** Lets operations go to servers of their own. Absent: every operation goes to `baseUrl`. */
  readonly servers?: ServerChoice | undefined;
  /** Default: `globalThis.fetch`, looked up at each call. */
  readonly fetch?: Fetch | undefined;
  /** Sent with every request; a function is asked each time. */
  readonly headers?: HeadersOption | (() => HeadersOption | Promise<HeadersOption>) | undefined;
  /** Milliseconds for a whole call: all attempts, the waits between them and the body. Default: no limit. */
  readonly timeout?: number | undefined;
  /** How a request is tried: `withRetries`, which heeds the next three options. Default of `createCore`: once, without them. */
  readonly attempts?: Attempts | undefined;
  /**
   * How often a request is sent again, at most, after a status of 408, 409, 429 or 5xx, or no answer. Only where that is safe: the method
   * is idempotent (RFC 9110, §9.2.2), or the request has an idempotency key; never a body that is a stream. `x-should-retry` of
   * an answer, `true` or `false`, decides instead. The wait is what `retry-after-ms` or `Retry-After` ask for, at most 60 s; else random,
   * up to 0.5 s, then twice as much each time, up to 8 s. No attempt is made that `timeout` leaves no time to wait for. Default: 2.
   */
  readonly maxRetries?: number | undefined;
  /** Milliseconds for each attempt until the head of its answer; a retry may follow. Default: no limit but `timeout`. */
  readonly attemptTimeout?: number | undefined;
  /** Milliseconds that a stream of items may be silent, until a TimeoutError ends it. Default: no limit. */
  readonly idleTimeout?: number | undefined;
  readonly hooks?: HooksOption | undefined;
  /** What it does besides. A core of `createCore` has all of it. */
  readonly features?: readonly Features[] | undefined;
  /**
   * Told once of each operation whose answer has a `Deprecation` or `Sunset` header; what it throws, the call throws. Default:
   * a warning on the console, where there is one. `null` turns it off.
   */
  readonly onDeprecation?: ((notice: DeprecationNotice) => void) | null | undefined;
  /** Checks the bodies of answers, before they are given. Default: they are taken at their word. */
  readonly validation?: Validation | undefined;
  /** Credentials by the key of their security scheme. */
  readonly auth?: { readonly [scheme: string]: Credential | undefined } | undefined;
  readonly securitySchemes?: { readonly [scheme: string]: SecuritySchemeDescriptor } | undefined;
  /** Path parameters that are given once: the option's property by the parameter's name, and the value for all calls. */
  readonly shared?:
    { readonly [parameter: string]: { readonly property: string; readonly value: unknown } } | undefined;
}

/** What can be set for one call. */
export interface CallOptions {
  /** Ends the call with an AbortError, whatever it is doing. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call: all attempts, the waits between them and the body. Default: the client's. */
  readonly timeout?: number | undefined;
  /** Milliseconds for each attempt until the head of its answer. Default: the client's. */
  readonly attemptTimeout?: number | undefined;
  /** How often the request is sent again, at most. Default: the client's. */
  readonly maxRetries?: number | undefined;
  /**
   * Sent with every attempt, so that the server can tell another attempt from another request, and any method may be tried again. The
   * header is `Idempotency-Key`, or as the document spells it. Default: a random one, where the document declares the header.
   */
  readonly idempotencyKey?: string | undefined;
  /** Milliseconds that a stream of items may be silent, until a TimeoutError ends it. Default: the client's. */
  readonly idleTimeout?: number | undefined;
  /** In place of the client's; `null`: nothing is checked. */
  readonly validation?: Validation | null | undefined;
  /** Asked after the client's. */
  readonly hooks?: HooksOption | undefined;
  /** Added to the client's, or put in their place. */
  readonly headers?: HeadersOption | undefined;
  /** Default: the client's. */
  readonly fetch?: Fetch | undefined;
}

/** RequestParts, whose members may also be `undefined`, as optional arguments are. */
export type CallParts = { readonly [Part in keyof RequestParts]: RequestParts[Part] | undefined };
