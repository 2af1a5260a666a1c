import type { RequestParts } from "../operation.js";
import type { Credential, SecuritySchemeDescriptor } from "./auth.js";
import type { DeprecationNotice } from "./deprecation.js";
import type { ServerChoice } from "./server-url.js";

/** A `fetch` of one's own: what the client calls, with a URL and an init. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Headers by name; `null` takes a header away that would be sent otherwise, `undefined` leaves it as it is. */
export type HeadersOption =
  Headers | { readonly [name: string]: string | number | boolean | null | undefined };

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
  /** Milliseconds for a whole call, the body included. Default: no limit. */
  readonly timeout?: number | undefined;
  /**
   * Told once of each operation whose answer has a `Deprecation` or `Sunset` header; what it throws, the call throws. Default:
   * a warning on the console, where there is one. `null` turns it off.
   */
  readonly onDeprecation?: ((notice: DeprecationNotice) => void) | null | undefined;
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
  /** Milliseconds for the whole call, the body included. Default: the client's. */
  readonly timeout?: number | undefined;
  /** Added to the client's, or put in their place. */
  readonly headers?: HeadersOption | undefined;
  /** Default: the client's. */
  readonly fetch?: Fetch | undefined;
}

/** RequestParts, whose members may also be `undefined`, as optional arguments are. */
export type CallParts = { readonly [Part in keyof RequestParts]: RequestParts[Part] | undefined };
