import type { OperationDescriptor } from "../operation.js";
import { createDeclaredErrors } from "./declared-error.js";
import type { Answer } from "./answer.js";
import { answerOf, type Failure, failureTitles } from "./failure.js";
import { isGone } from "./gone.js";
import { HandlerTimeout } from "./handler-time.js";
import type { Incoming } from "./incoming.js";
import type { FailureParts } from "./refusals.js";
import type { RouterParts } from "./respond.js";
import { keyed, rooted, type SchemaKeys } from "./schema-place.js";

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
  const { options = {}, schemaKeys } = parts;
  const declared = createDeclaredErrors(parts);
  return {
    async fail(parts, incoming) {
      const failure = failureOf(parts, schemaKeys);
      const reply = (await options.onInvalid?.(failure, incoming.request)) ?? declared(failure);
      return answerOf(failure, reply);
    },
    async crash(error, incoming, operation, errors) {
      const failure = failureOf({
        ...(error instanceof HandlerTimeout ? overdue(operation) : failed),
        ...(operation === undefined ? {} : { operation }),
      });
      if (isGone(error, incoming)) return answerOf(failure, declared(failure));
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

const failed = { status: 500, detail: "The server failed to answer." } as const;

// 503, unless 504 is what the document has for it.
function overdue({ responses = [] }: Partial<OperationDescriptor> = {}): FailureParts {
  const declares = (status: string): boolean => responses.some((response) => response.status === status);
  return {
    status: declares("504") && !declares("503") ? 504 : 503,
    detail: "The server took too long to answer.",
  };
}

function failureOf({ errors = [], ...parts }: FailureParts, keys?: SchemaKeys): Failure {
  const { operation } = parts;
  const located = errors.map((error) =>
    keyed(keys, operation === undefined ? error : rooted(operation, "/requestBody", error)),
  );
  return { title: failureTitles[parts.status], headers: {}, ...parts, errors: located };
}
