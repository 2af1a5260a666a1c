/** Samples as programs have them: JSON in which chosen formats have their types. */
import { bodyFromWire, fromWire } from "../runtime/formats/apply.ts";
import type { WireProblem } from "../runtime/wire/errors.ts";
import type { ApiModel, Content, Operation, Response } from "./api-model.ts";
import { contentPlan, planOf, run, type CodecPlan } from "./codecs.ts";
import type { RequestParts, RequestSample, ResponseSample, SampleValue } from "./sample.ts";
import type { Schema } from "../openapi/shapes.ts";

/** A value as a program has it: a sample whose formats have the types that were chosen for them. */
export type TypedValue =
  SampleValue | Date | bigint | Uint8Array | readonly TypedValue[] | { readonly [key: string]: TypedValue };

type TypedValues = { readonly [name: string]: TypedValue };

/** A request with typed values. */
export interface TypedRequest extends Pick<RequestParts, "contentType"> {
  readonly path?: TypedValues;
  readonly query?: TypedValues;
  readonly header?: TypedValues;
  readonly cookie?: TypedValues;
  readonly body?: TypedValue;
}

/** A reply with typed values. */
export interface TypedResponse {
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: TypedValues;
  readonly body?: TypedValue;
}

type Failed<Sample> = Extract<Sample, { readonly ok: false }>;
type Made<Value, Sample> = { readonly ok: true; readonly value: Value } | Failed<Sample>;

/** The typed value of a sample; not ok when its format has no such value, such as a leap second as a Date. */
export function typedSample(model: ApiModel, schema: Schema, value: SampleValue): Made<TypedValue, ResponseSample> {
  return decoded(model, planOf(model, schema), value);
}

/** The same for a request. */
export function typedRequest(
  model: ApiModel,
  operation: Operation,
  content: Content | undefined,
  request: RequestParts,
): Made<TypedRequest, RequestSample> {
  const typed: Record<string, TypedValues> = {};
  for (const location of ["path", "query", "header", "cookie"] as const) {
    const values = request[location];
    if (values === undefined) continue;
    const entries: [string, TypedValue][] = [];
    for (const [name, value] of Object.entries(values)) {
      const parameter = operation.parameters.find(
        (one) => one.name === name && (one.in === location || (one.in === "querystring" && location === "query")),
      );
      const made = decoded(model, planOf(model, parameter?.schema), value);
      if (!made.ok) return { ok: false, reason: made.reason, pointer: made.pointer, in: location, name };
      entries.push([name, made.value]);
    }
    typed[location] = Object.fromEntries(entries);
  }
  const { body, contentType } = request;
  const rest = contentType === undefined ? {} : { contentType };
  if (body === undefined) return { ok: true, value: { ...typed, ...rest } };
  const made = typedBody(model, content, body);
  return made.ok ? { ok: true, value: { ...typed, body: made.value, ...rest } } : { ...made, in: "body" };
}

/** The same for a reply. */
export function typedResponse(
  model: ApiModel,
  response: Response,
  content: Content | undefined,
  sample: Extract<ResponseSample, { readonly ok: true }>["response"],
): Made<TypedResponse, ResponseSample> {
  const { headers, body, ...rest } = sample;
  const entries: [string, TypedValue][] = [];
  for (const [name, value] of Object.entries(headers ?? {})) {
    const made = decoded(model, planOf(model, response.headers.find((one) => one.name === name)?.schema), value);
    if (!made.ok) return { ...made, header: name };
    entries.push([name, made.value]);
  }
  const head = { ...rest, ...(headers === undefined ? {} : { headers: Object.fromEntries(entries) }) };
  if (body === undefined) return { ok: true, value: head };
  const made = typedBody(model, content, body);
  return made.ok ? { ok: true, value: { ...head, body: made.value } } : made;
}

function typedBody(model: ApiModel, content: Content | undefined, body: SampleValue): Made<TypedValue, ResponseSample> {
  const plan = content === undefined ? undefined : contentPlan(model, content);
  if (content === undefined || plan === undefined) return { ok: true, value: body };
  const problems: WireProblem[] = [];
  const descriptor = { mediaType: content.mediaType, kind: content.kind, codec: run(model, plan) };
  return made(bodyFromWire(descriptor, body, problems), problems);
}

function decoded(model: ApiModel, plan: CodecPlan | undefined, value: SampleValue): Made<TypedValue, ResponseSample> {
  if (plan === undefined) return { ok: true, value };
  const problems: WireProblem[] = [];
  return made(fromWire(run(model, plan), value, { in: "body" }, problems), problems);
}

function made(value: unknown, [problem]: readonly WireProblem[]): Made<TypedValue, ResponseSample> {
  if (problem !== undefined) return { ok: false, reason: `it ${problem.message}`, pointer: problem.pointer };
  return { ok: true, value: value as TypedValue }; // Codecs put nothing into JSON but what the table lists.
}
