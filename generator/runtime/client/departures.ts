/** The departures from the plain way, each with the whole table of `wire/` behind it; see Wire. */
import { bodyFromWire, bodyToWire, judged, valuesToWire } from "../formats/apply.js";
import type { ContentDescriptor, OperationDescriptor } from "../operation.js";
import { takesStreams } from "../path-style/request-streams.js";
import { decodeBody } from "../wire/decode-body.js";
import { encodeBody } from "../wire/encode-body.js";
import { encodeCookies, encodeHeaders, encodeQuery } from "../wire/encode-parameters.js";
import { encodePath } from "../wire/encode-path.js";
import { DecodeError, EncodeError, type WireProblem } from "../wire/errors.js";
import { selectContent } from "../wire/media-type.js";
import { sendCookies } from "./cookies.js";
import { TimeoutError } from "./errors.js";
import { declaredKey } from "./idempotency.js";
import { isSequence, ItemStream } from "./item-stream.js";
import { brokenOff, undecodable } from "./response.js";
import { restOf } from "./rest.js";
import { readHeaders } from "./response-headers.js";
import type { Wire } from "./wire.js";

export { plainBody, plainHeaders, plainQuery } from "./plain.js";

/** The path, with the style of each parameter. */
export const path: Wire = {
  path: ({ path: template, route, parameters = [] }, values) =>
    encodePath(route?.path ?? template, parameters, valuesToWire(parameters, "path", values))
      // `@example.com` and `.example.com`, which are no paths, would make another host of the server's.
      .replace(/^[^/]/, "/$&"),
};

/** The query: what the path fixes, then parameters, with the style of each. */
export const query: Wire = {
  query: ({ parameters = [], route }, values) =>
    [route?.query, encodeQuery(parameters, valuesToWire(parameters, "query", values))]
      .filter(Boolean)
      .join("&"),
};

/** Header parameters; an idempotency key may be one of them. */
export const headers: Wire = {
  rest: restOf,
  idempotency: declaredKey,
  headers: ({ parameters = [] }, values) =>
    encodeHeaders(parameters, valuesToWire(parameters, "header", values)),
};

/** Cookie parameters. */
export const cookies: Wire = {
  rest: restOf,
  sendCookies,
  cookies: ({ parameters = [] }, values) =>
    encodeCookies(parameters, valuesToWire(parameters, "cookie", values)),
};

/**
 * A body of any media type of the document. Throws an EncodeError for one that is missing, or that the operation or the platform does not
 * take.
 */
export const body: Wire = {
  rest: restOf,
  body(operation, parts) {
    const refuse = (what: string): never => {
      throw new EncodeError(what, { in: "body" });
    };
    const name = `${operation.method} ${operation.path}`;
    if (parts.body === undefined)
      return operation.body?.required === true ? refuse(`The body of ${name} is required.`) : undefined;
    if (operation.body === undefined) return refuse(`${name} takes no body.`);
    // `image/*` chooses among the declared ones and is no type of its own.
    const mediaType = parts.contentType?.includes("*") === true ? undefined : parts.contentType;
    const content = requestContent(operation, parts.contentType);
    const encoded = encodeBody(content, bodyToWire(content, parts.body), mediaType);
    return encoded.body instanceof ReadableStream && !takesStreams(globalThis.Request)
      ? refuse(`The body of ${name} is a stream, and no stream can be sent from here. Send a Blob.`)
      : encoded;
  },
  // Fetch demands `duplex` for bodies that are streams; its type is missing from the DOM's RequestInit. Who reads a stream for `fetch`
  // does not cancel it when nobody waits any more.
  stream: (given, signal) =>
    given instanceof ReadableStream
      ? Object.assign({ duplex: "half" }, { body: given.pipeThrough(new TransformStream(), { signal }) })
      : {},
};

/** An answer of any media type of the document, sequences apart. */
export const answer: Wire = {
  select: selectContent,
  async decode(content, bytes, headers) {
    if (bytes.byteLength === 0 && content.kind === "json") throw new SyntaxError("the body is empty");
    const problems: WireProblem[] = [];
    const wire = await decodeBody(content, new Response(bytes, { headers }), content.shape);
    const value = bodyFromWire(content, wire, problems);
    if (problems.length > 0) throw new DecodeError(problems);
    return { body: value, judged: judged(content.codec, wire, content.json) };
  },
};

/** An answer that is a sequence, as a stream. */
export const items: Wire = {
  items: (content, exchange) =>
    isSequence(content)
      ? new ItemStream(
          content,
          { ...exchange, idleTimeout: exchange.options.idleTimeout ?? exchange.config.idleTimeout },
          {
            broken: (cause) => brokenOff(exchange, cause),
            idle: (milliseconds) =>
              new TimeoutError(`${exchange.name} sent nothing for ${milliseconds} ms.`, {
                request: exchange.request(),
                attempts: exchange.attempts,
              }),
            undecodable: (text, reason) => undecodable(exchange, text, reason),
          },
        )
      : undefined,
};

/** The declared headers of answers. */
export const answerHeaders: Wire = { answerHeaders: readHeaders };

function requestContent(
  { method, path: template, body: declared }: OperationDescriptor,
  contentType: string | undefined,
): ContentDescriptor {
  const contents = declared?.contents ?? [];
  const content =
    contentType === undefined
      ? contents[0]
      : (contents.find((one) => one.mediaType === contentType) ?? selectContent(contents, contentType));
  if (content !== undefined) return content;
  const mediaTypes = contents.map((one) => one.mediaType).join(", ");
  throw new EncodeError(`${method} ${template} takes no body of type ${contentType}, but ${mediaTypes}.`, {
    in: "body",
  });
}
