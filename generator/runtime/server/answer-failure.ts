import type { OperationDescriptor } from "../operation.js";
import { createDeclaredErrors } from "./declared-error.js";
import type { Answer } from "./answer.js";
import { answerOf, type Failure, failureTitles } from "./failure.js";
import type { Incoming } from "./incoming.js";
import type { FailureParts } from "./refusals.js";
import type { RouterParts } from "./respond.js";

/** Answers for handlers that are not asked, or do not answer. */
export interface Failing {
  /** Refuses a request. */
  fail(failure: FailureParts, incoming: Incoming): Promise<Answer>;
  /** Answers a request that something was thrown over. It rejects only with what was thrown, where `onError` does not answer and it is told to. */
  crash(
    error: unknown,
    incoming: Incoming,
    operation: OperationDescriptor | undefined,
    errors?: "answer" | "throw",
  ): Promise<Answer>;
}

/** Makes what answers the failures of a router: by its hooks, or by itself. */
export function createFailing(parts: RouterParts): Failing {
  const { options = {} } = parts;
  const declared = createDeclaredErrors(parts);
  return {
    async fail(failed, incoming) {
      const failure = failureOf(failed);
      const reply = (await options.onInvalid?.(failure, incoming.request)) ?? declared(failure);
      return answerOf(failure, reply);
    },
    async crash(error, incoming, operation, errors) {
      const detail = "The server failed to answer.";
      const failure = failureOf({ status: 500, detail, ...(operation === undefined ? {} : { operation }) });
      try {
        const reply = await options.onError?.(error, incoming.request, operation);
        if (reply !== undefined) return answerOf(failure, reply);
      } catch {
        // A hook that fails has nothing to say.
      }
      if (errors === "throw") throw error;
      return answerOf(failure, declared(failure));
    },
  };
}

function failureOf(parts: FailureParts): Failure {
  return { title: failureTitles[parts.status], errors: [], headers: {}, ...parts };
}
