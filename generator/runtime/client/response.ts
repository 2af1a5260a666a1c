import type { ContentDescriptor, ResponseDescriptor } from "../operation.js";
import type { OutgoingCall, Sent } from "./attempts.js";
import { declaredResponse, declaresSuccess } from "./declared.js";
import {
  ApiError,
  ConnectionError,
  DecodeError,
  describe,
  UnexpectedResponseError,
  type Answered,
} from "./errors.js";
import { plainSelect } from "./plain.js";
import { apiError } from "./status-errors.js";
import type { DecodedBody } from "./wire.js";

/** A call whose response has come, with what is left of its time. */
export interface Exchange extends Omit<OutgoingCall, "prepare" | "send">, Sent {}

/**
 * Reads and decodes the body. Throws for what the document does not declare, and for a body that is not of its media type: the error
 * of the status from 400 on, below it an UnexpectedResponseError or a DecodeError. Throws a ConnectionError when the body breaks off,
 * and the deadline's error when that comes first.
 */
export async function readAnswer(exchange: Exchange): Promise<Answered> {
  const { deadline } = exchange;
  let answer: Read | undefined;
  try {
    answer = await deadline.race(decode(exchange));
    return answer;
  } catch (error) {
    exchange.failed?.(error);
    throw error;
  } finally {
    // How long a stream goes on is for its reader to say.
    if (answer?.streams === true) deadline.stop();
    else deadline.release();
  }
}

interface Read extends Answered {
  readonly streams?: boolean;
}

async function decode(exchange: Exchange): Promise<Read> {
  const { operation, response, wire } = exchange;
  const { status, headers } = response;
  const declared = declaredResponse(operation, status);
  const contents = declared?.contents ?? [];
  // RFC 9110, §6.4.1.
  if (declared && (operation.method === "HEAD" || /^(?:20[45]|304)$/.test(`${status}`)))
    return answered(exchange, undefined, declared);
  // What an error says is worth reading, even where the document declares no body for it.
  if (declared && contents.length === 0 && status < 400) {
    await response.body?.cancel();
    return answered(exchange, undefined, declared);
  }
  const type = headers.get("Content-Type");
  const content = (wire.select ?? plainSelect)(contents, type);
  const stream = content && wire.items?.(content, exchange);
  if (stream) return { ...answered(exchange, stream, declared, content.mediaType), streams: true };
  const bytes = await bytesOf(exchange);
  if (declared && content)
    return answered(exchange, await decoded(exchange, declared, content, bytes), declared, content.mediaType);
  const text = new TextDecoder().decode(bytes);
  const body = jsonOrText(text);
  if (declared && contents.length === 0) return answered(exchange, text === "" ? undefined : body, declared);
  // Where the document says nothing of success, a success is taken as it comes.
  if (!declared && response.ok && !declaresSuccess(operation))
    return { ...answered(exchange, body, undefined, type ?? undefined), declared: true };
  const names = declared
    ? contents.map(({ mediaType }) => mediaType)
    : operation.responses.map((one) => one.status);
  const what = `${declared ? ` with ${type ?? "no Content-Type"}` : ""}, where the document declares ${names.join(", ") || "nothing"}`;
  const answer = answered(exchange, body);
  throw failure(answer, UnexpectedResponseError, describe(answer, what));
}

async function decoded(
  exchange: Exchange,
  declared: ResponseDescriptor,
  content: ContentDescriptor,
  bytes: ArrayBuffer,
): Promise<unknown> {
  const { wire, response } = exchange;
  try {
    const { body, judged } = (await wire.decode?.(content, bytes, response.headers)) ?? parsed(bytes);
    await wire.judge?.answer(exchange, declared, content, judged);
    return body;
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    throw undecodable(exchange, new TextDecoder().decode(bytes), cause);
  }
}

// JSON is UTF-8 (RFC 8259, §8.1).
function parsed(bytes: ArrayBuffer): DecodedBody {
  const body: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  return { body, judged: body };
}

/** The error for a body that is not what its media type promises; a `cause` that is a text is the reason itself. */
export function undecodable(exchange: Exchange, body: string, cause: unknown): ApiError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return failure(
    answered(exchange, body),
    DecodeError,
    `${exchange.name} answered ${exchange.response.status} with a body that cannot be decoded: ${reason}`,
    cause instanceof Error ? { cause } : undefined,
  );
}

// Whoever catches the error of a status means all answers of that status, those of a proxy in between too.
function failure(
  answer: Answered,
  Below400: typeof UnexpectedResponseError,
  message: string,
  options?: ErrorOptions,
): ApiError {
  return answer.response.status >= 400
    ? apiError(answer, message, options)
    : new Below400(answer, message, options);
}

/** An answer with a body. Without the response that declares it, it is not as declared. */
export function answered(
  exchange: Exchange,
  body: unknown,
  declared?: ResponseDescriptor,
  contentType?: string,
): Answered {
  const headers = exchange.wire.answerHeaders?.(declared?.headers ?? [], exchange.response.headers) ?? {};
  return { ...exchange, body, contentType, headers, declared: declared !== undefined };
}

// The bytes come first, so that a connection that breaks off is not taken for a body that is wrong.
async function bytesOf(exchange: Exchange): Promise<ArrayBuffer> {
  try {
    return await exchange.response.arrayBuffer();
  } catch (cause) {
    throw brokenOff(exchange, cause);
  }
}

/** The error for a connection that breaks off after the head of an answer. */
export function brokenOff({ name, response, request, attempts }: Exchange, cause: unknown): ConnectionError {
  const message = `${name} answered ${response.status}, and its body broke off.`;
  return new ConnectionError(message, { cause, request: request(), attempts });
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
