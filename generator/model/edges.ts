/** Values and requests at the edge of what is valid: a valid one comes in, its changes in one place go out, each proven valid. */
import { changed } from "../runtime/fixtures/edges.ts";
import type { Schema } from "../openapi/shapes.ts";
import type { ApiModel, Content, NamedSchema, Operation, Parameter, Response } from "./api-model.ts";
import { sidesOf } from "./direction.ts";
import { edgeCandidates, type Origin, type Search } from "./edges/candidates.ts";
import { pointerTo, type Change } from "./edges/change.ts";
import { isLiteralElsewhere, tells } from "./shared-routes.ts";
import { fitsHead } from "./head.ts";
import { inRounds, type Candidate } from "./rounds.ts";
import { concreteType } from "./sample/bodies.ts";
import { arrivesAnyway, type RequestParts, type ResponseSample } from "./sample/messages.ts";
import { samplerOf } from "./sample/sampler.ts";
import { formArrives, headerSurvives, survives, survivesTogether } from "./sample/wire.ts";
import type { SampleValue } from "./sample.ts";
import { validate } from "./validate.ts";
import { equal } from "./validate/equal.ts";
import { weightOf } from "./validate/run.ts";

/** A change of a valid value in one place, which leaves it valid. */
export interface EdgeValue extends Change {
  /** The whole value, changed. */
  value(): SampleValue;
}

type Reply = Extract<ResponseSample, { readonly ok: true }>["response"];

/** How many edges a schema, a request and a reply have at most. */
const enough = { schema: 60, request: 16, reply: 12 } as const;

/** The edges of a named schema, as it is answered. What it refers to has edges of its own. */
export function schemaEdges(model: ApiModel, { schema }: NamedSchema, value: SampleValue): EdgeValue[] {
  const search = { sampler: samplerOf(model, "response"), follows: false };
  return collect(candidatesOf(search, schema, value, { at: "", whole: value }), enough.schema, value);
}

/** The edges of a request; pointers begin with the location: `/query/limit`, `/body/name`. */
export function requestEdges(model: ApiModel, operation: Operation, request: RequestParts): EdgeValue[] {
  return collect(ofRequest(model, operation, request), enough.request, request.body);
}

/** The edges of a reply; pointers begin with `/body` or `/headers`. A body that is nothing but a named schema has those of that. */
export function replyEdges(
  model: ApiModel,
  operation: Operation,
  response: Response,
  content: Content | undefined,
  reply: Reply,
  named: boolean,
): EdgeValue[] {
  return collect(ofReply(model, operation, response, named ? undefined : content, reply), enough.reply, reply.body);
}

/** Those that hold, each named once at its place. */
function collect(candidates: Iterable<Candidate<EdgeValue>>, most: number, value: unknown): EdgeValue[] {
  const seen = new Map<string, (SampleValue | undefined)[]>();
  return inRounds(candidates, most, value).flatMap((change) => {
    const key = `${change.what} ${change.pointer}`;
    const before = seen.get(key) ?? [];
    if (before.some((one) => equal(one, change.given))) return [];
    seen.set(key, [...before, change.given]);
    return before.length === 0 || change.what === "is"
      ? [change]
      : [{ ...change, what: `${change.what} (${before.length + 1})` }];
  });
}

/** What is changed, and the whole that it is part of. */
interface Part {
  /** Where it stands in the whole, as a JSON Pointer. */
  readonly at: string;
  readonly whole: unknown;
  /** What its value must meet beside the schema. Default: nothing. */
  readonly accept?: (value: SampleValue) => boolean;
}

function* candidatesOf(search: Search, schema: Schema, value: SampleValue, part: Part): Generator<Candidate<EdgeValue>> {
  const { model, direction, proven } = search.sampler;
  let rescues = 0;
  const onRescue = (): void => void (rescues += 1);
  const isValid = (by: Schema, one: SampleValue): boolean =>
    validate(model, by, one, { direction, proven, onRescue }).length === 0;
  const usual = new Map<Origin, number>();
  const said = new Set<string>();
  const first = part.at.split("/")[1] ?? "";
  const isInHead = first !== "" && first !== "body";
  for (const { change, origin } of edgeCandidates(search, schema, value)) {
    const prove = (): EdgeValue | undefined => {
      if (said.has(change.what)) return undefined;
      // Of a `oneOf` that is met by the word of its discriminator alone, changes are too.
      if (!usual.has(origin)) {
        rescues = 0;
        isValid(origin.schema, origin.value);
        usual.set(origin, rescues);
      }
      rescues = 0;
      const inside = { ...change, pointer: change.pointer.slice(origin.pointer.length) };
      const changedPart = changed(origin.value, inside) as SampleValue;
      if (weightOf(value) - weightOf(origin.value) + weightOf(changedPart) > heaviest) return undefined;
      if (!isValid(origin.schema, changedPart) || rescues > (usual.get(origin) ?? 0)) return undefined;
      const changedValue = (): SampleValue => changed(value, change) as SampleValue;
      if (part.accept?.(changedValue()) === false || (isInHead && !fitsHead(changedValue()))) return undefined;
      const there = { ...change, pointer: `${part.at}${change.pointer}` };
      if (once.has(change.what)) said.add(change.what);
      return { ...there, value: () => changed(part.whole, there) as SampleValue };
    };
    yield { kind: `${first} ${change.what}`, prove };
  }
}

