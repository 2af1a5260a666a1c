/** One operation against the law: a Subject and the Stage that it is tried on come in, what holds and what does not goes out. */
import { difference, show, type Difference } from "./equal.ts";
import type { Artefact, FailurePlace, Finding } from "./failure.ts";
import type { OperationFixture, Reply } from "./laid-out.ts";
import type { Exchange, Stage } from "./stage.ts";
import type { NamedPlace, RequestFixture, RequestOfNote } from "./modules.ts";
import type { Subject } from "./subject.ts";

/** How one subject stands. */
export interface Proof {
  /** Responses that arrived as they were returned. */
  readonly responses: number;
  /** Requests and replies at the edge of what is valid that arrived as they were sent. */
  readonly edges: number;
  /** Invalid requests that were refused. */
  readonly refused: number;
  /** Whether there is no request to prove it by. */
  readonly impossible: boolean;
  readonly findings: readonly Finding[];
}

/** Sends everything that the fixtures of an operation have. */
export async function prove(subject: Subject, stage: Stage): Promise<Proof> {
  const fixture = stage.fixtureOf(subject);
  if (fixture === undefined) return { responses: 0, edges: 0, refused: 0, impossible: true, findings: [] };
  const findings: Finding[] = [];
  const tried = (finding: Finding | undefined): number => {
    if (finding !== undefined) findings.push(finding);
    return finding === undefined ? 1 : 0;
  };
  let responses = 0;
  for (const [index, reply] of fixture.replies.entries()) {
    // Each media type of the body is sent once; each response is asked for with the first.
    const requests = index === 0 ? fixture.requests : fixture.requests.slice(0, 1);
    const exchange = [reply.status, reply.contentType].filter(Boolean).join(" ");
    for (const request of requests) responses += tried(await proveExchange(subject, stage, { exchange, request, reply }));
  }
  let edges = 0;
  // Where the usual fails, what is at its edges would tell the same again.
  const stands = findings.length === 0;
  const [usual] = fixture.replies;
  if (usual !== undefined && stands)
    for (const { name: exchange, request } of fixture.edges)
      edges += tried(await proveExchange(subject, stage, { exchange, request, reply: usual }));
  const [request] = fixture.requests;
  if (request !== undefined && stands)
    for (const { name: exchange, reply } of fixture.replyEdges)
      edges += tried(await proveExchange(subject, stage, { exchange, request, reply }));
  let refused = 0;
  for (const invalid of fixture.invalid) refused += tried(await proveRefusal(subject, stage, invalid));
  return { responses, edges, refused, impossible: false, findings: unlike(findings) };
}

/** Each finding once: what is wrong with a request is found with each of its responses. */
function unlike(findings: readonly Finding[]): readonly Finding[] {
  const known = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.message}\n${JSON.stringify(finding.place)}`;
    if (!known.has(key)) known.set(key, finding);
  }
  return [...known.values()];
}

interface Attempt {
  readonly exchange: string;
  readonly request: RequestFixture;
  readonly reply: Reply;
}

async function proveExchange(subject: Subject, stage: Stage, attempt: Attempt): Promise<Finding | undefined> {
  const { exchange, request, reply } = attempt;
  const found = finder(exchange);
  try {
    const made = await stage.exchange(subject, request, reply);
    return (await requestFinding(subject, stage, attempt, made)) ?? (await responseFinding(subject, attempt, made));
  } catch (error) {
    return found(["fixtures", "client"], whole, describe(error));
  }
}

const whole: FailurePlace = { in: "operation", pointer: "" };

async function requestFinding(
  subject: Subject,
  stage: Stage,
  { exchange, request, reply }: Attempt,
  { arrived, returned, problem, places }: Exchange,
): Promise<Finding | undefined> {
  const found = finder(exchange);
  if (problem !== undefined) {
    const place = { in: "response" as const, pointer: "", ...replyPlace(reply) };
    return arrived === undefined
      ? found(["client", "server"], whole, `the server fails: ${problem}`)
      : found(["fixtures", "server"], place, problem);
  }
  if (arrived === undefined) {
    const place = requestPlace(request, places[0]);
    return found(
      ["client", "server"],
      place,
      `the server answers ${returned.status} without calling the handler: ${returned.text}`,
    );
  }
  for (const location of ["path", "query", "header", "cookie"] as const) {
    const [before, after] = [request[location] ?? {}, arrived[location] ?? {}];
    for (const [name, value] of Object.entries(before)) {
      const changed = await difference(value, Object.hasOwn(after, name) ? after[name] : undefined);
      const place = { in: location, name, pointer: changed?.pointer ?? "" };
      if (changed !== undefined) return found(["client", "server"], place, `${location} parameter "${name}"`, changed);
    }
    const defaults = subject.defaults[location] ?? {};
    for (const [name, value] of Object.entries(after)) {
      if (value === undefined || (Object.hasOwn(before, name) && before[name] !== undefined)) continue;
      const added = stage.wireOf(subject, location, name, value);
      const changed = await difference(
        stage.settled(subject, location, name, Object.hasOwn(defaults, name) ? defaults[name] : undefined),
        added,
      );
      const place = { in: location, name, pointer: changed?.pointer ?? "" };
      if (changed !== undefined) {
        const what = `the server adds ${location} parameter "${name}", whose default`;
        return found(["document", "server"], place, what, changed);
      }
    }
  }
  const changed = await difference(request.body, arrived.body);
  if (changed === undefined) return undefined;
  return found(["client", "server"], requestPlace(request, { in: "body", pointer: changed.pointer }), "the body", changed);
}

async function responseFinding(
  { method }: Subject,
  { exchange, reply }: Attempt,
  { returned }: Exchange,
): Promise<Finding | undefined> {
  const found = finder(exchange, ["server", "client"]);
  const place = { in: "response" as const, pointer: "", ...replyPlace(reply) };
  if (returned.status !== reply.status) return found(undefined, place, `it arrives as ${returned.status}: ${returned.text}`);
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    const changed = await difference(value, Object.hasOwn(returned.headers, name) ? returned.headers[name] : undefined);
    if (changed === undefined) continue;
    const { pointer } = changed;
    return found(undefined, { in: "responseHeader", name, pointer, status: reply.status }, `the header "${name}"`, changed);
  }
  if (method === "head") return undefined;
  const changed = await difference(reply.body, returned.body);
  if (changed !== undefined) return found(undefined, { ...place, pointer: changed.pointer }, "the body", changed);
  if (reply.body !== undefined && !covers(returned.contentType, reply.contentType))
    return found(undefined, place, `it arrives as ${returned.contentType} instead of ${reply.contentType}`);
  return undefined;
}

/** A caller is told the media type as the document declares it, which may be a range: `image/*` for `image/png`. */
function covers(declared: string | undefined, sent: string | undefined): boolean {
  if (declared === sent) return true;
  if (declared === undefined || sent === undefined || !declared.includes("*")) return false;
  return declared.startsWith("*/") || sent.startsWith(declared.slice(0, declared.indexOf("/") + 1));
}

