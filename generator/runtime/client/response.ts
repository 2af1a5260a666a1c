import type { ContentDescriptor, OperationDescriptor, ResponseDescriptor } from "../operation.js";
import type { Deadline } from "./deadline.js";
import { declaredResponse, declaresSuccess } from "./declared.js";
import {
  ApiError,
  ConnectionError,
  DecodeError,
  describe,
  TimeoutError,
  UnexpectedResponseError,
  ValidationError,
  type Answered,
} from "./errors.js";
import type { ItemStream } from "./item-stream.js";
import type { Validation } from "./options.js";
import { plainDecode, plainHeaders, plainSelect } from "./plain.js";
import type { ShownRequest } from "./redact.js";
import { apiError } from "./status-errors.js";
import type { Wire } from "./wire.js";

/** A response whose head has come, with what is left of the call's time. */
export interface Exchange {
  readonly operation: OperationDescriptor;
  readonly response: Response;
  /** What was sent, without what is secret in it. */
  readonly request: () => ShownRequest;
  readonly deadline: Deadline;
  /** How it travels where that is not the plain way. */
  readonly wire: Wire;
  readonly validation?: Validation | undefined;
  /** Milliseconds that a stream of items may be silent. */
  readonly idleTimeout?: number | undefined;
  /** How many requests it took. */
  readonly attempts: number;
  /** Told what goes wrong with the body. */
  readonly failed?: ((error: unknown) => void) | undefined;
}

/**
 * Reads and decodes the body. Throws for what the document does not declare, and for a body that is not of its media type: the error
 * of the status from 400 on, below it an UnexpectedResponseError or a DecodeError. Throws a ConnectionError when the body breaks off,
 * and the deadline's error when that comes first.
 */
export async function readAnswer(exchange: Exchange): Promise<Answered> {
  const { deadline } = exchange;
  let streams = false;
  try {
    const answer = await deadline.race(decode(exchange));
    streams = answer.streams === true;
    return answer;
  } catch (error) {
    exchange.failed?.(error);
    throw error;
  } finally {
    // How long a stream goes on is for its reader to say.
    if (streams) deadline.stop();
    else deadline.release();
  }
}

async function decode(exchange: Exchange): Promise<Answered & { readonly streams?: boolean }> {
  const { operation, response } = exchange;
  const declared = declaredResponse(operation, response.status);
  if (declared === undefined) return undeclared(exchange);
  const contents = declared.contents ?? [];
  if (hasNoBody(operation, response.status)) return answered(exchange, { declared });
  if (contents.length === 0) return withoutContent(exchange, declared);
  const select = exchange.wire.select ?? plainSelect;
  const content = select(contents, response.headers.get("Content-Type"));
  if (content === undefined) return unexpectedMediaType(exchange, contents);
  const stream = streamOf(exchange, content);
  const body = stream ?? (await decodeContent(exchange, declared, content));
  const answer = answered(exchange, { declared, body, contentType: content.mediaType });
  return { ...answer, streams: stream !== undefined };
}

// What an error says is worth reading, even where the document declares no body for it.
async function withoutContent(exchange: Exchange, declared: ResponseDescriptor): Promise<Answered> {
  if (exchange.response.status < 400) {
    await exchange.response.body?.cancel();
    return answered(exchange, { declared });
  }
  const text = await textOf(exchange);
  return answered(exchange, { declared, body: text === "" ? undefined : jsonOrText(text) });
}

// RFC 9110, §6.4.1.
function hasNoBody(operation: OperationDescriptor, status: number): boolean {
  return operation.method === "HEAD" || status === 204 || status === 205 || status === 304;
}

async function undeclared(exchange: Exchange): Promise<Answered> {
  const { operation, response } = exchange;
  const body = jsonOrText(await textOf(exchange));
  // Where the document says nothing of success, a success is taken as it comes.
  if (response.ok && !declaresSuccess(operation)) {
    const contentType = response.headers.get("Content-Type") ?? undefined;
    return { ...answered(exchange, { body, contentType }), declared: true };
  }
  const declared = operation.responses.map((one) => one.status).join(", ");
  throw unexpected(
    answered(exchange, { body }),
    `, which the document does not declare (it declares ${declared || "nothing"})`,
  );
}

