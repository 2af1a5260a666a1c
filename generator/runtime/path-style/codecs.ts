/** What an operation departs by, each from its descriptor: a document's file imports those that it needs, and no others. */
import { bodyFromWire, bodyToWire, valuesToWire } from "../formats/apply.js";
import type { ContentDescriptor, OperationDescriptor } from "../operation.js";
import { decodeBody } from "../wire/decode-body.js";
import { encodeBody } from "../wire/encode-body.js";
import { encodeCookies, encodeHeaders, encodeQuery } from "../wire/encode-parameters.js";
import { encodePath } from "../wire/encode-path.js";
import { DecodeError, type WireProblem } from "../wire/errors.js";
import { selectContent } from "../wire/media-type.js";
import type { Departure } from "./departures.js";

type Codec = (operation: OperationDescriptor) => Departure;

/** All that an operation departs by. */
export function depart(operation: OperationDescriptor, ...codecs: readonly Codec[]): Departure {
  return Object.assign({}, ...codecs.map((codec) => codec(operation))) as Departure;
}

/** The path, with the style of each parameter. Throws an EncodeError for what cannot be written or is missing. */
export function path({ path: template, route, parameters = [] }: OperationDescriptor): Departure {
  return {
    // It is given the base URL and the path in one.
    pathSerializer: (url, values) =>
      `${url.slice(0, -template.length)}${encodePath(route?.path ?? template, parameters, valuesToWire(parameters, "path", values))}`,
  };
}

/** The query, with the style of each parameter. Throws an EncodeError for what cannot be written or is not declared. */
export function query({ route, parameters = [] }: OperationDescriptor): Departure {
  return {
    querySerializer: (values) =>
      [route?.query ?? "", encodeQuery(parameters, valuesToWire(parameters, "query", values))]
        .filter((part) => part !== "")
        .join("&"),
  };
}

/** Header and cookie parameters. Throws an EncodeError for what a header cannot hold or is not declared. */
export function headers({ parameters = [] }: OperationDescriptor): Departure {
  return {
    headers: (params) => {
      const sent = new Headers(encodeHeaders(parameters, valuesToWire(parameters, "header", params.header)));
      const cookies = encodeCookies(parameters, valuesToWire(parameters, "cookie", params.cookie));
      if (cookies !== undefined) sent.set("Cookie", cookies);
      return sent;
    },
  };
}

/** A body of any media type: that of the header `Content-Type`, or the first of the document. Throws an EncodeError. */
export function body({ body: declared }: OperationDescriptor): Departure {
  const contents = declared?.contents ?? [];
  return {
    body: (value, given) => {
      const asked = given.get("Content-Type") ?? undefined;
      const content =
        (asked === undefined ? undefined : selectContent(contents, asked)) ?? contents[0] ?? json;
      return encodeBody(content, bodyToWire(content, value), asked);
    },
  };
}

/** The body of a success of any media type; bytes are a Blob, a sequence is a list. Throws a DecodeError. */
export function answer(operation: OperationDescriptor): Departure {
  const contents = successes(operation);
  return {
    answer: async (response) => {
      const content = selectContent(contents, response.headers.get("Content-Type")) ?? contents[0] ?? json;
      const problems: WireProblem[] = [];
      const value = bodyFromWire(content, await decodeBody(content, response, content.shape), problems);
      if (problems.length > 0) throw new DecodeError(problems);
      return value;
    },
  };
}

/** The body of a success that is JSON, text or bytes, which come as a Blob. */
export function plainAnswer(operation: OperationDescriptor): Departure {
  const contents = successes(operation);
  return {
    answer: async (response) => {
      const content = selectContent(contents, response.headers.get("Content-Type")) ?? contents[0];
      if (content?.kind === "binary") return response.blob();
      const text = await response.text();
      if (content?.kind === "text") return text;
      return text === "" ? undefined : (JSON.parse(text) as unknown);
    },
  };
}

/** The body of a failure, with the types that were chosen for formats; `undefined` where it is not what is declared for the status. */
export function failure({ responses }: OperationDescriptor): Departure {
  return {
    failure: async (text, { status, headers }) => {
      const keys = [`${status}`, `${Math.floor(status / 100)}XX`, "default"];
      const declared = keys.map((key) => responses.find((one) => one.status === key)).find(Boolean);
      const content = selectContent(declared?.contents ?? [], headers.get("Content-Type"));
      if (content === undefined) return undefined;
      const problems: WireProblem[] = [];
      try {
        const wire = await decodeBody(content, new Response(text, { headers }), content.shape);
        const value = bodyFromWire(content, wire, problems);
        return problems.length > 0 ? undefined : value;
      } catch {
        // A failure tells more as it came than that it cannot be read.
        return undefined;
      }
    },
  };
}

const json: ContentDescriptor = { mediaType: "application/json", kind: "json" };

function successes({ responses }: OperationDescriptor): readonly ContentDescriptor[] {
  return responses.filter(({ status }) => status.startsWith("2")).flatMap(({ contents = [] }) => contents);
}
