/** Functions that a client or a call is watched with, and that may change what is sent and what comes back. */
export interface Hooks {
  /**
   * Before each attempt. May change `url` and `headers`; a Response that it returns is the answer, and nothing is sent. What it throws,
   * the call throws.
   */
  readonly onRequest?: ((context: RequestContext) => HookAnswer) | undefined;
  /**
   * After the head of each answer, of whatever status, also of those that another attempt follows. A Response that it returns takes
   * the place of the answer; whoever reads the body of `response` has to, or reads a clone. What it throws, the call throws.
   */
  readonly onResponse?: ((context: ResponseContext) => HookAnswer) | undefined;
  /** Before the wait for another attempt. What it throws, the call throws. */
  readonly onRetry?: ((context: RetryContext) => void | Promise<void>) | undefined;
  /**
   * When a call fails, once: a ConnectionError, a TimeoutError, an AbortError, an EncodeError, a DecodeError, an UnexpectedResponseError,
   * what a hook threw, and the error of a status of 400 and above, thrown or given by `result()`; not where the body is left alone, by
   * `asResponse()`. Not waited for.
   */
  readonly onError?: ((context: ErrorContext) => void) | undefined;
}

/** What a hook may give: a Response in the place of the answer. */
export type HookAnswer = Response | undefined | void | Promise<Response | undefined | void>;

/** What is known of a call from its start. */
export interface CallContext {
  /** The operationId. */
  readonly operationId: string;
  readonly method: string;
  /** The path template, as in the document. */
  readonly path: string;
  /** From 1 on; the same call counts on. */
  readonly attempt: number;
}

/** An attempt about to be sent. One object for each attempt, which all its hooks are given: something to keep a WeakMap by. */
export interface RequestContext extends CallContext {
  /** With what is secret in it; see `secrets`. */
  url: string;
  /** With what is secret in them; see `secrets`. */
  readonly headers: Headers;
  readonly body: BodyInit | undefined;
  /** Aborted when the call, or this attempt, is over its time or not wanted any more. */
  readonly signal: AbortSignal;
  /** The names of headers, cookies and parameters of the query that the document's security schemes send keys in; lower case. */
  readonly secrets: readonly string[];
}

/** An attempt that was answered. */
export interface ResponseContext extends RequestContext {
  readonly response: Response;
  /** Milliseconds from the start of the attempt to the head of its answer. */
  readonly duration: number;
}

/** An attempt that another one follows: it has a `response` or an `error`. */
export interface RetryContext extends RequestContext {
  readonly response?: Response | undefined;
  /** A ConnectionError, or the TimeoutError of the attempt. */
  readonly error?: unknown;
  /** Milliseconds from the start of the attempt to its end. */
  readonly duration: number;
  /** Milliseconds until the next attempt. */
  readonly delay: number;
}

/** A call that failed. The members of RequestContext are absent where it did not come to a request. */
export interface ErrorContext extends CallContext, Partial<Omit<RequestContext, keyof CallContext>> {
  readonly error: unknown;
  /** The last answer, if the error came after its head. */
  readonly response?: Response | undefined;
  /** Milliseconds from the start of the call. */
  readonly duration: number;
}

/** Hooks, or several: they are asked one after the other, those of the client before those of the call. */
export type HooksOption = Hooks | readonly Hooks[];

/** The hooks of a client and of a call, in their order. */
export function hooksOf(...options: readonly (HooksOption | undefined)[]): readonly Hooks[] {
  return options.flatMap((option) => option ?? []);
}
