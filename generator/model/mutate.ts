import type { ApiModel, Content, Direction, Operation, Parameter } from "./api-model.ts";
import { sidesOf } from "./direction.ts";
import { fitsHead } from "./head.ts";
import { faults, type Fault } from "./mutate/faults.ts";
import { inRounds, type Candidate } from "./rounds.ts";
import { tells } from "./shared-routes.ts";
import { concreteType } from "./sample/bodies.ts";
import { arrivesAnyway, type RequestParts } from "./sample/messages.ts";
import { samplerOf } from "./sample/sampler.ts";
import { descriptorOf, formArrives, transport } from "./sample/wire.ts";
import type { SampleValue } from "./sample.ts";
import { shapeOf } from "./shape.ts";
import { validate } from "./validate.ts";
import { undecided } from "./validate/pattern.ts";
import type { Problem } from "../runtime/validation/validator.ts";
import { isSentUnasked } from "../runtime/wire/unasked.ts";

type Schemas = Pick<ApiModel, "schemaByReference">;

/** A request that is wrong in exactly one place. */
export interface InvalidRequest {
  /** What is wrong, in words: `query limit is below its minimum`. */
  readonly name: string;
  readonly in: Parameter["in"] | "body";
  /** The parameter; absent for the body. */
  readonly parameter?: string;
  /** JSON Pointer into the body or the parameter's value. */
  readonly pointer: string;
  /** The JSON Schema keyword that is broken; `content` of OpenAPI, where the media type is. */
  readonly keyword: string;
  /** What stands at the place instead of what was valid; absent when nothing does. */
  readonly replacement?: SampleValue;
  readonly request: RequestParts;
}

/** A media type that no document declares. */
const undeclaredType = "application/x-undeclared";

/** How many invalid requests an operation has; of every kind of fault there is one, however many kinds there are. */
const enough = 12;
/**
 * Requests made from a valid one, each wrong in one place, one of every kind of fault before a second of any. Each is proven
 * invalid, and that its fault is still there after the wire: text cannot be of a wrong type where a string is asked for.
 */
export function mutations(model: Schemas, operation: Operation, valid: RequestParts): InvalidRequest[] {
  return inRounds(candidatesOf(model, operation, valid), enough, valid.body);
}

function* candidatesOf(model: Schemas, operation: Operation, valid: RequestParts): Generator<Candidate<InvalidRequest>> {
  for (const parameter of operation.parameters)
    if (!tells(operation, parameter)) yield* ofParameter(model, parameter, valid, sidesOf(operation).request);
  yield* ofBody(model, operation, valid);
}

function* ofParameter(
  model: Schemas,
  parameter: Parameter,
  valid: RequestParts,
  direction: Direction,
): Generator<Candidate<InvalidRequest>> {
  const location = parameter.in === "querystring" ? "query" : parameter.in;
  const values = valid[location] ?? {};
  const value = Object.hasOwn(values, parameter.name) ? values[parameter.name] : undefined;
  if (value === undefined) return;
  // A server that does not understand it passes it over.
  if (location === "header" && !parameter.required && isSentUnasked(parameter.name)) return;
  const place = { in: parameter.in, parameter: parameter.name };
  const named = (what: string): string => `${parameter.in} ${parameter.name} ${what}`;
  if (parameter.required && location !== "path" && !arrivesAnyway(parameter)) {
    const request = withValue(valid, location, parameter.name, undefined);
    const missing = { name: named("is missing"), ...place, pointer: "", keyword: "required", request };
    yield { kind: `${parameter.in} required`, prove: () => missing };
  }
  const seen = new Set<string>();
  for (const fault of faults(model, parameter.schema, value)) {
    const same = `${fault.keyword} ${fault.pointer}`;
    const prove = (): InvalidRequest | undefined => {
      if (seen.has(same)) return undefined;
      const broken = fault.value();
      if (!fitsHead(broken) || !isFaultyThere(model, parameter, fault, broken, direction)) return undefined;
      seen.add(same);
      return {
        name: named(`${fault.pointer === "" ? "" : `${fault.pointer} `}${fault.what}`),
        ...place,
        pointer: fault.pointer,
        keyword: fault.keyword,
        ...replacementOf(fault),
        request: withValue(valid, location, parameter.name, broken),
      };
    };
    yield { kind: `${parameter.in} ${fault.keyword}`, prove };
  }
}

