import type { ApiModel, Content, Direction, Operation, Parameter } from "./api-model.ts";
import { sidesOf } from "./direction.ts";
import { faults, type Fault } from "./mutate/faults.ts";
import { concreteType } from "./sample/bodies.ts";
import type { RequestParts } from "./sample/messages.ts";
import { descriptorOf, formArrives, transport } from "./sample/wire.ts";
import type { SampleValue } from "./sample.ts";
import { shapeOf } from "./shape.ts";
import { validate } from "./validate.ts";
import { undecided } from "./validate/pattern.ts";
import type { Problem } from "../runtime/validation/validator.ts";

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
  /** The JSON Schema keyword that is broken. */
  readonly keyword: string;
  /** What stands at the place instead of what was valid; absent when nothing does. */
  readonly replacement?: SampleValue;
  readonly request: RequestParts;
}

/** How many invalid requests an operation has at most. */
const enough = 12;

/**
 * Requests made from a valid one, each wrong in one place, one of every kind of fault before a second of any. Each is proven
 * invalid, and that its fault is still there after the wire: text cannot be of a wrong type where a string is asked for.
 */
export function mutations(model: Schemas, operation: Operation, valid: RequestParts): InvalidRequest[] {
  const found = [
    ...operation.parameters.flatMap((parameter) => [...ofParameter(model, parameter, valid, sidesOf(operation).request)]),
    ...ofBody(model, operation, valid),
  ];
  const rank = new Map<string, number>();
  const ranked = found.map((request, position) => {
    const kind = `${request.in} ${request.keyword}`;
    const nth = rank.get(kind) ?? 0;
    rank.set(kind, nth + 1);
    return { request, weight: nth * 1e6 + position };
  });
  const chosen = ranked.sort((a, b) => a.weight - b.weight).slice(0, enough);
  return chosen.map(({ request }) => request).sort((a, b) => found.indexOf(a) - found.indexOf(b));
}

function* ofParameter(
  model: Schemas,
  parameter: Parameter,
  valid: RequestParts,
  direction: Direction,
): Generator<InvalidRequest> {
  const location = parameter.in === "querystring" ? "query" : parameter.in;
  const values = valid[location] ?? {};
  const value = Object.hasOwn(values, parameter.name) ? values[parameter.name] : undefined;
  if (value === undefined) return;
  const place = { in: parameter.in, parameter: parameter.name };
  const named = (what: string): string => `${parameter.in} ${parameter.name} ${what}`;
  if (parameter.required && location !== "path") {
    yield {
      name: named("is missing"),
      ...place,
      pointer: "",
      keyword: "required",
      request: withValue(valid, location, parameter.name, undefined),
    };
  }
  const seen = new Set<string>();
  for (const fault of faults(model, parameter.schema, value)) {
    const kind = `${fault.keyword} ${fault.pointer}`;
    if (seen.has(kind) || !isFaultyThere(model, parameter, fault, direction)) continue;
    seen.add(kind);
    const request = withValue(valid, location, parameter.name, fault.value);
    yield {
      name: named(`${fault.pointer === "" ? "" : `${fault.pointer} `}${fault.what}`),
      ...place,
      pointer: fault.pointer,
      keyword: fault.keyword,
      ...replacementOf(fault),
      request,
    };
  }
}

/** Whether the server sees the fault: after the codec the value breaks the schema, or cannot be read at all. */
function isFaultyThere(model: Schemas, parameter: Parameter, fault: Fault, direction: Direction): boolean {
  const shape = parameter.serialization.kind === "style" ? shapeOf(model, parameter.schema) : "any";
  try {
    const { values, problems } = transport(
      descriptorOf(parameter),
      { [parameter.name]: shape },
      { [parameter.name]: fault.value },
    );
    if (problems.length > 0) return true;
    if (!Object.hasOwn(values, parameter.name)) return false;
    return isTold(validate(model, parameter.schema, values[parameter.name], { direction }), fault);
  } catch {
    // The client refuses to send it, so the server never sees it.
    return false;
  }
}

function* ofBody(model: Schemas, operation: Operation, valid: RequestParts): Generator<InvalidRequest> {
  const { body: declared } = operation;
  if (declared === undefined || valid.body === undefined) return;
  const { body, contentType: _contentType, ...without } = valid;
  if (declared.required) yield { name: "body is missing", in: "body", pointer: "", keyword: "required", request: without };
  const content = declared.contents.find((one) => concreteType(one) === valid.contentType);
  if (
    content?.schema === undefined ||
    !(content.kind === "json" || content.kind === "urlencoded" || content.kind === "multipart")
  )
    return;
  const seen = new Set<string>();
  for (const fault of faults(model, content.schema, body)) {
    const kind = `${fault.keyword} ${fault.pointer}`;
    if (seen.has(kind) || !isFaultyBody(model, content, fault, sidesOf(operation).request)) continue;
    seen.add(kind);
    const name = `body ${fault.pointer === "" ? "" : `${fault.pointer} `}${fault.what}`;
    yield {
      name,
      in: "body",
      pointer: fault.pointer,
      keyword: fault.keyword,
      ...replacementOf(fault),
      request: { ...valid, body: fault.value },
    };
  }
}

function isFaultyBody(model: Schemas, content: Content, fault: Fault, direction: Direction): boolean {
  const schema = content.schema ?? true;
  if (content.kind === "json") return isNamed(validate(model, schema, fault.value, { direction }), fault);
  const form = formArrives(model, content, fault.value);
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
