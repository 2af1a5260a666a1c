import type { ContentDescriptor, OperationDescriptor, ResponseDescriptor } from "../operation.js";
import { bodyFromWire } from "../formats/apply.js";
import { decodeBody } from "../wire/decode-body.js";
import { DecodeError as BrokenBody, type WireProblem } from "../wire/errors.js";
import { selectContent } from "../wire/media-type.js";
import type { Deadline } from "./deadline.js";
import { ConnectionError, DecodeError, UnexpectedResponseError, type Answered } from "./errors.js";

/** A response whose head has come, with what is left of the call's time. */
export interface Exchange {
  readonly operation: OperationDescriptor;
  readonly response: Response;
  readonly url: string;
  readonly deadline: Deadline;
  /** How many requests it took. */
  readonly attempts: number;
  /** Told what goes wrong with the body. */
  readonly failed?: ((error: unknown) => void) | undefined;
}

/**
 * Reads and decodes the body. Throws an UnexpectedResponseError for what the document does not declare, a DecodeError for a
 * body that is not of its media type, a ConnectionError when it breaks off, and the deadline's error when that comes first.
 */
export async function readAnswer(exchange: Exchange): Promise<Answered> {
  try {
    return await exchange.deadline.race(decode(exchange));
  } catch (error) {
    exchange.failed?.(error);
    throw error;
  } finally {
    exchange.deadline.release();
  }
}

async function decode(exchange: Exchange): Promise<Answered> {
  const { operation, response } = exchange;
  const declared = declaredResponse(operation, response.status);
  if (declared === undefined) return undeclared(exchange);
  const contents = declared.contents ?? [];
  if (hasNoBody(operation, response.status)) return answered(exchange, undefined);
  if (contents.length === 0) return withoutContent(exchange);
  const content = selectContent(contents, response.headers.get("Content-Type"));
  if (content === undefined) return unexpectedMediaType(exchange, contents);
  return answered(exchange, await decodeContent(exchange, content), content.mediaType);
}

// What an error says is worth reading, even where the document declares no body for it.
async function withoutContent(exchange: Exchange): Promise<Answered> {
  if (exchange.response.status < 400) {
    await exchange.response.body?.cancel();
    return answered(exchange, undefined);
  }
  const text = await textOf(exchange);
  return answered(exchange, text === "" ? undefined : jsonOrText(text));
}

/** The response that the document declares for a status: for the code itself, its range, or `default`. */
function declaredResponse(operation: OperationDescriptor, status: number): ResponseDescriptor | undefined {
  const find = (key: string): ResponseDescriptor | undefined =>
    operation.responses.find((response) => response.status.toUpperCase() === key);
  // Documents write `default` for "any error"; it stands for a success only where no other is declared.
  return (
    find(String(status)) ??
    find(`${String(status).charAt(0)}XX`) ??
    (status >= 400 || !declaresSuccess(operation) ? find("DEFAULT") : undefined)
  );
}

/** Whether a 2xx is declared, by its code or as a range. */
export function declaresSuccess(operation: OperationDescriptor): boolean {
  return operation.responses.some((response) => response.status.startsWith("2"));
}

// RFC 9110, §6.4.1.
function hasNoBody(operation: OperationDescriptor, status: number): boolean {
  return operation.method === "HEAD" || status === 204 || status === 205 || status === 304;
}

async function undeclared(exchange: Exchange): Promise<Answered> {
  const { operation, response } = exchange;
  const body = jsonOrText(await textOf(exchange));
  // Where the document says nothing of success, a success is taken as it comes.
  if (response.ok && !declaresSuccess(operation))
    return answered(exchange, body, response.headers.get("Content-Type") ?? undefined);
  const declared = operation.responses.map((one) => one.status).join(", ");
  throw unexpected(
    exchange,
    body,
    `answered ${response.status}, which the document does not declare (it declares ${declared || "nothing"})`,
  );
}

async function unexpectedMediaType(
  exchange: Exchange,
  contents: readonly ContentDescriptor[],
): Promise<never> {
  const { response } = exchange;
  const declared = contents.map((content) => content.mediaType).join(", ");
  const got = response.headers.get("Content-Type") ?? "no Content-Type";
  const body = jsonOrText(await textOf(exchange));
  throw unexpected(
    exchange,
    body,
    `answered ${response.status} with ${got}, where the document declares ${declared}`,
  );
}

async function decodeContent(exchange: Exchange, content: ContentDescriptor): Promise<unknown> {
  const { response } = exchange;
  // The bytes come first, so that a connection that breaks off is not taken for a body that is wrong.
  const bytes = await bytesOf(exchange);
  if (bytes.byteLength === 0 && content.kind === "json") throw undecodable(exchange, "", "the body is empty");
  try {
    const bearer = new Response(bytes, { headers: response.headers });
    const problems: WireProblem[] = [];
    const body = bodyFromWire(content, await decodeBody(content, bearer, content.shape), problems);
    if (problems.length > 0) throw new BrokenBody(problems);
    return body;
  } catch (error) {
    throw undecodable(
      exchange,
      new TextDecoder().decode(bytes),
      error instanceof Error ? error.message : String(error),
      error,
    );
  }
}

function undecodable(exchange: Exchange, body: string, reason: string, cause?: unknown): DecodeError {
  const { operation, response } = exchange;
  const message = `${operation.method} ${operation.path} answered ${response.status} with a body that cannot be decoded: ${reason}`;
  return new DecodeError(answered(exchange, body), message, { cause });
}

function unexpected(exchange: Exchange, body: unknown, what: string): UnexpectedResponseError {
  return new UnexpectedResponseError(
    answered(exchange, body),
    `${exchange.operation.method} ${exchange.operation.path} ${what}`,
  );
}

function answered({ operation, response, url }: Exchange, body: unknown, contentType?: string): Answered {
  return { operation, url, response, body, contentType };
}

async function textOf(exchange: Exchange): Promise<string> {
  return new TextDecoder().decode(await bytesOf(exchange));
}

async function bytesOf({ operation, response }: Exchange): Promise<ArrayBuffer> {
  try {
    return await response.arrayBuffer();
  } catch (error) {
    throw new ConnectionError(
      `${operation.method} ${operation.path} answered ${response.status}, and its body broke off.`,
      { cause: error },
    );
  }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