/** Whether the server sees the fault: after the codec the value breaks the schema, or cannot be read at all. */
function isFaultyThere(model: Schemas, parameter: Parameter, fault: Fault, broken: SampleValue, direction: Direction): boolean {
  const shape = parameter.serialization.kind === "style" ? shapeOf(model, parameter.schema) : "any";
  try {
    const { values, problems } = transport(descriptorOf(parameter), { [parameter.name]: shape }, { [parameter.name]: broken });
    if (problems.length > 0) return true;
    if (!Object.hasOwn(values, parameter.name)) return false;
    return isTold(validate(model, parameter.schema, values[parameter.name], { direction }), fault);
  } catch {
    // The client refuses to send it, so the server never sees it.
    return false;
  }
}

function* ofBody(model: Schemas, operation: Operation, valid: RequestParts): Generator<Candidate<InvalidRequest>> {
  const { body: declared } = operation;
  if (declared === undefined || valid.body === undefined) return;
  const { body, contentType: _contentType, ...without } = valid;
  if (declared.required) {
    const missing = { name: "body is missing", in: "body", pointer: "", keyword: "required", request: without } as const;
    yield { kind: "body required", prove: () => missing };
  }
  if (declared.contents.every(({ mediaType }) => !mediaType.includes("*"))) {
    const request = { ...valid, body: "undeclared", contentType: undeclaredType };
    const name = "body is of a media type that is not declared";
    const other = { name, in: "body", pointer: "", keyword: "content", replacement: request.body, request } as const;
    yield { kind: "body content", prove: () => other };
  }
  const content = declared.contents.find((one) => concreteType(one) === valid.contentType);
  if (
    content?.schema === undefined ||
    !(content.kind === "json" || content.kind === "urlencoded" || content.kind === "multipart")
  )
    return;
  const seen = new Set<string>();
  for (const fault of faults(model, content.schema, body)) {
    const same = `${fault.keyword} ${fault.pointer}`;
    const prove = (): InvalidRequest | undefined => {
      if (seen.has(same)) return undefined;
      const broken = fault.value();
      if (!isFaultyBody(model, content, fault, broken, sidesOf(operation).request)) return undefined;
      seen.add(same);
      return {
        name: `body ${fault.pointer === "" ? "" : `${fault.pointer} `}${fault.what}`,
        in: "body",
        pointer: fault.pointer,
        keyword: fault.keyword,
        ...replacementOf(fault),
        request: { ...valid, body: broken },
      };
    };
    yield { kind: `body ${fault.keyword}`, prove };
  }
}

function isFaultyBody(model: Schemas, content: Content, fault: Fault, broken: SampleValue, direction: Direction): boolean {
  const schema = content.schema ?? true;
  // What is not broken has been proven when it was made.
  if (content.kind === "json")
    return isNamed(validate(model, schema, broken, { direction, proven: samplerOf(model, direction).proven }), fault);
  const form = formArrives(model, content, broken);
  return form !== undefined && (form.problems > 0 || isTold(validate(model, schema, form.value, { direction }), fault));
}

function replacementOf({ replacement }: Fault): { readonly replacement?: SampleValue } {
  return replacement === undefined ? {} : { replacement };
}

/** Whether the fault is still the one it was: text that is sent for text is of no wrong type, whatever else is wrong with it. */
function isTold(problems: readonly Problem[], fault: Fault): boolean {
  return (
    isNamed(problems, fault) &&
    (fault.keyword !== "type" || problems.some(({ keyword }) => keyword === "type" || keyword === "anyOf" || keyword === "oneOf"))
  );
}

/** Whether a problem is where the fault is, above it or below it. */
function isNamed(problems: readonly Problem[], fault: Fault): boolean {
  return (
    problems.length > 0 &&
    // What takes us too long would take the server too long.
    problems.every(
      ({ pointer, message }) =>
        !message.startsWith(undecided) && (pointer.startsWith(fault.pointer) || fault.pointer.startsWith(pointer)),
    )
  );
}

function withValue(
  valid: RequestParts,
  location: "path" | "query" | "header" | "cookie",
  name: string,
  value: SampleValue | undefined,
): RequestParts {
  const members = Object.entries(valid[location] ?? {}).flatMap(([key, one]) =>
    key !== name ? [[key, one]] : value === undefined ? [] : [[key, value]],
  );
  const { [location]: _before, ...rest } = valid;
  return members.length === 0 ? rest : { ...rest, [location]: Object.fromEntries(members) };
}
