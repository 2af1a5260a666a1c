import { bodyFromWire, judged } from "../formats/apply.js";
import type { ContentDescriptor, OperationDescriptor, RequestParts } from "../operation.js";
import type { OperationValidators, ValueContract } from "../validation/operation-validators.js";
import { decodeBody } from "../wire/decode-body.js";
import { DecodeError, type WireProblem } from "../wire/errors.js";
import { selectContent } from "../wire/media-type.js";
import { fillDefaults, settleReadOnly } from "./body-members.js";
import type { Incoming } from "./incoming.js";
import { bodyLimit, boundedBody, boundedStream, formLimits } from "./limits.js";
import type { ReadSettings } from "./read-request.js";
import { streamParts } from "./stream-parts.js";
import { validate } from "./validate.js";

type Body = Pick<RequestParts, "body" | "contentType">;

/**
 * Reads, decodes and checks the body of a request; nothing where there is none. Adds what is wrong with it, or says that nothing reads
 * its media type, or undoes its coding. Throws a LimitError when it holds more than it may.
 */
export async function readBody(
  operation: OperationDescriptor,
  validators: OperationValidators,
  incoming: Incoming,
  settings: ReadSettings,
  problems: WireProblem[],
): Promise<Body | "unsupported" | "encoded"> {
  if (operation.body === undefined) return {};
  // A form without fields is an empty text: its type alone says that it was sent.
  if (!incoming.hasBody && !isForm(incoming)) {
    if (operation.body.required === true)
      problems.push({ in: "body", pointer: "", keyword: "required", message: "is required" });
    return {};
  }
  if (isEncoded(operation, incoming)) return "encoded";
  // RFC 9110, §8.3: what has no type may be taken for octets.
  const type = incoming.header("content-type") ?? "application/octet-stream";
  const content = selectContent(operation.body.contents, type);
  if (content === undefined) return "unsupported";
  const contract = validators.body?.[content.mediaType];
  const streamed = settings.streamed ? streamOf(content, contract, incoming, settings) : undefined;
  if (streamed !== undefined) return { body: streamed, contentType: content.mediaType };
  try {
    const body = await readContent(content, contract, incoming, settings, problems);
    return { body, contentType: content.mediaType };
  } catch (error) {
    // A validator follows a recursive schema as deep as the value goes; past the end of the stack, it is the value that is wrong.
    if (error instanceof RangeError)
      problems.push({ in: "body", pointer: "", keyword: "type", message: "must not be nested so deeply" });
    else if (error instanceof DecodeError) problems.push(...error.problems);
    else throw error;
    return {};
  }
}

async function readContent(
  content: ContentDescriptor,
  contract: ValueContract | undefined,
  incoming: Incoming,
  settings: ReadSettings,
  problems: WireProblem[],
): Promise<unknown> {
  const { limits, readOnly, bodyDefaults } = settings;
  const bearer = boundedBody(incoming, bodyLimit(limits, content.kind));
  const wire = await decodeBody(content, bearer, contract?.shape, formLimits(limits));
  const members = contract?.members;
  if (members !== undefined && readOnly !== "accept") settleReadOnly(members, wire, readOnly, problems);
  if (!validate(contract, judged(content.codec, wire, content.json), { in: "body" }, problems)) return wire;
  if (members !== undefined && bodyDefaults && !isPartial(content, incoming)) fillDefaults(members, wire);
  return bodyFromWire(content, wire, problems);
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
        headers: { get: (name) => incoming.header(name) },
        limits: formLimits(limits),
      });
}

// RFC 9110, §8.4. Where the document has the header as a parameter, its handler knows what to do; a parser before us has done it.
function isEncoded({ parameters = [] }: OperationDescriptor, incoming: Incoming): boolean {
  const codings = incoming.header("content-encoding");
  if (codings === null || incoming.isReread || /^[\s,]*(?:identity[\s,]*)*$/i.test(codings)) return false;
  return !parameters.some((one) => one.in === "header" && one.name.toLowerCase() === "content-encoding");
}

function isForm(incoming: Incoming): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(incoming.header("content-type") ?? "");
}