/** What is shown at one place of a value alone: it could be said of every text and every number. */
const once: ReadonlySet<string> = new Set(["is beyond ASCII", "is negative", "is a fraction"]);

/** Values in an edge, long texts counted as several. */
const heaviest = 100_000;

function* ofRequest(model: ApiModel, operation: Operation, request: RequestParts): Generator<Candidate<EdgeValue>> {
  const direction = sidesOf(operation).request;
  const search = { sampler: samplerOf(model, direction), follows: true };
  for (const location of ["path", "query", "header", "cookie"] as const) {
    const values = request[location] ?? {};
    const declared = operation.parameters.filter(
      (one) => (one.in === "querystring" ? "query" : one.in) === location && Object.hasOwn(values, one.name),
    );
    yield* ofOptional(location, declared, request);
    for (const parameter of declared) {
      const { name } = parameter;
      const accept = (value: SampleValue): boolean => {
        if (!survives(model, parameter, value)) return false;
        if (location === "path") return !isLiteralElsewhere(model, operation, name, value);
        const inQuery = operation.parameters.filter((one) => one.in === "query" || one.in === "querystring");
        return location !== "query" || survivesTogether(model, inQuery, new Map(Object.entries({ ...values, [name]: value })));
      };
      const part = { at: `/${location}${pointerTo(name)}`, whole: request, accept };
      if (!tells(operation, parameter)) yield* candidatesOf(search, parameter.schema, values[name] ?? null, part);
    }
  }
  const { body: declared } = operation;
  if (declared === undefined || request.body === undefined) return;
  if (!declared.required) yield simply({ what: "is left out", pointer: "/body" }, request);
  const content = declared.contents.find((one) => concreteType(one) === request.contentType);
  if (content?.schema === undefined) return;
  const part = { at: "/body", whole: request };
  if (content.kind === "json") yield* candidatesOf(search, content.schema, request.body, part);
  if (content.kind === "urlencoded" || content.kind === "multipart") {
    const accept = (value: SampleValue): boolean => {
      const form = formArrives(model, content, value);
      return form !== undefined && form.problems === 0 && equal(form.value, value);
    };
    yield* candidatesOf(search, content.schema, request.body, { ...part, accept });
  }
}

/** A location without its optional parameters. */
function* ofOptional(
  location: "path" | "query" | "header" | "cookie",
  declared: readonly Parameter[],
  request: RequestParts,
): Generator<Candidate<EdgeValue>> {
  const needed = declared.filter((one) => one.required || arrivesAnyway(one)).map(({ name }) => name);
  const pointer = `/${location}`;
  if (needed.length === declared.length) return;
  if (needed.length === 0) yield simply({ what: "is left out", pointer }, request);
  else yield simply({ what: "has nothing optional", pointer, given: needed }, request);
}

/** A change that needs no proof. */
function simply(change: Change, whole: RequestParts): Candidate<EdgeValue> {
  return {
    kind: `${change.what} ${change.pointer}`,
    prove: () => ({ ...change, value: () => changed(whole, change) as SampleValue }),
  };
}

function* ofReply(
  model: ApiModel,
  operation: Operation,
  response: Response,
  content: Content | undefined,
  reply: Reply,
): Generator<Candidate<EdgeValue>> {
  const search = { sampler: samplerOf(model, sidesOf(operation).response), follows: true };
  for (const header of response.headers) {
    const value =
      reply.headers !== undefined && Object.hasOwn(reply.headers, header.name) ? reply.headers[header.name] : undefined;
    if (value === undefined) continue;
    const accept = (one: SampleValue): boolean => headerSurvives(model, header, one);
    yield* candidatesOf(search, header.schema, value, { at: `/headers${pointerTo(header.name)}`, whole: reply, accept });
  }
  if (content?.kind === "json" && content.schema !== undefined && reply.body !== undefined)
    yield* candidatesOf(search, content.schema, reply.body, { at: "/body", whole: reply });
}
