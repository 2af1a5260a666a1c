import type { ContentDescriptor, ResponseDescriptor } from "../operation.js";
import { discard, type OutgoingCall } from "./attempts.js";
import {
  ConnectionError,
  DecodeError,
  describe,
  reasonOf,
  saying,
  UnexpectedResponseError,
  type Answered,
  type ApiError,
} from "./errors.js";
import { plainDecode, plainlyDeclared, plainSelect } from "./plain.js";
import { apiError } from "./status-errors.js";

/** A call whose response has come, with what is left of its time. */
export interface Exchange extends Omit<OutgoingCall, "prepare" | "send"> {
  readonly response: Response;
}

/** An answer that was read. */
export interface Answer extends Answered {
  /** The error of a call that is awaited, where this is no success. */
  readonly failure?: (() => ApiError) | undefined;
}

/**
 * Reads and decodes the body. Throws for what the document does not declare, and for a body that is not of its media type: the error
 * of the status from 400 on, below it an UnexpectedResponseError or a DecodeError. Throws a ConnectionError when the body breaks off,
 * and the deadline's error when that comes first.
 */
export async function readAnswer(exchange: Exchange): Promise<Answer> {
  const { deadline, failed, response, wire } = exchange;
  try {
    const answer = await deadline.race(decode(exchange));
    // How long a stream goes on is for its reader to say.
    if (wire.streams?.(answer)) deadline.stop();
    else deadline.release();
    if (response.status < 400) return { ...answer, failure: wire.failure?.(answer) };
    const error = apiError(answer);
    failed?.(error);
    return { ...answer, failure: () => error };
  } catch (error) {
    deadline.release();
    failed?.(error);
    throw error;
  }
}

async function decode(exchange: Exchange): Promise<Answered> {
  const { operation, response, wire } = exchange;
  const { status, headers } = response;
  const declared = (wire.declared ?? plainlyDeclared)(operation, status);
  const contents = declared?.contents ?? [];
  if (declared && wire.empty?.(operation, declared, status)) {
    discard(response);
    return answered(exchange, undefined, declared);
  }
  const type = headers.get("Content-Type");
  const content = (wire.select ?? plainSelect)(contents, type);
  const stream = content && wire.items?.(content, exchange);
  if (stream) return answered(exchange, stream, declared, content);
  // The bytes come first, so that a connection that breaks off is not taken for a body that is wrong.
  const bytes = await response.arrayBuffer().catch((cause: unknown) => {
    throw brokenOff(exchange, cause);
  });
  const text = (): string => new TextDecoder().decode(bytes);
  if (declared && content) {
    const decoded = await (wire.decode ?? plainDecode)(content, bytes, headers).catch((cause: unknown) => {
      throw undecodable(exchange, text(), cause);
    });
    await wire.judge?.answer(exchange, declared, content, decoded);
    return answered(exchange, decoded.body, declared, content);
  }
  const body = jsonOrText(text());
  const taken = wire.takes?.(exchange, body, declared);
  if (taken) return taken;
  const answer = answered(exchange, body);
  const what = `${declared ? ` with ${type ?? "no Content-Type"}` : ""}, which is not declared`;
  throw apiError(answer, describe(answer, what), undefined, UnexpectedResponseError);
}

/** The error for a body that is not what its media type promises. */
export function undecodable(exchange: Exchange, body: string, cause: unknown): ApiError {
  const message = `${saying(exchange)} with a body that cannot be decoded: ${reasonOf(cause)}`;
  return apiError(answered(exchange, body), message, { cause }, DecodeError);
}

/** An answer with a body. Without the response that declares it, it is not as declared. */
export function answered(
  exchange: Exchange,
  body: unknown,
  declared?: ResponseDescriptor,
  content?: ContentDescriptor,
): Answered {
  const { response, wire } = exchange;
  return {
    ...exchange,
    body,
    contentType: content?.mediaType,
    headers: wire.answerHeaders?.(declared, response) ?? {},
    declared: !!declared,
  };
}

/** The error for a connection that breaks off after the head of an answer. */
export function brokenOff(exchange: Exchange, cause: unknown): ConnectionError {
  return new ConnectionError(`${saying(exchange)}, and its body broke off.`, { cause, ...exchange.sent() });
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
