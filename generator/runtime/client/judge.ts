import type { ContentDescriptor, ResponseDescriptor } from "../operation.js";
import type { EncodedBody } from "../wire/encode-body.js";
import type { OutgoingCall } from "./attempts.js";
import { ValidationError } from "./errors.js";
import type { CallOptions, CoreConfig, Validation } from "./options.js";
import { answered, type Exchange } from "./response.js";
import { apiError } from "./status-errors.js";
import type { DecodedBody } from "./wire.js";

/** Holds bodies to what a client was told to check them by. */
export interface Judge {
  /** A body that is about to be sent. */
  request(call: Pick<OutgoingCall, "config" | "options" | "operation">, body: EncodedBody): Promise<void>;
  /** A body as it came. Throws a ValidationError, or from 400 on the error of the status. */
  answer(
    exchange: Exchange,
    declared: ResponseDescriptor,
    content: ContentDescriptor,
    decoded: DecodedBody,
  ): Promise<void>;
}

/** Checks by the option `validation`, or by what is given. */
export function judgeBy(given?: Validation): Judge {
  const validationOf = ({
    options,
    config,
  }: Pick<OutgoingCall, "config" | "options">): Validation | undefined =>
    chosen(options, given ?? config.validation);
  return {
    async request(call, body) {
      await validationOf(call)?.request?.(call.operation, body);
    },
    async answer(exchange, { status }, { mediaType }, { body, judged = body }) {
      const { operation, response } = exchange;
      const issues = (await validationOf(exchange)?.({ operation, status, mediaType }, judged)) ?? [];
      if (issues.length === 0) return;
      const answer = answered(exchange, body);
      const wrong = new ValidationError(answer, issues);
      throw response.status < 400 ? wrong : apiError(answer, wrong.message, { cause: wrong });
    },
  };
}

// What is given for the call goes before what is given for the client.
function chosen({ validation }: CallOptions, own: CoreConfig["validation"]): Validation | undefined {
  return validation === undefined ? own : (validation ?? undefined);
}
