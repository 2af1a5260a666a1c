/** What is answered to requests that break the document, and in place of answers that are not to be had. */
import type { ApiModel, Content } from "../model/api-model.ts";
import type { OperationDescriptor } from "../runtime/operation.ts";
import { type Failure, type FailureReply, problemDetails } from "../runtime/server/failure.ts";
import { describePlace } from "../runtime/wire/errors.ts";
import { type Answers, responseFor, successOf } from "./answers.ts";
import { Declined, type Reply } from "./exchange.ts";
import { type Wishes, wishesIn } from "./prefer.ts";

type Declared = (failure: Failure) => FailureReply | undefined;

/** The hooks of the router over a model. */
export interface Refusals {
  readonly onInvalid: (failure: Failure, request: Request) => FailureReply | undefined;
  readonly onError: (error: unknown, request: Request, operation: OperationDescriptor | undefined) => FailureReply;
}

/**
 * Refusals as the document has them: the error that the caller wishes to see (`Prefer: code=422`); in the shape of the document's errors,
 * with what is wrong; where that is not known, the example of the answer that is declared for the status; and else problem details.
 */
export function createRefusals(model: ApiModel, answers: Answers, declared: Declared): Refusals {
  const operations = new Map(model.operations.map((operation) => [operation.id, operation]));
  const shown = ({ operation: descriptor, status }: Failure, wishes: Wishes): FailureReply | undefined => {
    const operation = descriptor === undefined ? undefined : operations.get(descriptor.id);
    if (operation === undefined) return undefined;
    const response = responseFor(operation, wishes.code ?? status);
    // A `default` that stands for the success says nothing of errors.
    if (wishes.code === undefined && response === successOf(operation)) return undefined;
    const content = response.contents.find((one) => one.kind === "json" && one.mediaType !== problems);
    if (content === undefined && wishes.code === undefined) return undefined;
    return replyOf(answers.fixture(operation, response, content), content, wishes, status);
  };
  const onError: Refusals["onError"] = (error, _, operation) => {
    const status = error instanceof Declined ? error.status : 500;
    const detail = error instanceof Error ? error.message : String(error);
    const title = status === 404 ? "Not Found" : "Internal Server Error";
    const failure = { status, title, detail, errors: [], headers: {}, ...(operation === undefined ? {} : { operation }) };
    return { ...(declared(failure) ?? problemDetails(failure)), status };
  };
  return {
    onError,
    onInvalid(failure, request) {
      const { searchParams } = new URL(request.url);
      const wishes = wishesIn(request.headers.get("prefer"), Object.fromEntries(searchParams));
      try {
        const reply = (wishes.code ?? 0) >= 400 ? shown(failure, wishes) : (declared(failure) ?? shown(failure, {}));
        return { ...(reply ?? problemDetails(failure)), headers: { [refusalField]: reasonOf(failure) } };
      } catch (error) {
        if (!(error instanceof Declined)) throw error;
        return wishes.code === undefined ? undefined : onError(error, request, failure.operation);
      }
    },
  };
}

/** The field that says why a request was refused, whatever the body says. */
export const refusalField = "Mock-Refusal";

/** `query parameter "limit" must be at most 20; the body /name must be string`, in what a field value may hold. */
function reasonOf({ detail, errors }: Failure): string {
  const places = errors.map((error) => `${describePlace(error)}${error.pointer && ` ${error.pointer}`} ${error.message}`);
  const reason = places.length === 0 ? detail : places.join("; ");
  return reason.slice(0, 1_000).replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

const problems = "application/problem+json";

function replyOf(reply: Reply, content: Content | undefined, { code, example }: Wishes, status: number): FailureReply {
  const own = { status: code ?? status };
  const named = content?.examples.find(({ key }) => key === example);
  if (example !== undefined && named === undefined)
    throw new Declined(404, `The answer ${own.status} has no example "${example}".`);
  return content === undefined
    ? own
    : { ...own, contentType: content.mediaType, body: named === undefined ? reply.body : named.value };
}
