import type { Json } from "../../openapi/shapes.ts";
import type { ApiModel, Content, Direction, Operation, Parameter, Response, StatusKey } from "../api-model.ts";
import { sidesOf } from "../direction.ts";
import { sample, type Sample, type SampleValue } from "../sample.ts";
import { concreteType, sampleBody } from "./bodies.ts";
import { headerSurvives, survives, survivesTogether } from "./wire.ts";

type Schemas = Pick<ApiModel, "schemaByReference">;
type Values = { readonly [name: string]: SampleValue };

/** The parts of a request, as `RequestParts` of the runtime has them. A location without values is absent. */
export interface RequestParts {
  readonly path?: Values;
  readonly query?: Values;
  readonly header?: Values;
  readonly cookie?: Values;
  readonly body?: SampleValue;
  readonly contentType?: string;
}

/** A request that client and server understand in the same way, or where none can be made. */
export type RequestSample =
  | { readonly ok: true; readonly request: RequestParts }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly in: Parameter["in"] | "body";
      readonly name?: string;
      readonly pointer: string;
    };

/** A response as a handler replies it, or where none can be made. */
export type ResponseSample =
  | {
      readonly ok: true;
      readonly response: {
        readonly status: number;
        readonly contentType?: string;
        readonly headers?: Values;
        readonly body?: SampleValue;
      };
    }
  | { readonly ok: false; readonly reason: string; readonly header?: string; readonly pointer: string };

/**
 * A valid request of an operation: all required parameters and those optional ones that the wire can carry, and a body of the
 * content (default: the first of the operation).
 */
export function sampleRequest(
  model: Schemas,
  operation: Operation,
  content: Content | undefined = operation.body?.contents[0],
): RequestSample {
  const found: Record<"path" | "query" | "header" | "cookie", Map<string, SampleValue>> = {
    path: new Map(),
    query: new Map(),
    header: new Map(),
    cookie: new Map(),
  };
  for (const parameter of operation.parameters) {
    const values = found[parameter.in === "querystring" ? "query" : parameter.in];
    if (!parameter.required && (parameter.deprecated || unsendable.has(parameter.name.toLowerCase()))) continue;
    const value = sampleParameter(model, parameter, sidesOf(operation).request);
    if (value.ok) values.set(parameter.name, value.value);
    else if (parameter.required) return { ...value, in: parameter.in, name: parameter.name };
  }
  const clash = settleQuery(model, operation, found.query);
  if (clash !== undefined) return { ok: false, reason: "no values can be told apart in the query", ...clash };
  const body = sampleRequestBody(model, operation, content);
  if (!body.ok) return { ...body, in: "body" };
  const locations = Object.entries(found).flatMap(([location, values]) =>
    values.size === 0 ? [] : [[location, Object.fromEntries(values)]],
  );
  return { ok: true, request: { ...Object.fromEntries(locations), ...body.parts } };
}

/** A valid reply with a status that is declared, and a body of the content (default: the first of the response). */
export function sampleResponse(
  model: Schemas,
  operation: Operation,
  response: Response,
  content: Content | undefined = response.contents[0],
): ResponseSample {
  const status = concreteStatus(operation, response.status);
  if (status === undefined) return { ok: false, reason: "no status of it can arrive as an answer", pointer: "" };
  const headers = new Map<string, SampleValue>();
  for (const header of response.headers) {
    const outside =
      ownedHeaders.has(header.name.toLowerCase()) || (header.name.toLowerCase() === "location" && status >= 300 && status < 400);
    if (!header.required && (header.deprecated || outside)) continue;
    const hints = hintsOf(header);
    const value = sample(model, header.schema, {
      direction: sidesOf(operation).response,
      name: header.name,
      hints,
      accept: (one) => headerSurvives(model, header, one),
    });
    if (value.ok) headers.set(header.name, value.value);
    else if (header.required) return { ...value, header: header.name };
  }
  const rest = headers.size === 0 ? {} : { headers: Object.fromEntries(headers) };
  if (content === undefined || bodiless.has(status)) return { ok: true, response: { status, ...rest } };
  const body = sampleBody(model, content, sidesOf(operation).response);
  return body.ok ? { ok: true, response: { status, contentType: concreteType(content), ...rest, body: body.value } } : body;
}

/** One value of a parameter that its style can carry. */
export function sampleParameter(model: Schemas, parameter: Parameter, direction: Direction = "request"): Sample {
  const hints = hintsOf(parameter);
  return sample(model, parameter.schema, {
    direction,
    name: parameter.name,
    hints,
    accept: (value) => survives(model, parameter, value),
  });
}

