import { bodyFromWire, judged } from "../formats/apply.js";
import type { ContentDescriptor, OperationDescriptor, RequestParts } from "../operation.js";
import type { OperationValidators, ValueContract } from "../validation/operation-validators.js";
import { decodeBytes } from "../wire/decode-body.js";
import { DecodeError, type WireProblem } from "../wire/errors.js";
import { selectContent } from "../wire/media-type.js";
import { fillDefaults, settleReadOnly } from "./body-members.js";
import type { Incoming } from "./incoming.js";
import { bodyLimit, boundedBytes, boundedStream, formLimits } from "./limits.js";
import type { ReadSettings } from "./read-request.js";
import type { Soon } from "./soon.js";
import { streamParts } from "./stream-parts.js";
import { validate } from "./validate.js";

type Body = Pick<RequestParts, "body" | "contentType">;

/** Reads the bodies of one operation. It throws, or rejects with, a LimitError for one that holds more than it may. */
export type BodyReader = (
  incoming: Incoming,
  problems: WireProblem[],
) => Soon<Body | "unsupported" | "encoded">;

const nothing: Body = {};

/**
 * Makes what reads, decodes and checks the bodies of an operation; nothing where there is none. It adds what is wrong with one, or says
 * that nothing reads its media type, or undoes its coding.
 */
export function createBodyReader(
  operation: OperationDescriptor,
  validators: OperationValidators,
  settings: ReadSettings,
): BodyReader {
  const { body } = operation;
  if (body === undefined) return () => nothing;
  const contentOf = remembered((type) => selectContent(body.contents, type));
  return (incoming, problems) => {
    const sent = incoming.header("content-type");
    // A form without fields is an empty text, and so is a text of nothing: its type alone says that it was sent.
    if (!incoming.hasBody && !isForm(sent) && (sent === null || contentOf(sent)?.kind !== "text")) {
      if (body.required === true)
        problems.push({ in: "body", pointer: "", keyword: "required", message: "is required" });
      return nothing;
    }
    if (isEncoded(operation, incoming)) return "encoded";
    // RFC 9110, §8.3: what has no type may be taken for octets.
    const content = contentOf(sent ?? "application/octet-stream");
    if (content === undefined) return "unsupported";
    const contract = validators.body?.[content.mediaType];
    const streamed = settings.streamed ? streamOf(content, contract, incoming, settings) : undefined;
    if (streamed !== undefined) return { body: streamed, contentType: content.mediaType };
    return readContent({ content, contract, incoming, settings, problems });
  };
}

/** A function whose last answer is kept: most callers ask as the one before. */
function remembered<Result>(find: (text: string) => Result): (text: string) => Result {
  let known: { readonly text: string; readonly result: Result } | undefined;
  return (text) => {
    if (known?.text !== text) known = { text, result: find(text) };
    return known.result;
  };
}

interface Arriving {
  readonly content: ContentDescriptor;
  readonly contract: ValueContract | undefined;
  readonly incoming: Incoming;
  readonly settings: ReadSettings;
  readonly problems: WireProblem[];
}

function readContent({ content, contract, incoming, settings, problems }: Arriving): Promise<Body> {
  const { limits, readOnly, bodyDefaults } = settings;
  const members = contract?.members;
  const check = (wire: unknown): Body => {
    if (members !== undefined && readOnly !== "accept") settleReadOnly(members, wire, readOnly, problems);
    const { mediaType: contentType, codec, json } = content;
    if (!validate(contract, judged(codec, wire, json), { in: "body" }, problems, contentType))
      return { body: wire, contentType };
    if (members !== undefined && bodyDefaults && !isPartial(content, incoming)) fillDefaults(members, wire);
    return { body: bodyFromWire(content, wire, problems), contentType };
  };
  const refuse = (error: unknown): Body => {
    // A validator follows a recursive schema as deep as the value goes; past the end of the stack, it is the value that is wrong.
    if (error instanceof RangeError)
      problems.push({ in: "body", pointer: "", keyword: "type", message: "must not be nested so deeply" });
    else if (error instanceof DecodeError) problems.push(...error.problems);
    else throw error;
    return nothing;
  };
  return boundedBytes(incoming, bodyLimit(limits, content.kind)).then((bytes): Soon<Body> => {
    try {
      const body = { bytes, contentType: incoming.header("content-type") };
      const decoded = decodeBytes(content, body, contract?.shape, formLimits(limits));
      return decoded instanceof Promise ? decoded.then(check).catch(refuse) : check(decoded);
    } catch (error) {
      return refuse(error);
    }
  });
}

// What a partial update leaves out stays as it is.
function isPartial({ mediaType }: ContentDescriptor, { method }: Incoming): boolean {
  return method === "PATCH" || mediaType.startsWith("application/merge-patch+json");
}

function streamOf(
  content: ContentDescriptor,
  contract: ValueContract | undefined,
  incoming: Incoming,
  { limits }: ReadSettings,
): unknown {
  if (content.kind !== "binary" && content.kind !== "multipart") return undefined;
  const stream = boundedStream(incoming, bodyLimit(limits, content.kind));
  return content.kind === "binary"
    ? stream
    : streamParts({
        content,
        contract,
        stream,
        contentType: incoming.header("content-type"),
        limits: formLimits(limits),
      });
}

// RFC 9110, §8.4. Where the document has the header as a parameter, its handler knows what to do; a parser before us has done it.
function isEncoded({ parameters = [] }: OperationDescriptor, incoming: Incoming): boolean {
  const codings = incoming.header("content-encoding");
  if (codings === null || incoming.isReread || /^[\s,]*(?:identity[\s,]*)*$/i.test(codings)) return false;
  return !parameters.some((one) => one.in === "header" && one.name.toLowerCase() === "content-encoding");
}

function isForm(contentType: string | null): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? "");
}
