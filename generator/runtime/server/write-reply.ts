import type {
  ContentDescriptor,
  HeaderDescriptor,
  OperationDescriptor,
  ResponseDescriptor,
} from "../operation.js";
import type { OperationValidators } from "../validation/operation-validators.js";
import { bodyToWire, judged, toWire } from "../formats/apply.js";
import { encodeBody } from "../wire/encode-body.js";
import { encodeHeaderValue } from "../wire/encode-header.js";
import { EncodeError, type WireProblem } from "../wire/errors.js";
import { selectContent } from "../wire/media-type.js";
import { ReplyError } from "./failure.js";
import { validate } from "./read-request.js";
import type { Reply } from "./reply.js";
import { isBodyless } from "./status.js";

type ResponseValidators = NonNullable<OperationValidators["responses"]>[string];

/**
 * Writes a reply as the operation declares it. Throws a ReplyError with every problem when it does not: an undeclared status or
 * media type, a body or header that breaks its schema, a value that cannot be written. `check` turns the schemas off.
 */
export function writeReply(
  operation: OperationDescriptor,
  validators: OperationValidators,
  reply: Reply,
  check: boolean,
): Response {
  const { status } = reply;
  const response = responseFor(operation, status);
  if (response === undefined)
    throw new ReplyError(operation, status, [
      problem("status", `is not declared: ${operation.responses.map((each) => each.status).join(", ")} are`),
    ]);
  const contracts = check ? (validators.responses?.[response.status] ?? {}) : {};
  const problems: WireProblem[] = [];
  const headers = writeHeaders(response, contracts, reply, problems);
  const body = writeBody(operation, response, contracts, reply, problems);
  if (body?.contentType !== undefined) headers.set("Content-Type", body.contentType);
  if (problems.length > 0) throw new ReplyError(operation, status, problems);
  return new Response(body?.body ?? null, { status, headers });
}

/** The response of a status: its own, that of its range, or `default`. */
function responseFor(operation: OperationDescriptor, status: number): ResponseDescriptor | undefined {
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  for (const key of [String(status), `${Math.floor(status / 100)}XX`, "default"]) {
    const found = operation.responses.find((each) => each.status === key);
    if (found !== undefined) return found;
  }
  return undefined;
}

function writeHeaders(
  response: ResponseDescriptor,
  contracts: ResponseValidators,
  reply: Reply,
  problems: WireProblem[],
): Headers {
  const headers = new Headers();
  const given = Object.entries(reply.headers ?? {});
  for (const declared of response.headers ?? []) {
    const value = given.find(([name]) => name.toLowerCase() === declared.name.toLowerCase())?.[1];
    if (value === undefined) {
      if (declared.required === true)
        problems.push({
          in: "header",
          name: declared.name,
          pointer: "",
          keyword: "required",
          message: "is required",
        });
    } else {
      const place = { in: "header", name: declared.name } as const;
      const contract = contracts.headers?.[declared.name];
      attempt(place, problems, () => {
        const wire = toWire(declared.codec, value, place);
        return validate(contract, judged(declared.codec, wire), place, problems);
      });
    }
  }
  for (const [name, value] of given) {
    const declared: HeaderDescriptor = response.headers?.find(
      (each) => each.name.toLowerCase() === name.toLowerCase(),
    ) ?? { name };
    attempt({ in: "header", name }, problems, () => {
      const place = { in: "header", name } as const;
      for (const text of encodeHeaderValue(declared, toWire(declared.codec, value, place), place))
        headers.append(name, text);
    });
  }
  return headers;
}

function writeBody(
  operation: OperationDescriptor,
  response: ResponseDescriptor,
  contracts: ResponseValidators,
  reply: Reply,
  problems: WireProblem[],
): ReturnType<typeof encodeBody> | undefined {
  const { contents = [] } = response;
  if (contents.length === 0 || isBodyless(reply.status)) {
    if (reply.body !== undefined)
      problems.push({
        in: "body",
        pointer: "",
        keyword: "content",
        message: "is not declared for this status",
      });
    return undefined;
  }
  const content =
    reply.contentType === undefined
      ? contents[0]
      : (contents.find((each) => each.mediaType === reply.contentType) ??
        selectContent(contents, reply.contentType));
  if (content === undefined) {
    problems.push({
      in: "body",
      pointer: "",
      keyword: "content",
      message: `has the media type ${reply.contentType}, which is not declared for this status`,
    });
    return undefined;
  }
  if (reply.body === undefined) {
    if (operation.method !== "HEAD")
      problems.push({ in: "body", pointer: "", keyword: "required", message: "is required" });
    return undefined;
  }
  const mediaType = reply.contentType?.includes("*") === true ? undefined : reply.contentType;
  return attempt({ in: "body" }, problems, () => {
    const wire = bodyToWire(content, reply.body);
    if (isChecked(content, wire)) {
      const value = judged(content.codec, wire, content.json);
      validate(contracts.body?.[content.mediaType], value, { in: "body" }, problems);
    }
    return encodeBody(content, wire, mediaType);
  });
}

// Bytes have no schema to break, a stream or an iterable is not there yet when its head is sent, and the schema of a sequence
// speaks of its items, not of the text that they are already.
function isChecked(content: ContentDescriptor, body: unknown): boolean {
  if (content.kind === "binary") return body instanceof Blob;
  if (content.kind === "json-lines" || content.kind === "event-stream") return Array.isArray(body);
  return !(body instanceof FormData) && !(body instanceof URLSearchParams);
}

function attempt<Result>(
  place: Pick<WireProblem, "in" | "name">,
  problems: WireProblem[],
  write: () => Result,
): Result | undefined {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const keyword = error instanceof EncodeError ? "encoding" : "header";
    problems.push({ ...place, pointer: "", keyword, message: error.message.replace(/\.$/, "") });
    return undefined;
  }
}

function problem(keyword: string, message: string): WireProblem {
  return { in: "header", name: "status", pointer: "", keyword, message };
}
