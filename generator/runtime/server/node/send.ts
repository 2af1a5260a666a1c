import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { Answer } from "../answer.js";
import type { Soon } from "../soon.js";

/** Sends an answer. What is a stream is waited for to its end. */
export function sendAnswer(answer: Answer, incoming: IncomingMessage, outgoing: ServerResponse): Soon<void> {
  // A body that is too long is not waited for: the connection ends with the answer (RFC 9110, §15.5.14).
  const cut = cutOff(answer, incoming);
  if (cut) outgoing.setHeader("Connection", "close");
  const { body } = answer;
  if (body === null) {
    head(
      outgoing,
      answer,
      incoming.method === "HEAD" || answer.status === 204 || answer.status === 304 ? undefined : 0,
    );
    outgoing.end();
  } else if (typeof body === "string") {
    const length = Buffer.byteLength(body);
    head(outgoing, answer, length);
    // What is ASCII alone need not be encoded.
    outgoing.end(body, length === body.length ? "latin1" : "utf8");
  } else if (body instanceof Uint8Array) {
    head(outgoing, answer, body.byteLength);
    outgoing.end(body);
  } else {
    return sendStream(answer, incoming.method === "HEAD", outgoing);
  }
}

/** Whether the connection is to end with an answer: then a client that is still sending reads it first, if it is given the time. */
export function cutOff({ status }: Answer, incoming: IncomingMessage): boolean {
  const cut = status === 413 && !incoming.complete;
  if (cut) setTimeout(() => incoming.destroy(), 1000).unref();
  return cut;
}

/** The same answer with a body that is a text, bytes or a stream, and the Content-Type that it brings. */
export function unfolded(
  answer: Answer,
): Answer & { readonly body: string | Uint8Array | ReadableStream | null } {
  const { body, fields } = answer;
  if (body === null || typeof body === "string" || body instanceof Uint8Array) return { ...answer, body };
  const { headers, body: stream } = new Response(body);
  const contentType = headers.get("content-type");
  const known = contentType === null || has(fields, "content-type");
  return { ...answer, fields: known ? fields : [...fields, "Content-Type", contentType], body: stream };
}

async function sendStream(answer: Answer, headOnly: boolean, outgoing: ServerResponse): Promise<void> {
  const whole = unfolded(answer);
  const { body: stream } = whole;
  head(outgoing, whole, answer.body instanceof Blob ? answer.body.size : undefined);
  if (!(stream instanceof ReadableStream) || headOnly) {
    if (stream instanceof ReadableStream) await stream.cancel();
    outgoing.end();
  } else {
    outgoing.flushHeaders();
    // The stream of the DOM's types and that of Node's are one class at run time.
    await pipeline(Readable.fromWeb(stream as NodeReadableStream<Uint8Array>), outgoing);
  }
}

function head(outgoing: ServerResponse, { status, fields }: Answer, length?: number): void {
  const all =
    length === undefined || has(fields, "content-length")
      ? fields
      : [...fields, "Content-Length", String(length)];
  if (outgoing.getHeaderNames().length === 0) {
    outgoing.writeHead(status, all as string[]);
    return;
  }
  // What stands there already was put by a framework or a middleware, such as the cookie of a session.
  const seen = new Set(["set-cookie", "vary"]);
  for (let index = 0; index + 1 < all.length; index += 2) {
    const [name = "", value = ""] = all.slice(index, index + 2);
    if (seen.has(name.toLowerCase())) outgoing.appendHeader(name, value);
    else outgoing.setHeader(name, value);
    seen.add(name.toLowerCase());
  }
  outgoing.writeHead(status);
}

function has(fields: readonly string[], name: string): boolean {
  for (let index = 0; index < fields.length; index += 2)
    if (fields[index]?.length === name.length && fields[index]?.toLowerCase() === name) return true;
  return false;
}
