import type { OperationDescriptor } from "../operation.js";
import { DecodeError, LimitError, type WireProblem } from "../wire/errors.js";
import type { Failure } from "./failure.js";
import { invalidStatus } from "./invalid.js";

/** Why a request is not handed to its handler. */
export type Refusal =
  | { readonly kind: "invalid"; readonly problems: readonly WireProblem[] }
  | { readonly kind: "unsupported"; readonly contentType: string | null }
  | { readonly kind: "encoded"; readonly codings: string }
  | { readonly kind: "tooLarge"; readonly detail: string };

/** What an answer to a refusal says. */
export type FailureParts = Pick<Failure, "status" | "detail"> & Partial<Failure>;

/** What was thrown while a body was read, where it is the body that is wrong; throws everything else on. */
export function refusalFor(error: unknown): Refusal {
  if (error instanceof LimitError) return { kind: "tooLarge", detail: error.message };
  if (error instanceof DecodeError) return { kind: "invalid", problems: error.problems };
  throw error;
}

/** What is answered to a request that is refused: 400 or 422, 413 or 415. */
export function refusalOf(operation: OperationDescriptor, refusal: Refusal): FailureParts {
  switch (refusal.kind) {
    case "tooLarge":
      return { status: 413, detail: refusal.detail, operation };
    case "unsupported": {
      const accepted = (operation.body?.contents ?? []).map((content) => content.mediaType).join(", ");
      const { contentType } = refusal;
      const given =
        contentType === null
          ? "The body has no media type"
          : `The media type ${contentType} is not read here`;
      // RFC 9110, §15.5.16: in a 415, Accept names what would have been read.
      return { status: 415, detail: `${given}; ${accepted} is.`, operation, headers: { Accept: accepted } };
    }
    case "encoded": {
      const detail = `A body with the content coding ${refusal.codings} is not read here; send it without one.`;
      // RFC 9110, §15.5.16: for a coding, it is Accept-Encoding that names what would have been read (§12.5.3).
      return { status: 415, detail, operation, headers: { "Accept-Encoding": "identity" } };
    }
    case "invalid": {
      const { problems } = refusal;
      return {
        status: invalidStatus(operation, problems),
        detail: `The request has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}.`,
        operation,
        errors: problems,
      };
    }
  }
}

/** What is answered to a caller who takes nothing that the operation gives. */
export function unacceptable(operation: OperationDescriptor): FailureParts {
  const types = operation.responses
    .filter(({ status }) => status.startsWith("2") || status === "default")
    .flatMap(({ contents = [] }) => contents.map(({ mediaType }) => mediaType));
  return {
    status: 406,
    detail: `The answer is of none of the media types asked for; it is ${[...new Set(types)].join(" or ")}.`,
    operation,
  };
}
