/** What documents say beyond OpenAPI, as the emitters read it: docs/extensions.md. Types only. */
import type { Json, ParameterIn, Schema } from "../openapi/shapes.ts";

/** How an operation is followed to its end: docs/extensions.md. Places are keys that lead there from a body. */
export interface LongRunning {
  /** The identifier of the method. */
  readonly name: string;
  /** The member of the request's body that the method takes first. Absent: all of the body. */
  readonly argument?: string;
  /** Members of the body that send it to the background. */
  readonly start: Readonly<Record<string, Json>>;
  /** What only a 202 with an old result has. */
  readonly stale?: readonly string[];
  readonly status: FollowUp & {
    readonly complete: readonly string[];
    readonly error?: readonly string[];
    readonly errorMessage?: readonly string[];
    readonly progress?: readonly string[];
    readonly result: readonly string[];
  };
  readonly cancel?: FollowUp;
}

/** Another operation, called with what the answer to the first tells. */
export interface FollowUp {
  /** Its `Operation.id`. */
  readonly id: string;
  /** Its `Operation.name`. */
  readonly operation: string;
  readonly parameters: readonly FollowUpParameter[];
}

export interface FollowUpParameter {
  readonly name: string;
  readonly in: ParameterIn;
  /** A constant, the keys to a value in the body of the first answer, or a path parameter of the first request. */
  readonly value: { readonly constant: Json } | { readonly answer: readonly string[] } | { readonly path: string };
}

/** The schema of a body by a value in the request: docs/extensions.md. */
export interface Selection {
  /** The keys that lead to the value from the body of the request. */
  readonly by: readonly string[];
  /** Values, as text, to their schemas; `false`: with that value the status does not come. */
  readonly mapping: ReadonlyMap<string, Schema>;
  /** The schema for all other values. */
  readonly default: Schema;
  /** The value, as text, that counts when the request leaves it out. */
  readonly absent?: string;
}
