import { judged, toWire } from "../formats/apply.js";
import type { HeaderDescriptor, OperationDescriptor, ResponseDescriptor } from "../operation.js";
import type { OperationValidators } from "../validation/operation-validators.js";
import { encodeHeaderValue } from "../wire/encode-header.js";
import { EncodeError, type WireProblem } from "../wire/errors.js";
import { ReplyError } from "./failure.js";
import { type Answer, Fields } from "./answer.js";
import type { Incoming } from "./incoming.js";
import type { Reply } from "./reply.js";
import { type BreachProblem, placeOf, type ReplyCheck } from "./response-check.js";
import { rooted } from "./schema-place.js";
import { validate } from "./validate.js";
import { writeBody } from "./write-body.js";

/** An exchange that is to be ended with a reply. */
export interface Exchange {
  readonly operation: OperationDescriptor;
  readonly validators: OperationValidators;
  readonly incoming: Incoming;
  readonly check: ReplyCheck;
  /** Is told what breaks off a body that has begun. */
  readonly onBreakOff: (error: unknown) => void;
}

/** What is found of a reply while it is written. */
export interface Findings {
  readonly problems: BreachProblem[];
  /** What breaks a schema, or lacks what is required, could be sent all the same; what has no form on the wire cannot. */
  unwritable: boolean;
  /** Whether schemas are looked at. */
  readonly due: boolean;
}

/**
 * Writes a reply as the operation declares it. A reply that breaks the document is reported; then it throws a ReplyError with every
 * problem, unless the check lets it pass and there is a way to write it.
 */
export function writeReply(exchange: Exchange, reply: Reply): Answer {
  const { operation, check, incoming } = exchange;
  const { status } = reply;
  const response = responseFor(operation, status);
  const key = response?.status;
  const findings: Findings = { problems: [], unwritable: false, due: key !== undefined && check.isDue(key) };
  const fields = new Fields();
  let body: BodyInit | null = null;
  if (response === undefined) {
    const declared = operation.responses.map((each) => each.status).join(", ");
    fault(exchange, findings, key, {
      ...{ in: "header", name: "status", pointer: "", keyword: "status" },
      message: `is not declared: ${declared} are`,
    });
  } else {
    writeHeaders(exchange, findings, response, reply, fields);
    const encoded = writeBody(exchange, findings, response, reply);
    if (encoded?.contentType !== undefined) fields.set("Content-Type", encoded.contentType);
    body = encoded?.body ?? null;
  }
  if (findings.problems.length > 0) {
    const { problems, unwritable } = findings;
    const sent = !unwritable && !check.refuses;
    check.report({ operation, status, problems, sent }, incoming);
    if (!sent) throw new ReplyError(operation, status, problems);
  }
  return { status, fields: fields.list, body };
}

/** The response of a status: its own, that of its range, or `default`. */
function responseFor(operation: OperationDescriptor, status: number): ResponseDescriptor | undefined {
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  const exact = String(status);
  let range: ResponseDescriptor | undefined;
  let rest: ResponseDescriptor | undefined;
  for (const response of operation.responses) {
    if (response.status === exact) return response;
    if (response.status === "default") rest ??= response;
    else if (response.status.endsWith("XX") && response.status.startsWith(exact.charAt(0)))
      range ??= response;
  }
  return range ?? rest;
}

function writeHeaders(
  exchange: Exchange,
  findings: Findings,
  response: ResponseDescriptor,
  reply: Reply,
  fields: Fields,
): void {
  if (response.headers === undefined && reply.headers === undefined && reply.extraHeaders === undefined)
    return;
  const declared = new Map((response.headers ?? []).map((header) => [header.name.toLowerCase(), header]));
  const given = Object.entries(reply.headers ?? {}).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    const header: HeaderDescriptor = declared.get(name.toLowerCase()) ?? { name };
    attempt(exchange, findings, response.status, { in: "header", name: header.name }, (place) => {
      const wire = toWire(header.codec, value, place);
      const contract = exchange.validators.responses?.[response.status]?.headers?.[header.name];
      if (findings.due) {
        const found: WireProblem[] = [];
        if (!validate(contract, judged(header.codec, wire), place, found))
          for (const problem of found) breach(exchange, findings, response.status, problem);
      }
      for (const text of encodeHeaderValue(header, wire, place)) fields.append(name, text);
    });
    declared.delete(name.toLowerCase());
  }
  for (const { name, required } of declared.values())
    if (required === true && findings.due)
      breach(exchange, findings, response.status, {
        ...{ in: "header", name, pointer: "", keyword: "required", message: "is required" },
      });
  for (const [name, value] of Object.entries(reply.extraHeaders ?? {}))
    attempt(exchange, findings, response.status, { in: "header", name }, () => {
      for (const text of typeof value === "string" ? [value] : value) fields.append(name, text);
    });
}

/** Notes what breaks a schema. */
export function breach(
  { operation }: Exchange,
  { problems }: Findings,
  key: string | undefined,
  problem: WireProblem,
  mediaType?: string,
): void {
  const at = placeOf(operation, key, problem, mediaType);
  problems.push({ ...rooted(operation, `/responses/${key}`, problem), at });
}

/** Notes what cannot be written. */
export function fault(
  exchange: Exchange,
  findings: Findings,
  key: string | undefined,
  problem: WireProblem,
  mediaType?: string,
): void {
  findings.unwritable = true;
  breach(exchange, findings, key, problem, mediaType);
}

/** Writes something; what has no form on the wire is noted. */
export function attempt<Result>(
  exchange: Exchange,
  findings: Findings,
  key: string,
  place: Pick<WireProblem, "in" | "name">,
  write: (place: Pick<WireProblem, "in" | "name">) => Result,
): Result | undefined {
  try {
    return write(place);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const keyword = error instanceof EncodeError ? "encoding" : "header";
    const message = error.message.replace(/\.$/, "");
    fault(exchange, findings, key, { ...place, pointer: "", keyword, message });
    return undefined;
  }
}