async function unexpectedMediaType(
  exchange: Exchange,
  contents: readonly ContentDescriptor[],
): Promise<never> {
  const declared = contents.map((content) => content.mediaType).join(", ");
  const got = exchange.response.headers.get("Content-Type") ?? "no Content-Type";
  const body = jsonOrText(await textOf(exchange));
  throw unexpected(answered(exchange, { body }), ` with ${got}, where the document declares ${declared}`);
}

function streamOf(exchange: Exchange, content: ContentDescriptor): ItemStream | undefined {
  return exchange.wire.items?.(content, exchange, {
    broken: (cause) => brokenOff(exchange, cause),
    idle: (milliseconds) =>
      new TimeoutError(`${nameOf(exchange)} sent nothing for ${milliseconds} ms.`, {
        request: exchange.request(),
        attempts: exchange.attempts,
      }),
    undecodable: (text, reason) => undecodable(exchange, text, reason),
  });
}

async function decodeContent(
  exchange: Exchange,
  declared: ResponseDescriptor,
  content: ContentDescriptor,
): Promise<unknown> {
  const { response } = exchange;
  // The bytes come first, so that a connection that breaks off is not taken for a body that is wrong.
  const bytes = await bytesOf(exchange);
  try {
    if (bytes.byteLength === 0 && content.kind === "json") throw new SyntaxError("the body is empty");
    const bearer = new Response(bytes, { headers: response.headers });
    const { body, judged } = await (exchange.wire.decode ?? plainDecode)(content, bearer);
    await check(exchange, declared, content, judged);
    return body;
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    const text = new TextDecoder().decode(bytes);
    throw undecodable(exchange, text, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Holds a body, as it came, to what the client was told to check it by. */
async function check(
  exchange: Exchange,
  { status }: ResponseDescriptor,
  { mediaType }: ContentDescriptor,
  body: unknown,
): Promise<void> {
  const { operation, validation } = exchange;
  const issues = (await validation?.({ operation, status, mediaType }, body)) ?? [];
  if (issues.length === 0) return;
  const answer = answered(exchange, { body });
  const wrong = new ValidationError(answer, issues);
  throw exchange.response.status < 400 ? wrong : apiError(answer, wrong.message, { cause: wrong });
}

function undecodable(exchange: Exchange, body: string, reason: string, cause?: unknown): ApiError {
  const { status } = exchange.response;
  return failure(answered(exchange, { body }), {
    Below400: DecodeError,
    message: `${nameOf(exchange)} answered ${status} with a body that cannot be decoded: ${reason}`,
    cause,
  });
}

function unexpected(answer: Answered, what: string): ApiError {
  return failure(answer, { Below400: UnexpectedResponseError, message: describe(answer, what) });
}

// Whoever catches the error of a status means all answers of that status, those of a proxy in between too.
function failure(
  answer: Answered,
  { Below400, message, cause }: { Below400: typeof DecodeError; message: string; cause?: unknown },
): ApiError {
  const options = cause === undefined ? undefined : { cause };
  return answer.response.status >= 400
    ? apiError(answer, message, options)
    : new Below400(answer, message, options);
}

interface Known {
  readonly declared?: ResponseDescriptor;
  readonly body?: unknown;
  readonly contentType?: string | undefined;
}

function answered(
  { operation, request, response, attempts, failed, wire }: Exchange,
  { declared, body, contentType }: Known,
): Answered {
  const headers = (wire.answerHeaders ?? plainHeaders)(declared?.headers ?? [], response.headers);
  const known = { operation, request, response, attempts, failed };
  return { ...known, body, contentType, headers, declared: declared !== undefined };
}

async function textOf(exchange: Exchange): Promise<string> {
  return new TextDecoder().decode(await bytesOf(exchange));
}

async function bytesOf(exchange: Exchange): Promise<ArrayBuffer> {
  try {
    return await exchange.response.arrayBuffer();
  } catch (cause) {
    throw brokenOff(exchange, cause);
  }
}

function brokenOff(exchange: Exchange, cause: unknown): ConnectionError {
  const { response, request, attempts } = exchange;
  const message = `${nameOf(exchange)} answered ${response.status}, and its body broke off.`;
  return new ConnectionError(message, { cause, request: request(), attempts });
}

function nameOf({ operation: { method, path } }: Exchange): string {
  return `${method} ${path}`;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
