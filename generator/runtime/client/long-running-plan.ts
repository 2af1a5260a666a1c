import type { OperationDescriptor } from "../operation.js";
import { LongRunningError } from "./long-running-errors.js";
import type { CallParts } from "./options.js";
import type { ValueAt } from "./select.js";
import type { Bodies, BodyAt, Responses } from "./types.js";
import type { Wire } from "./wire.js";

/** The keys that lead to a value in a body. */
type Place = readonly string[];

/** How an operation is followed to its end. */
export interface LongRunningPlan {
  readonly operation: OperationDescriptor;
  /** How it departs from the plain way. */
  readonly wire?: readonly Wire[];
  /** The member of the body that is given apart. Absent: the whole body is. */
  readonly argument?: string;
  /** The members of the body that may stand among the options. */
  readonly members: readonly string[];
  /** Members of the body, unless others are given. */
  readonly start: { readonly [member: string]: unknown };
  /** What only an answer of 202 with an old result has. */
  readonly stale?: Place;
  readonly status: FollowUp & {
    readonly complete: Place;
    readonly error?: Place;
    readonly errorMessage?: Place;
    readonly progress?: Place;
    readonly result: Place;
  };
  readonly cancel?: FollowUp;
}

/** Another operation and its parameters by location: a constant, a value of the 202 answer, a path parameter of the start. */
export interface FollowUp {
  readonly operation: OperationDescriptor;
  readonly wire?: readonly Wire[];
  readonly parameters: {
    readonly [location: string]: {
      readonly [name: string]:
        { readonly constant: unknown } | { readonly answer: Place } | { readonly path: string };
    };
  };
}

/** What can be set for a call that is followed to its end, beside what can be set for any call. */
export interface FollowOptions<Result, Progress> {
  /** Milliseconds from the start to the result. Default: no limit. The operation is cancelled when they are over. */
  readonly timeout?: number | undefined;
  /** Milliseconds between two questions. Default: 250, then half as long again each time, up to 5000. */
  readonly pollInterval?: number | undefined;
  /** Told the figures of the progress, each time the server gives some. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Told an old result, when the server has one, while the new one is computed. */
  readonly onStale?: ((result: Result) => void) | undefined;
}

/**
 * The members of a body that stand among the options: not the argument, nor what has the name of another option. Those that are
 * sent anyhow, `Start`, may be left out.
 */
export type RestOfBody<Body, Argument, Start, Options> = {
  [Member in keyof Body as Member extends Start | Taken<Argument, Options> ? never : Member]: Body[Member];
} & {
  [
    Member in keyof Body as Member extends Taken<Argument, Options>
      ? never
      : Member extends Start
        ? Member
        : never
  ]?: Body[Member];
};
type Taken<Argument, Options> = Argument | keyof Options | keyof FollowOptions<never, never>;

/** The bodies of the successes that are no 202. */
export type FinalBody<Operation> = BodyAt<Responses<Operation>, FinalKey<keyof Responses<Operation>>>;
type FinalKey<Key> = Key extends 202
  ? never
  : Key extends number | string
    ? `${Key}` extends `2${string}`
      ? Key
      : never
    : never;

/** What stands at a place in the body of an operation's success. */
export type ValueOf<Operation, Path> = NonNullable<ValueAt<Bodies<Operation>["success"], Path>>;

/** The parameters of another operation. Throws a LongRunningError when the 202 answer lacks one. */
export function followUpParts(
  { plan, parts }: { readonly plan: LongRunningPlan; readonly parts: CallParts },
  { parameters }: FollowUp,
  first: unknown,
): CallParts {
  const located = Object.entries(parameters).map(([location, values]) => {
    const named = Object.entries(values).map(([name, value]): [string, unknown] => {
      if ("constant" in value) return [name, value.constant];
      if ("path" in value) return [name, parts.path?.[value.path]];
      const told = valueAt(first, value.answer);
      if (told === undefined || told === null)
        throw new LongRunningError(
          { operation: plan.operation, status: 202, body: first },
          `${nameOf(plan.operation)} answered 202 without "${value.answer.join(".")}", so it cannot be followed.`,
        );
      return [name, told];
    });
    return [location, Object.fromEntries(named)];
  });
  return partsOf(Object.fromEntries(located));
}

/** The value at a place; `undefined` when there is none. */
export function valueAt(body: unknown, place: Place): unknown {
  let value = body;
  for (const key of place) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as { readonly [key: string]: unknown })[key]; // It has the key.
  }
  return value;
}

/** The parts of a request; those that are not given are `undefined`. */
export function partsOf(parts: Partial<CallParts>): CallParts {
  return {
    path: undefined,
    query: undefined,
    header: undefined,
    cookie: undefined,
    body: undefined,
    contentType: undefined,
    ...parts,
  };
}

/** What messages call an operation: `POST /query`. */
export function nameOf({ method, path }: OperationDescriptor): string {
  return `${method} ${path}`;
}
