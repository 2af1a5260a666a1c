/**
 * The client half of the law against a server that somebody else wrote: the generated client sends valid requests, and what the server
 * answers is held to the document by the generated validators.
 */
import type { Location } from "../diagnostics/location.ts";
import type { ApiModel, Operation } from "../model/api-model.ts";
import { checkAnswer, type Breach } from "./contract-check.ts";
import { openContract, type Answer, type Correspondent, type ContractTarget } from "./contract-send.ts";
import type { RequestFixture } from "./modules.ts";
import { locate } from "./place.ts";
import type { Modules } from "./transpile.ts";

/** What is sent, and how. */
export interface ContractOptions extends ContractTarget {
  /** Which operations are sent, by their methods in lower case; `all`. */
  readonly methods: ReadonlySet<string> | "all";
  /** Whether invalid requests are sent too, which a server must refuse. */
  readonly negative: boolean;
  /** Values of parameters that take the place of made-up ones, by name. */
  readonly values: { readonly [name: string]: unknown };
  /** Parts of requests, by operationId or by method and path: `GET /pets/{id}`. */
  readonly requests: { readonly [operation: string]: RequestFixture };
  /** Operations under way at a time. */
  readonly concurrency: number;
}

/** Something that the server does against the document. */
export interface ContractBreach extends Breach {
  readonly at: Location;
  /** What was sent: the method and URL, without secrets. */
  readonly request: string;
  /** The status and media type that came; absent when nothing did. */
  readonly answer?: string;
}

/** How the server stands by one operation. */
export interface ContractVerdict {
  readonly operation: Operation;
  /** `skipped`: not sent, by its method or since no valid request can be made. */
  readonly verdict: "kept" | "broken" | "skipped";
  readonly reason?: "method" | "impossible";
  /** The statuses that valid requests were answered with. */
  readonly statuses: readonly number[];
  /** Invalid requests that were refused. */
  readonly refused: number;
  readonly breaches: readonly ContractBreach[];
}

/** Nothing answers at the URL at all. */
export class NoServerError extends Error {
  override readonly name = "NoServerError";
}

/**
 * Sends the operations, several at a time, and yields their verdicts in spec order, from the first answer on. Throws a NoServerError when
 * there is none.
 */
export async function* testContract(
  model: ApiModel,
  modules: Modules,
  options: ContractOptions,
): AsyncGenerator<ContractVerdict> {
  const correspondent = await openContract(model, modules, options);
  const health: Health = { answered: false, failures: [] };
  const pending: Promise<ContractVerdict>[] = [];
  const held: ContractVerdict[] = [];
  const left = [...model.operations].reverse();
  const next = (): void => {
    const operation = left.pop();
    if (operation === undefined) return;
    const verdict = testOperation(model, correspondent, operation, options, health);
    // Whoever waits for it is told; until then it is not unhandled.
    verdict.catch(() => undefined);
    pending.push(verdict);
  };
  for (let started = 0; started < options.concurrency; started++) next();
  for (let verdict = pending.shift(); verdict !== undefined; verdict = pending.shift()) {
    held.push(await verdict);
    if (!health.answered && health.failures.length >= patience) break;
    if (health.answered) yield* held.splice(0);
    next();
  }
  if (!health.answered && health.failures.length > 0) throw new NoServerError(health.failures[0]);
  yield* held;
}

/** Whether a server has answered at all, and why it has not. */
interface Health {
  answered: boolean;
  readonly failures: string[];
}

/** How many requests in a row get no answer before it is taken that none will. */
const patience = 5;

async function testOperation(
  model: ApiModel,
  correspondent: Correspondent,
  operation: Operation,
  options: ContractOptions,
  health: Health,
): Promise<ContractVerdict> {
  const skipped = { operation, verdict: "skipped" as const, statuses: [], refused: 0, breaches: [] };
  if (options.methods !== "all" && !options.methods.has(operation.method.toLowerCase())) return { ...skipped, reason: "method" };
  const fixture = correspondent.fixtureOf(operation);
  if (fixture === undefined) return { ...skipped, reason: "impossible" };
  const breaches: ContractBreach[] = [];
  const statuses: number[] = [];
  const note = (found: readonly Breach[], { request, status, contentType }: Answer): void => {
    const answer = status === undefined ? {} : { answer: [status, contentType].filter(Boolean).join(" ") };
    for (const breach of found) breaches.push({ ...breach, at: locate(model, operation, breach.place), request, ...answer });
  };
  for (const request of fixture.requests) {
    const answer = await correspondent.send(operation, withValues(operation, request, options), false);
    if (answer.status === undefined) {
      health.failures.push(answer.problem ?? "nothing");
    } else {
      health.answered = true;
      statuses.push(answer.status);
    }
    note(await checkAnswer(correspondent, operation, answer), answer);
  }
  let refused = 0;
  for (const invalid of options.negative ? fixture.invalid : []) {
    const answer = await correspondent.send(operation, invalid.request, true);
    const { status } = answer;
    const found = refusal(invalid.name, status, answer.problem);
    if (found === undefined) refused += 1;
    else {
      const place = { in: invalid.in as Breach["place"]["in"], pointer: invalid.pointer };
      note([{ ...found, place: invalid.parameter === undefined ? place : { ...place, name: invalid.parameter } }], answer);
    }
  }
  return { operation, verdict: breaches.length === 0 ? "kept" : "broken", statuses, refused, breaches };
}

function refusal(name: string, status: number | undefined, problem = "nothing"): Omit<Breach, "place"> | undefined {
  if (status === undefined) return { check: "no answer", message: `${name}: there is no answer: ${problem}` };
  if (status >= 400 && status <= 499) return undefined;
  return {
    check: "refusal",
    message: `${name}: it is answered ${status} instead of 4xx`,
    expected: "4xx",
    actual: String(status),
  };
}

/** A request with the values that are given for it: of its own first, then those by the names of its parameters. */
function withValues(operation: Operation, request: RequestFixture, { values, requests }: ContractOptions): RequestFixture {
  const key = `${operation.method.toUpperCase()} ${operation.path}`;
  const own = requests[operation.id] ?? requests[key] ?? {};
  const parts: Record<string, unknown> = { ...request, ...(own.body === undefined ? {} : { body: bodyOf(request, own.body) }) };
  for (const location of ["path", "query", "header", "cookie"] as const) {
    const declared = operation.parameters.filter((one) => one.in === location && Object.hasOwn(values, one.name));
    const given = Object.fromEntries(declared.map(({ name }) => [name, values[name]]));
    const whole = { ...request[location], ...given, ...own[location] };
    if (Object.keys(whole).length > 0) parts[location] = whole;
  }
  return parts;
}

/** A text where the usual body is a file is what is in the file. */
function bodyOf({ body }: RequestFixture, given: unknown): unknown {
  return body instanceof Blob && typeof given === "string" ? new Blob([given], { type: body.type }) : given;
}