async function proveRefusal(
  subject: Subject,
  stage: Stage,
  invalid: OperationFixture["invalid"][number],
): Promise<Finding | undefined> {
  const found = finder(invalid.name, ["fixtures", "server"]);
  const place = requestPlace(invalid.request, placeOf(invalid));
  try {
    const { status, reachedHandler, places } = await stage.refusal(subject, invalid.request);
    if (reachedHandler) return found(undefined, place, "the invalid request reaches the handler");
    if (status < 400 || status > 499) return found(undefined, place, `it is answered ${status} instead of 4xx`);
    if (names(invalid, status, places)) return undefined;
    const wanted = sayPlace(placeOf(invalid));
    return found(undefined, place, `the server names ${places.map(sayPlace).join(", ") || "no place"} instead of ${wanted}`);
  } catch (error) {
    return found(["fixtures", "client"], place, describe(error));
  }
}

function placeOf({ in: location, parameter, pointer }: RequestOfNote): NamedPlace {
  return { in: location, pointer, ...(parameter === undefined ? {} : { name: parameter }) };
}

/** Whether a refusal is about a place: one of what it names is that, or holds it, or is in it. A 415 is about the body as a whole. */
function names(invalid: RequestOfNote, status: number, places: readonly NamedPlace[]): boolean {
  if (status === 415) return invalid.in === "body" && invalid.pointer === "";
  const wanted = keysOf(placeOf(invalid));
  return places.some((named) => named.in === invalid.in && keysOf(named).every((key, at) => key === (wanted[at] ?? key)));
}

/** The member of a form may be named beside the pointer. */
function keysOf({ name, pointer }: NamedPlace): readonly string[] {
  return [...(name === undefined ? [] : [name.replaceAll("~", "~0").replaceAll("/", "~1")]), ...pointer.split("/").slice(1)];
}

function sayPlace({ in: location, name, pointer }: NamedPlace): string {
  return [location, name, pointer].filter(Boolean).join(" ");
}

function requestPlace({ contentType }: RequestFixture, named: NamedPlace | undefined): FailurePlace {
  if (named === undefined) return whole;
  const { in: location, name, pointer } = named;
  // What a server names is a location of OpenAPI.
  const place = { in: location as FailurePlace["in"], pointer, ...(name === undefined ? {} : { name }) };
  return location === "body" && contentType !== undefined ? { ...place, mediaType: contentType } : place;
}

function replyPlace({ status, contentType }: Reply): Pick<FailurePlace, "status" | "mediaType"> {
  return { status, ...(contentType === undefined ? {} : { mediaType: contentType }) };
}

type Pair = readonly [Artefact, Artefact];

/** Makes the findings of one exchange. */
function finder(exchange: string, usual: Pair = ["client", "server"]) {
  return (between: Pair | undefined, place: FailurePlace, what: string, changed?: Difference): Finding => {
    const common = { between: between ?? usual, exchange, place };
    if (changed === undefined) return { ...common, message: what };
    const { pointer, sent, arrived } = changed;
    const message = `${what}${pointer === "" ? "" : ` ${pointer}`} arrives as ${arrived} instead of ${sent}`;
    return { ...common, message, expected: sent, actual: arrived };
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return show(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `${error.name}: ${error.message}${cause}`;
}
