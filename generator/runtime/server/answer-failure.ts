import type { OperationDescriptor } from "../operation.js";
import { createDeclaredErrors } from "./declared-error.js";
import { type Failure, failureResponse, failureTitles } from "./failure.js";
import type { FailureParts } from "./refusals.js";
import type { RouterParts } from "./respond.js";

/** Answers for handlers that are not asked, or do not answer. */
export interface Failing {
  /** Refuses a request. */
  fail(failure: FailureParts, request: Request): Promise<Response>;
  /** Answers a request that something was thrown over. It never rejects. */
  crash(error: unknown, request: Request, operation: OperationDescriptor | undefined): Promise<Response>;
}

/** Makes what answers the failures of a router: by its hooks, or by itself. */
export function createFailing(parts: RouterParts): Failing {
  const { options = {} } = parts;
  const declared = createDeclaredErrors(parts);
  return {
    async fail(failed, request) {
      const failure = failureOf(failed);
      const reply = (await options.onInvalid?.(failure, request)) ?? declared(failure);
      return failureResponse(failure, reply);
    },
    async crash(error, request, operation) {
      const detail = "The server failed to answer.";
      const failure = failureOf({ status: 500, detail, ...(operation === undefined ? {} : { operation }) });
      try {
        const reply = (await options.onError?.(error, request, operation)) ?? declared(failure);
        return failureResponse(failure, reply);
      } catch {
        return failureResponse(failure, declared(failure));
      }
    },
  };
}

function failureOf(parts: FailureParts): Failure {
  return { title: failureTitles[parts.status], errors: [], headers: {}, ...parts };
}
