/** The departures from the plain way, each with the whole table of `wire/` behind it; see Wire. */
import { bodyFromWire, bodyToWire, judged, valuesToWire } from "../formats/apply.js";
import type { ContentDescriptor, OperationDescriptor, ResponseDescriptor } from "../operation.js";
import { takesStreams } from "../path-style/request-streams.js";
import { decodeBody } from "../wire/decode-body.js";
import { encodeBody } from "../wire/encode-body.js";
import { encodeCookies, encodeHeaders, encodeQuery } from "../wire/encode-parameters.js";
import { encodePath } from "../wire/encode-path.js";
import { DecodeError, EncodeError, type WireProblem } from "../wire/errors.js";
import { selectContent } from "../wire/media-type.js";
import { sendCookies } from "./cookies.js";
import { declaredResponse, declaresSuccess } from "./declared.js";
import { TimeoutError, type Answered, type ApiError } from "./errors.js";
import { declaredKey, isIdempotent } from "./idempotency.js";
import { isSequence, ItemStream } from "./item-stream.js";
import { takeRedirects } from "./redirect.js";
import { answered, brokenOff, undecodable, type Exchange } from "./response.js";
import { restOf } from "./rest.js";
import { apiError } from "./status-errors.js";
import { readHeaders } from "./response-headers.js";
import type { Wire } from "./wire.js";

export { asJson, deep, delimited, queryOf } from "./query.js";
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

/** A method other than GET that is idempotent. */
export const idempotent: Wire = { isIdempotent };

/** Answers without a body: where none is declared, or there can be none (RFC 9110, §6.4.1). */
export const bare: Wire = { empty, takes };

/**
 * Answers that are declared by a range of statuses, by `default`, or from 300 to 399, and a success that is not declared; some without
 * a body, for all that is known.
 */
export const statuses: Wire = {
  empty,
  declared: declaredResponse,
  takes(exchange, body, declared) {
    const { operation, response } = exchange;
    if (declared || !response.ok || declaresSuccess(operation)) return takes(exchange, body, declared);
    // Where the document says nothing of success, a success is taken as it comes.
    const contentType = response.headers.get("Content-Type") ?? undefined;
    return { ...answered(exchange, body), contentType, declared: true };
  },
  failure(answer) {
    // A 304 or the like has not the body that a success has, if there is one.
    if (answer.response.ok || !declaresSuccess(answer.operation)) return undefined;
    let error: ApiError | undefined;
    return () => {
      if (error === undefined) {
        error = apiError(answer);
        answer.failed?.(error);
      }
      return error;
    };
  },
};

function empty(
  { method }: OperationDescriptor,
  { contents = [] }: ResponseDescriptor,
  status: number,
): boolean {
  return method === "HEAD" || /^(?:20[45]|304)$/.test(`${status}`) || (contents.length === 0 && status < 400);
}

// What an error says is worth reading, even where the document declares no body for it.
function takes(
  exchange: Exchange,
  body: unknown,
  declared: ResponseDescriptor | undefined,
): Answered | undefined {
  const { contents = [] } = declared ?? {};
  return declared && contents.length === 0
    ? answered(exchange, body === "" ? undefined : body, declared)
    : undefined;
}

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
  streams: ({ body: given }) => given instanceof ItemStream,
  items: (content, exchange) =>
    isSequence(content)
      ? new ItemStream(
          content,
          { ...exchange, idleTimeout: exchange.options.idleTimeout ?? exchange.config.idleTimeout },
          {
            broken: (cause) => brokenOff(exchange, cause),
            idle: (milliseconds) =>
              new TimeoutError(`${exchange.name} sent nothing for ${milliseconds} ms.`, {
                ...exchange.sent(),
              }),
            undecodable: (text, reason) => undecodable(exchange, text, reason),
          },
        )
      : undefined,
};

/** A redirect that the document declares: it is an answer, and not followed. */
export const redirects: Wire = { redirects: takeRedirects };

/** The declared headers of answers. */
export const answerHeaders: Wire = {
  answerHeaders: (declared, { headers: given }) => readHeaders(declared?.headers ?? [], given),
};

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
