import type { OperationDescriptor, ParameterDescriptor, RequestParts } from "../operation.js";
import type { OperationValidators, ValueContract } from "../validation/operation-validators.js";
import { fromWire, judged } from "../formats/apply.js";
import {
  decodeCookies,
  decodeHeaders,
  decodePath,
  decodeQuery,
  type Decoded,
  type Shapes,
  unknownNames,
} from "../wire/decode-parameters.js";
import type { WireProblem } from "../wire/errors.js";
import { isSentUnasked } from "../wire/unasked.js";
import type { Incoming } from "./incoming.js";
import type { Limits } from "./limits.js";
import { quickHeaders, quickPath, quickQuery, type Values } from "./quick-read.js";
import { createBodyReader } from "./read-body.js";
import { type Soon, soon } from "./soon.js";
import { validate } from "./validate.js";

/** What a request holds, or everything that is wrong with it, or the media type or coding that nothing reads. */
export type ReadRequest =
  | { readonly kind: "read"; readonly parts: RequestParts }
  | { readonly kind: "invalid"; readonly problems: readonly WireProblem[] }
  | { readonly kind: "unsupported"; readonly contentType: string | null }
  | { readonly kind: "encoded"; readonly codings: string };

/** How the requests of an operation are read. */
export interface ReadSettings {
  readonly limits: Limits;
  readonly unknownQuery: "ignore" | "refuse";
  readonly readOnly: "drop" | "refuse" | "accept";
  readonly bodyDefaults: boolean;
  /** Whether the handler reads files itself, as they arrive. */
  readonly streamed: boolean;
  /** Names in the query that belong to security schemes. */
  readonly foreign: readonly string[];
}

/** Reads the requests of one operation, and says so at once where there is no body to wait for. */
export type RequestReader = (
  incoming: Incoming,
  texts: { readonly [name: string]: string },
) => Soon<ReadRequest>;

/**
 * Makes what decodes and checks requests. Parameters and body are looked at together, so that one answer names every problem. Text is
 * decoded by the schema; JSON is never coerced; defaults stand in for what is absent. What it makes throws a LimitError when the body
 * holds more than it may.
 */
export function createRequestReader(
  operation: OperationDescriptor,
  validators: OperationValidators,
  settings: ReadSettings,
): RequestReader {
  // What the path fixes of the query has done its work, and no map of the remaining names shall take it.
  const foreign = [...settings.foreign, ...new URLSearchParams(operation.route?.query).keys()];
  const path = placeOf(operation, validators.path, "path");
  const query = placeOf(operation, validators.query, "query", "querystring");
  const header = placeOf(operation, validators.header, "header");
  const cookie = placeOf(operation, validators.cookie, "cookie");
  const quick = {
    path: quickPath(path.parameters, validators.path ?? {}),
    query: quickQuery(query.parameters, validators.query ?? {}),
    header: quickHeaders(header.parameters, validators.header ?? {}),
  };
  const readBody = createBodyReader(operation, validators, settings);
  const refuseUnknown = (search: string, problems: WireProblem[]): void => {
    for (const name of unknownNames(query.parameters, query.shapes, search, foreign))
      problems.push({ in: "query", name, pointer: "", keyword: "unknown", message: "is not a parameter" });
  };

  return (incoming, texts) => {
    const problems: WireProblem[] = [];
    const { search } = incoming;
    const parameters = {
      path: quick.path?.(texts) ?? check(path, decodePath(path.parameters, path.shapes, texts), problems),
      query:
        quick.query?.(search) ??
        check(query, decodeQuery(query.parameters, query.shapes, search, foreign), problems),
      header:
        quick.header?.((name) => incoming.header(name)) ??
        check(
          header,
          decodeHeaders(header.parameters, header.shapes, { get: (name) => incoming.header(name) }),
          problems,
        ),
      cookie: cookie.isEmpty
        ? {}
        : check(cookie, decodeCookies(cookie.parameters, cookie.shapes, incoming.header("cookie")), problems),
    };
    if (settings.unknownQuery === "refuse") refuseUnknown(search, problems);
    if (operation.body === undefined)
      return problems.length > 0 ? { kind: "invalid", problems } : { kind: "read", parts: parameters };
    return soon(readBody(incoming, problems), (read): ReadRequest => {
      if (read === "unsupported")
        return { kind: "unsupported", contentType: incoming.header("content-type") };
      if (read === "encoded") return { kind: "encoded", codings: incoming.header("content-encoding") ?? "" };
      if (problems.length > 0) return { kind: "invalid", problems };
      const { path, query, header, cookie } = parameters;
      const { body, contentType } = read;
      return contentType === undefined
        ? { kind: "read", parts: parameters }
        : { kind: "read", parts: { path, query, header, cookie, body, contentType } };
    });
  };
}

