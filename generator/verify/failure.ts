import type { Location } from "../diagnostics/location.ts";

/** What the law holds against each other. */
export type Artefact = "client" | "server" | "fixtures" | "document";

/** Where in a request or a response something is wrong. */
export interface FailurePlace {
  readonly in: "path" | "query" | "header" | "cookie" | "querystring" | "body" | "response" | "responseHeader" | "operation";
  /** The parameter or header. */
  readonly name?: string;
  /** JSON Pointer into the value. */
  readonly pointer: string;
  /** Of a response. */
  readonly status?: number;
  /** Of the body. */
  readonly mediaType?: string;
}

/** What is wrong, as it is found: on whatever thread. */
export interface Finding {
  /** The two that disagree. */
  readonly between: readonly [Artefact, Artefact];
  /** In which exchange: `200 application/json`, or the name of an invalid request. */
  readonly exchange: string;
  /** What is wrong, in words, with the value. */
  readonly message: string;
  readonly place: FailurePlace;
  /** The value that was wanted and the one that came, as JSON that is cut where it is long. */
  readonly expected?: string;
  readonly actual?: string;
}

/** A breach of the law, with its place in the document. */
export interface Failure extends Finding {
  readonly at: Location;
}

/** A failure on one line. */
export function describeFinding({ between, exchange, message }: Finding): string {
  return `${exchange} · ${between.join(" ≠ ")}: ${message}`;
}
