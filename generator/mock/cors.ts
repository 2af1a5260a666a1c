/** https://fetch.spec.whatwg.org/#http-cors-protocol : any page may ask the mock, with credentials too. */
import type { Answer } from "../runtime/server/answer.ts";
import type { Incoming } from "../runtime/server/incoming.ts";

/** The answer to a preflight request; `undefined` for any other. */
export function preflight(incoming: Incoming): Answer | undefined {
  const method = incoming.header("access-control-request-method");
  if (incoming.method !== "OPTIONS" || method === null) return undefined;
  const headers = incoming.header("access-control-request-headers");
  const fields = [
    ...originFields(incoming),
    ...["Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS"],
    ...(headers === null ? [] : ["Access-Control-Allow-Headers", headers]),
    ...(incoming.header("access-control-request-private-network") === null
      ? []
      : ["Access-Control-Allow-Private-Network", "true"]),
    ...["Access-Control-Max-Age", "600"],
  ];
  return { status: 204, fields, body: null };
}

/** An answer that any page may read, all of its headers too. */
export function opened(answer: Answer, incoming: Incoming): Answer {
  const names = answer.fields.filter((_, index) => index % 2 === 0);
  // A star would not do for requests with credentials.
  const exposed = names.length === 0 ? [] : ["Access-Control-Expose-Headers", [...new Set(names)].join(", ")];
  return { ...answer, fields: [...answer.fields, ...originFields(incoming), ...exposed] };
}

function originFields(incoming: Incoming): readonly string[] {
  const origin = incoming.header("origin");
  return origin === null
    ? ["Access-Control-Allow-Origin", "*"]
    : ["Access-Control-Allow-Origin", origin, "Access-Control-Allow-Credentials", "true", "Vary", "Origin"];
}
