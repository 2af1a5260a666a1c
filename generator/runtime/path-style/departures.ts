/** What the document says of an operation beyond the default styles: options of its own, which a call can still override. */
import type { MiddlewareRequestParams, PathSerializer } from "./options.js";

/** A body as it travels, with its media type; without one, `fetch` names it. */
export interface EncodedBody {
  readonly body: BodyInit;
  readonly contentType?: string;
}

/** How an operation departs from the default styles. */
export interface Departure {
  /** Its own server. */
  readonly baseUrl?: string;
  readonly pathSerializer?: PathSerializer;
  readonly querySerializer?: (query: { readonly [name: string]: unknown }) => string;
  /** What header and cookie parameters are sent as. */
  readonly headers?: (params: MiddlewareRequestParams) => Headers;
  /** Writes the body in the media type that the headers name, or in the first of the document. */
  readonly body?: (body: unknown, headers: Headers) => EncodedBody;
  /** Reads the body of a success by its media type. */
  readonly answer?: (response: Response) => Promise<unknown>;
  /** Reads the body of a failure, whose text has been read; `undefined` leaves it as it is without. */
  readonly failure?: (text: string, response: Response) => Promise<unknown>;
}

/** Departures by method and path: `"GET /things/{id}"`. */
export interface Departures {
  readonly [operation: string]: Departure;
}

/** What a document says that `paths` cannot. */
export interface DocumentFacts {
  /** The URL of its first server. */
  readonly baseUrl?: string;
  readonly departures?: Departures;
}
