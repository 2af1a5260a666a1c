/** The departures from the plain way, each with the whole table of `wire/` behind it; see Wire. */
import { bodyFromWire, bodyToWire, judged, valuesToWire } from "../formats/apply.js";
import type { ContentDescriptor, OperationDescriptor } from "../operation.js";
import { decodeBody } from "../wire/decode-body.js";
import { encodeBody } from "../wire/encode-body.js";
import { encodeCookies, encodeHeaders, encodeQuery } from "../wire/encode-parameters.js";
import { encodePath } from "../wire/encode-path.js";
import { DecodeError, EncodeError, type WireProblem } from "../wire/errors.js";
import { selectContent } from "../wire/media-type.js";
import { isSequence, ItemStream } from "./item-stream.js";
import { readHeaders } from "./response-headers.js";
import type { Wire } from "./wire.js";

/** The path, with the style of each parameter. */
export const path: Wire = {
  path: ({ path: template, route, parameters = [] }, values) =>
    encodePath(route?.path ?? template, parameters, valuesToWire(parameters, "path", values)),
};

/** The query, with the style of each parameter. */
export const query: Wire = {
  query: ({ parameters = [] }, values) => encodeQuery(parameters, valuesToWire(parameters, "query", values)),
};

/** Header parameters. */
export const headers: Wire = {
  headers: ({ parameters = [] }, values) =>
    encodeHeaders(parameters, valuesToWire(parameters, "header", values)),
};

/** Cookie parameters. */
export const cookies: Wire = {
  cookies: ({ parameters = [] }, values) =>
    encodeCookies(parameters, valuesToWire(parameters, "cookie", values)),
};

/** A body of any media type of the document. */
export const body: Wire = {
  body(operation, parts) {
    // `image/*` chooses among the declared ones and is no type of its own.
    const mediaType = parts.contentType?.includes("*") === true ? undefined : parts.contentType;
    const content = requestContent(operation, parts.contentType);
    return encodeBody(content, bodyToWire(content, parts.body), mediaType);
  },
};

/** An answer of any media type of the document, sequences apart. */
export const answer: Wire = {
  select: selectContent,
  async decode(content, bearer) {
    const problems: WireProblem[] = [];
    const wire = await decodeBody(content, bearer, content.shape);
    const value = bodyFromWire(content, wire, problems);
    if (problems.length > 0) throw new DecodeError(problems);
    return { body: value, judged: judged(content.codec, wire, content.json) };
  },
};

/** An answer that is a sequence, as a stream. */
export const items: Wire = {
  items: (content, exchange, errors) =>
    isSequence(content) ? new ItemStream(content, exchange, errors) : undefined,
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
