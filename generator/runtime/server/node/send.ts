import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { Answer } from "../answer.js";

/** Sends an answer. Resolves when it has been handed over, a stream when it has ended. */
export async function sendAnswer(
  answer: Answer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  // A body that is too long is not waited for: the connection ends with the answer (RFC 9110, §15.5.14).
  const cut = answer.status === 413 && !incoming.complete;
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
    await sendStream(answer, body, incoming.method === "HEAD", outgoing);
  }
  // A client that is still sending reads the answer first, if it is given the time.
  if (cut) setTimeout(() => incoming.destroy(), 1000).unref();
}

async function sendStream(
  answer: Answer,
  body: BodyInit,
  headOnly: boolean,
  outgoing: ServerResponse,
): Promise<void> {
  const { headers, body: stream } = new Response(body);
  const contentType = headers.get("content-type");
  const fields =
    contentType === null || has(answer.fields, "content-type")
      ? answer.fields
      : [...answer.fields, "Content-Type", contentType];
  head(outgoing, { ...answer, fields }, body instanceof Blob ? body.size : undefined);
  if (stream === null || headOnly) {
    await stream?.cancel();
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