/**
 * Names of one exploded object can be names of other parameters: then what is optional gives way, objects before others. What is
 * required and cannot be told apart is given back.
 */
function settleQuery(
  model: Schemas,
  operation: Operation,
  values: Map<string, SampleValue>,
): { readonly in: Parameter["in"]; readonly name: string; readonly pointer: string } | undefined {
  const parameters = operation.parameters.filter((parameter) => parameter.in === "query" || parameter.in === "querystring");
  const isTogether = (): boolean => values.size === 0 || survivesTogether(model, parameters, values);
  if (parameters.length < 2 || isTogether()) return undefined;
  const isLoose = ({ in: place, name }: Parameter): boolean =>
    place === "querystring" || (typeof values.get(name) === "object" && !Array.isArray(values.get(name)));
  const given = parameters.filter(({ name }) => values.has(name)).reverse();
  for (const { name, required } of given.filter(isLoose)) {
    if (!required) values.delete(name);
    if (isTogether()) return undefined;
  }
  // What is taken for a member of an object even where no object is sent.
  for (const { name, required } of given) {
    const value = values.get(name);
    if (required || value === undefined || survivesTogether(model, parameters, new Map([[name, value]]))) continue;
    values.delete(name);
    if (isTogether()) return undefined;
  }
  const [first] = given.filter(({ required }) => required);
  return first === undefined ? undefined : { in: first.in, name: first.name, pointer: "" };
}

function sampleRequestBody(
  model: Schemas,
  operation: Operation,
  content: Content | undefined,
):
  | { readonly ok: true; readonly parts: RequestParts }
  | { readonly ok: false; readonly reason: string; readonly pointer: string } {
  if (operation.body === undefined || content === undefined) return { ok: true, parts: {} };
  // https://fetch.spec.whatwg.org/#dom-request : a GET or HEAD request has no body.
  const carries = operation.method !== "get" && operation.method !== "head";
  const body: Sample = carries
    ? sampleBody(model, content, sidesOf(operation).request)
    : { ok: false, reason: `fetch sends no body with ${operation.method.toUpperCase()}`, pointer: "" };
  if (body.ok) return { ok: true, parts: { body: body.value, contentType: concreteType(content) } };
  return operation.body.required ? body : { ok: true, parts: {} };
}

/** A status of its own for a range or `default`: one that no other response of the operation claims. */
export function concreteStatus(operation: Operation, key: StatusKey): number | undefined {
  // A 1xx is no final answer, and `fetch` takes a 407 for a failure of the network (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
  if (typeof key === "number") return key >= 200 && key <= 599 && key !== 407 ? key : undefined;
  const declared = new Set(operation.responses.map((response) => response.status));
  const ranged = (status: number): boolean => [...declared].some((one) => one === `${Math.floor(status / 100)}XX`);
  if (key === "default") return usual.find((status) => !declared.has(status) && !ranged(status));
  const first = Number(key[0]);
  return usual.find((status) => Math.floor(status / 100) === first && !declared.has(status));
}

const usual = [500, 400, 404, 409, 418, 422, 429, 451, 502, 503, 504, 508, 200, 201, 202, 203, 206, 207, 300, 303, 305, 306];

/** https://fetch.spec.whatwg.org/#null-body-status */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** Headers that belong to HTTP's own machinery: fetch sets or refuses them, so that no fixture can. */
const ownedHeaders: ReadonlySet<string> = new Set([
  "content-type",
  "content-length",
  "content-encoding",
  "transfer-encoding",
  "connection",
  "keep-alive",
  "upgrade",
  "trailer",
  "te",
  "date",
  "set-cookie",
]);
const unsendable: ReadonlySet<string> = new Set([
  ...ownedHeaders,
  "host",
  "expect",
  "cookie",
  "accept-encoding",
  "authorization",
  "accept",
]);

/** Whether a request has a value there that nobody gave: a credential, or what `fetch` says by itself. */
export function arrivesAnyway({ in: place, name, credential }: Parameter): boolean {
  return credential !== undefined || (place === "header" && added.has(name.toLowerCase()));
}

const added: ReadonlySet<string> = new Set(["accept", "accept-encoding", "accept-language", "user-agent", "sec-fetch-mode"]);

function hintsOf({ examples }: Pick<Parameter, "examples">): Json[] {
  return examples.flatMap(({ value }) => (value === undefined ? [] : [value]));
}