/** The parameters of one place, with all that can be known of them before a request is there. */
interface Place {
  readonly isEmpty: boolean;
  readonly parameters: readonly ParameterDescriptor[];
  readonly shapes: Shapes;
  readonly checks: readonly ParameterCheck[];
}

interface ParameterCheck {
  readonly parameter: ParameterDescriptor;
  readonly contract: ValueContract | undefined;
  /** What a platform may have said by itself: if the document does not allow it, nothing was said (RFC 9110, §12.5.4). */
  readonly unasked: boolean;
}

function placeOf(
  { parameters = [] }: OperationDescriptor,
  contracts: { readonly [name: string]: ValueContract } = {},
  ...places: readonly ParameterDescriptor["in"][]
): Place {
  const own = parameters.filter((parameter) => places.includes(parameter.in));
  return {
    isEmpty: own.length === 0,
    parameters: own,
    shapes: Object.fromEntries(
      Object.entries(contracts).map(([name, contract]) => [name, contract.shape ?? "any"]),
    ),
    checks: own.map((parameter) => ({
      parameter,
      contract: Object.hasOwn(contracts, parameter.name) ? contracts[parameter.name] : undefined,
      unasked: parameter.in === "header" && parameter.required !== true && isSentUnasked(parameter.name),
    })),
  };
}

function check({ checks }: Place, decoded: Decoded, problems: WireProblem[]): Values {
  const values: Values = { ...decoded.values };
  for (const problem of decoded.problems)
    if (!checks.some(({ parameter, unasked }) => unasked && parameter.name === problem.name))
      problems.push(problem);
  for (const { parameter, contract, unasked } of checks) {
    const { name, codec } = parameter;
    const place = { in: parameter.in, name };
    const unread = decoded.problems.some((problem) => problem.name === name);
    if (unasked && (unread || !isValid(contract, judged(codec, values[name]), place, [])))
      delete values[name];
    else if (unread) continue;
    if (Object.hasOwn(values, name)) {
      if (!isValid(contract, judged(codec, values[name]), place, problems)) continue;
      if (codec !== undefined) put(values, name, fromWire(codec, values[name], place, problems));
    } else if (contract !== undefined && "default" in contract) {
      put(values, name, fromWire(codec, copied(contract.default), place, problems));
    } else if (parameter.required === true) {
      problems.push({ ...place, pointer: "", keyword: "required", message: "is required" });
    }
  }
  return values;
}

// A validator follows a recursive schema as deep as the value goes; past the end of the stack, it is the value that is wrong.
function isValid(...asked: Parameters<typeof validate>): boolean {
  try {
    return validate(...asked);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const [, , place, problems] = asked;
    problems.push({ ...place, pointer: "", keyword: "type", message: "must not be nested so deeply" });
    return false;
  }
}

// A copy: a handler that changes what it gets must not change the default of the next request.
function copied(value: unknown): unknown {
  return typeof value === "object" && value !== null ? structuredClone(value) : value;
}

// Not by assignment, which would let a parameter named "__proto__" set the prototype.
function put(values: Values, name: string, value: unknown): void {
  if (name !== "__proto__") values[name] = value;
  else Object.defineProperty(values, name, { value, enumerable: true, writable: true, configurable: true });
}
