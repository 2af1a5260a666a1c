import type { ApiModel, Content, Operation } from "./api-model.ts";
import { impossibleRequest } from "./impossible.ts";
import { sampleRequest, type RequestParts, type RequestSample } from "./sample.ts";
import { typedRequest, type TypedRequest } from "./typed-samples.ts";

/** A request of an operation as it travels and as programs have it, or why there is none. */
export type TypedRequestSample =
  | { readonly ok: true; readonly request: RequestParts; readonly typed: TypedRequest }
  | Extract<RequestSample, { readonly ok: false }>;

/** The sample of a request with one of the bodies, or without one. It is made once. */
export function requestSample(model: ApiModel, operation: Operation, content: Content | undefined): TypedRequestSample {
  const key = content ?? operation;
  const known = made.get(key)?.get(operation);
  if (known !== undefined) return known;
  const sample = sampleOf(model, operation, content);
  made.set(key, (made.get(key) ?? new WeakMap<Operation, TypedRequestSample>()).set(operation, sample));
  return sample;
}

/** The bodies that a request may have; `undefined` is none. */
export function requestContents({ body }: Operation): readonly (Content | undefined)[] {
  return body === undefined || body.contents.length === 0 ? [undefined] : body.contents;
}

/** Whether an operation has fixtures: a valid request can be made for it. */
export function hasFixtures(model: ApiModel, operation: Operation): boolean {
  return requestContents(operation).some((content) => requestSample(model, operation, content).ok);
}

// Two operations may share the body of a component.
const made = new WeakMap<object, WeakMap<Operation, TypedRequestSample>>();

function sampleOf(model: ApiModel, operation: Operation, content: Content | undefined): TypedRequestSample {
  const impossible = impossibleRequest(model, operation);
  if (impossible !== undefined) return { ok: false, ...impossible, pointer: "" };
  const wire = sampleRequest(model, operation, content);
  if (!wire.ok) return wire;
  const typed = typedRequest(model, operation, content, wire.request);
  return typed.ok ? { ok: true, request: wire.request, typed: typed.value } : typed;
}
