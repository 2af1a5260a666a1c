import { readAnswer, type Answer, type Exchange } from "./response.js";
import type { Answers, Bodies } from "./types.js";

/**
 * A call that is under way: the request is sent at once. Awaited, it gives the body of the success response and throws for
 * all else: an ApiError for a status of 400 and above, a ConnectionError, a TimeoutError, an AbortError, an EncodeError. A
 * call that nobody awaits says nothing.
 *
 * `Operations` is the generated interface of that name, `Id` an operationId. They are marked invariant, so that the compiler
 * compares two calls by their ids and not by all that follows from them.
 */
export class ApiCall<in out Operations, in out Id extends keyof Operations> implements Promise<
  Bodies<Operations[Id]>["success"]
> {
  readonly #exchange: Promise<Exchange>;
  #answer: Promise<Answer> | undefined;

  /** `exchange` may be a call, to be taken over by one that can do more. */
  constructor(exchange: Promise<Exchange> | ApiCall<Operations, Id>) {
    this.#exchange = exchange instanceof ApiCall ? exchange.#exchange : exchange;
    // Whoever asks for the answer gets the error; until then it is not unhandled.
    this.#exchange.catch(() => undefined);
  }

  /**
   * The answer with its status: a union told apart by `status`. Never throws for an answer that the document declares; throws for
   * what it does not, an error whose `declared` is false, and whatever else an awaited call throws.
   */
  result(): Promise<Answers<Operations[Id]>["result"]> {
    const result: Promise<unknown> = this.#read().then(resultOf);
    // What the types say of an operation is what its descriptor says: both are made from one document.
    return result as Promise<Answers<Operations[Id]>["result"]>;
  }

  /** The body of the success response and the raw response, whose body has been read. Throws as an awaited call does. */
  async withResponse(): Promise<{
    readonly data: Bodies<Operations[Id]>["success"];
    readonly response: Response;
  }> {
    const answer = await this.#read();
    return { data: successOf(answer) as Bodies<Operations[Id]>["success"], response: answer.response };
  }

  /**
   * The raw response, of whatever status, with its body unread. The timeout ends with its head; the signal still ends its body.
   * To be asked for instead of the body, not beside it.
   */
  async asResponse(): Promise<Response> {
    const { response, deadline } = await this.#exchange;
    deadline.stop();
    return response;
  }

  then<Kept = Bodies<Operations[Id]>["success"], Caught = never>(
    onKept?: ((value: Bodies<Operations[Id]>["success"]) => Kept | PromiseLike<Kept>) | null,
    onBroken?: ((reason: unknown) => Caught | PromiseLike<Caught>) | null,
  ): Promise<Kept | Caught> {
    const success: Promise<unknown> = this.#read().then(successOf);
    return (success as Promise<Bodies<Operations[Id]>["success"]>).then(onKept, onBroken);
  }

  catch<Caught = never>(
    onBroken?: ((reason: unknown) => Caught | PromiseLike<Caught>) | null,
  ): Promise<Bodies<Operations[Id]>["success"] | Caught> {
    return this.then(null, onBroken);
  }

  finally(onSettled?: (() => void) | null): Promise<Bodies<Operations[Id]>["success"]> {
    return this.then().finally(onSettled);
  }

  get [Symbol.toStringTag](): string {
    return "ApiCall";
  }

  // The body is read once, when someone first asks for it, so that `asResponse` can leave it alone.
  #read(): Promise<Answer> {
    return (this.#answer ??= this.#exchange.then(readAnswer));
  }
}

function successOf(answer: Answer): unknown {
  if (answer.failure) throw answer.failure();
  return answer.body;
}

function resultOf({ body, contentType, headers, response }: Answer): object {
  const { status } = response;
  return { status, contentType, headers, response, [status < 400 ? "data" : "error"]: body };
}
