import { bodyToWire, judged } from "../formats/apply.js";
import type { ContentDescriptor, ResponseDescriptor } from "../operation.js";
import type { ValueContract } from "../validation/operation-validators.js";
import { encodeBody, type EncodedBody } from "../wire/encode-body.js";
import type { WireProblem } from "../wire/errors.js";
import { selectContent } from "../wire/media-type.js";
import { preferredOf } from "./accepts.js";
import { ReplyError } from "./failure.js";
import type { Incoming } from "./incoming.js";
import type { Reply } from "./reply.js";
import { placeOf } from "./response-check.js";
import { isBodyless } from "./status.js";
import { byteStream, isByteIterable, isItemStream, watched } from "./reply-streams.js";
import { rooted } from "./schema-place.js";
import { validate } from "./validate.js";
import { attempt, breach, type Exchange, fault, type Findings } from "./write-reply.js";

/** Writes the body of a reply in the media type that the handler chose, or else the caller's `Accept`. */
export function writeBody(
  exchange: Exchange,
  findings: Findings,
  response: ResponseDescriptor,
  reply: Reply,
): EncodedBody | undefined {
  const { contents = [], status: key } = response;
  const note = (how: typeof fault, keyword: string, message: string, mediaType?: string): undefined =>
    void how(exchange, findings, key, { in: "body", pointer: "", keyword, message }, mediaType);
  if (contents.length === 0 || isBodyless(reply.status))
    return reply.body === undefined ? undefined : note(fault, "content", "is not declared for this status");
  const content = contentOf(contents, reply.contentType, exchange.incoming);
  if (content === undefined)
    return note(
      fault,
      "content",
      `has the media type ${reply.contentType}, which is not declared for this status`,
    );
  if (reply.body === undefined)
    return findings.due && exchange.operation.method !== "HEAD"
      ? note(breach, "required", "is required", content.mediaType)
      : undefined;
  const contract = exchange.validators.responses?.[key]?.body?.[content.mediaType];
  return attempt(exchange, findings, key, { in: "body" }, () => {
    const wire = bodyToWire(content, reply.body);
    if (findings.due && isChecked(content, wire)) {
      const found: WireProblem[] = [];
      const judgedWire = judged(content.codec, wire, content.json);
      if (!validate(contract, judgedWire, { in: "body" }, found, content.mediaType))
        for (const problem of found) breach(exchange, findings, key, problem, content.mediaType);
    }
    const named = reply.contentType?.includes("*") === true ? undefined : reply.contentType;
    return encodeBody(content, flowing(exchange, findings, { content, key, reply, contract }, wire), named);
  });
}

/** The media type of the handler's choice; without one, that which the caller likes best. */
function contentOf(
  contents: readonly ContentDescriptor[],
  contentType: string | undefined,
  incoming: Incoming,
): ContentDescriptor | undefined {
  if (contentType !== undefined)
    return (
      contents.find((each) => each.mediaType === contentType) ?? selectContent([...contents], contentType)
    );
  if (contents.length === 1) return contents[0];
  const preferred = preferredOf(
    incoming.header("accept"),
    contents.map(({ mediaType }) => mediaType),
  );
  return contents.find(({ mediaType }) => mediaType === preferred) ?? contents[0];
}

// Bytes have no schema to break, and what comes piece by piece is not there yet when its head is sent; the schema of a sequence speaks
// of its items, not of the text that they are already.
function isChecked({ kind }: ContentDescriptor, body: unknown): boolean {
  if (kind === "binary") return body instanceof Blob;
  if (kind === "json-lines" || kind === "event-stream") return Array.isArray(body);
  return !(body instanceof FormData) && !(body instanceof URLSearchParams);
}

interface Flow {
  readonly content: ContentDescriptor;
  readonly key: string;
  readonly reply: Reply;
  readonly contract: ValueContract | undefined;
}

/** What comes piece by piece, each item held to the schema as it leaves. */
function flowing(exchange: Exchange, findings: Findings, flow: Flow, wire: unknown): unknown {
  const { content, contract } = flow;
  if (isByteIterable(content, wire)) return byteStream(wire, exchange.onBreakOff);
  if (!isItemStream(content, wire)) return wire;
  let looking = findings.due && contract !== undefined;
  const look = (item: unknown, index: number): void => {
    if (!looking || contract === undefined) return;
    const problems = problemsOfItem(contract, judged(content.codec, item, content.json), index);
    if (problems.length === 0) return;
    looking = false;
    breakItem(exchange, flow, problems);
  };
  return watched(wire, look, exchange.onBreakOff);
}

/** The schema is that of the list: what it says of the length of one is no matter of an item. */
function problemsOfItem(contract: ValueContract, item: unknown, index: number): readonly WireProblem[] {
  const found: WireProblem[] = [];
  if (validate(contract, [item], { in: "body" }, found)) return [];
  return found
    .filter(({ pointer }) => pointer.startsWith("/0"))
    .map((problem) => ({ ...problem, pointer: `/${index}${problem.pointer.slice("/0".length)}` }));
}

function breakItem(
  { operation, check, incoming }: Exchange,
  { key, reply, content }: Flow,
  found: readonly WireProblem[],
): void {
  const problems = found.map((problem) => ({
    ...rooted(operation, `/responses/${key}`, problem),
    at: placeOf(operation, key, problem, content.mediaType),
  }));
  check.report({ operation, status: reply.status, problems, sent: !check.refuses }, incoming);
  if (check.refuses) throw new ReplyError(operation, reply.status, problems);
}
