import type { Answered } from "./errors.js";
import { declaresSuccess, readAnswer, type Exchange } from "./response.js";
import { apiError } from "./status-errors.js";
import type { Result, SuccessBody } from "./types.js";

/**
 * A call that is under way: the request is sent at once. Awaited, it gives the body of the success response and throws for
 * all else: an ApiError for a status of 400 and above, a ConnectionError, a TimeoutError, an AbortError, an EncodeError. A
 * call that nobody awaits says nothing.
 */
export class Call<Operation> implements Promise<SuccessBody<Operation>> {
  readonly #exchange: Promise<Exchange>;
  #answer: Promise<Answered> | undefined;

  constructor(exchange: Promise<Exchange>) {
    this.#exchange = exchange;
    // Whoever asks for the answer gets the error; until then it is not unhandled.
    exchange.catch(() => undefined);
  }

  /**
   * The answer with its status: a union told apart by `status`. Never throws for a status that the document declares; throws
   * an UnexpectedResponseError for one that it does not, and whatever else an awaited call throws.
   */
  async result(): Promise<Result<Operation>> {
    const { body, contentType, response } = await this.#read();
    const common = { status: response.status, contentType, headers: response.headers, response };
    // What the types say of an operation is what its descriptor says: both are made from one document.
    return (
      response.status >= 400 ? { ...common, error: body } : { ...common, data: body }
    ) as Result<Operation>;
  }

  /** The body of the success response and the raw response, whose body has been read. Throws as an awaited call does. */
  async withResponse(): Promise<{ readonly data: SuccessBody<Operation>; readonly response: Response }> {
    const answer = await this.#read();
    return { data: successOf<Operation>(answer), response: answer.response };
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

  then<Kept = SuccessBody<Operation>, Caught = never>(
    onKept?: ((value: SuccessBody<Operation>) => Kept | PromiseLike<Kept>) | null,
    onBroken?: ((reason: unknown) => Caught | PromiseLike<Caught>) | null,
  ): Promise<Kept | Caught> {
    return this.#read()
      .then((answer) => successOf<Operation>(answer))
      .then(onKept, onBroken);
  }

  catch<Caught = never>(
    onBroken?: ((reason: unknown) => Caught | PromiseLike<Caught>) | null,
  ): Promise<SuccessBody<Operation> | Caught> {
    return this.then(null, onBroken);
  }

  finally(onSettled?: (() => void) | null): Promise<SuccessBody<Operation>> {
    return this.then().finally(onSettled);
  }

  get [Symbol.toStringTag](): string {
    return "Call";
  }

  // The body is read once, when someone first asks for it, so that `asResponse` can leave it alone.
  #read(): Promise<Answered> {
    this.#answer ??= this.#exchange.then(readAnswer);
    return this.#answer;
  }
}

function successOf<Operation>(answer: Answered): SuccessBody<Operation> {
  const { status } = answer.response;
  // A 304 or the like has not the body that a success has, if there is one.
  if (status >= 400 || (status >= 300 && declaresSuccess(answer.operation))) throw apiError(answer);
  // See `result`.
  return answer.body as SuccessBody<Operation>;
}
