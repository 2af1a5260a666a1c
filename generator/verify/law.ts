/**
 * The law: client, server and fixtures prove each other. Every request fixture, sent by the generated client over real HTTP,
 * arrives at the generated server equal to what was sent; every response fixture comes back equal, told by its status and
 * media type; every request made invalid on purpose is refused with a 4xx that names the place.
 */
import type { ApiModel, Operation } from "../model/api-model.ts";
import { hookFamilies, type HookFamily } from "../model/hook-families.ts";
import type { GeneratedFile } from "../output/render.ts";
import { difference } from "./equal.ts";
import { startHookStage, startStage, type Arrival, type OperationFixture, type Reply, type Stage } from "./stage.ts";
import { makeRunnable, type RunnableModules } from "./transpile.ts";

/** How one operation stands against the law. */
export interface OperationVerdict {
  /** One that the API sends is `sent`. */
  readonly operation: Operation;
  /** Responses that arrived as they were returned. */
  readonly responses: number;
  /** Invalid requests that were refused. */
  readonly refused: number;
  /** Whether it was proven on a server of its own, since another operation takes its requests: the warning `route-shared` says which. */
  readonly apart: boolean;
  /**
   * Whether no request can prove it, since the document contradicts itself or no valid value can be told apart on the wire: then
   * nothing is proven and nothing is broken. The warning `fixture-impossible` says where and why.
   */
  readonly impossible: boolean;
  /** What is broken, in words; none when the operation passes. */
  readonly failures: readonly string[];
}

/** Proves every operation, one after the other, and then every webhook and callback, as the generated files have it. */
export async function* proveLaw(model: ApiModel, files: readonly GeneratedFile[]): AsyncGenerator<OperationVerdict> {
  const modules = await makeRunnable(files);
  try {
    const stage = await startStage(model, modules);
    try {
      for (const operation of model.operations) yield await proveOperation(operation, stage);
    } finally {
      await stage.close();
    }
    for (const family of hookFamilies(model).filter(({ kind }) => files.some((file) => file.path === `${kind}s.ts`)))
      yield* proveHooks(family, modules);
  } finally {
    await modules.remove();
  }
}

/** The law for what the API sends: from its sender to its receiver, and the answer back. */
async function* proveHooks(family: HookFamily, modules: RunnableModules): AsyncGenerator<OperationVerdict> {
  const stage = await startHookStage(family, modules);
  try {
    for (const hook of family.hooks) yield await proveOperation(hook, stage);
  } finally {
    await stage.close();
  }
}

async function proveOperation(operation: Operation, stage: Stage): Promise<OperationVerdict> {
  const failures: string[] = [];
  const apart = operation.shadowedBy !== undefined;
  const fixture = stage.fixtureOf(operation);
  if (fixture === undefined) return { operation, responses: 0, refused: 0, apart, impossible: true, failures: [] };
  let responses = 0;
  for (const reply of fixture.replies) {
    for (const request of fixture.requests) {
      const failure = await proveExchange(operation, stage, request, reply);
      if (failure === undefined) responses += 1;
      else failures.push(`${reply.status}   ${failure}`);
      // Each media type of the body is sent once; each response is asked for with the first.
      if (reply !== fixture.replies[0]) break;
    }
  }
  let refused = 0;
  for (const invalid of fixture.invalid) {
    const failure = await proveRefusal(operation, stage, invalid);
    if (failure === undefined) refused += 1;
    else failures.push(`${invalid.name}   ${failure}`);
  }
  return { operation, responses, refused, apart, impossible: false, failures: [...new Set(failures)] };
}

async function proveExchange(operation: Operation, stage: Stage, request: Arrival, reply: Reply): Promise<string | undefined> {
  try {
    const { arrived, returned, problem } = await stage.exchange(operation, request, reply);
    if (problem !== undefined) return problem;
    if (arrived === undefined) return `the server answered ${returned.status} without calling the handler: ${returned.text}`;
    const sentAs = await arrivalDifference(request, arrived);
    if (sentAs !== undefined) return `the request arrives changed at ${sentAs}`;
    if (returned.status !== reply.status) return `it arrives as ${returned.status}: ${returned.text}`;
    const changed = await headerDifference(reply, returned.headers);
    if (changed !== undefined) return `the response header ${changed}`;
    if (operation.method === "head") return undefined;
    const cameAs = await difference(reply.body, returned.body);
    if (cameAs !== undefined) return `the response arrives changed at ${cameAs}`;
    if (reply.body !== undefined && !covers(returned.contentType, reply.contentType))
      return `it arrives as ${returned.contentType} instead of ${reply.contentType}`;
    return undefined;
  } catch (error) {
    return describe(error);
  }
}

async function headerDifference(reply: Reply, arrived: Readonly<Record<string, unknown>>): Promise<string | undefined> {
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    const found = await difference(value, Object.hasOwn(arrived, name) ? arrived[name] : undefined);
    if (found !== undefined) return `"${name}" arrives changed at ${found}`;
  }
  return undefined;
}

/** A caller is told the media type as the document declares it, which may be a range: `image/*` for `image/png`. */
function covers(declared: string | undefined, sent: string | undefined): boolean {
  if (declared === sent) return true;
  if (declared === undefined || sent === undefined || !declared.includes("*")) return false;
  return declared.startsWith("*/") || sent.startsWith(declared.slice(0, declared.indexOf("/") + 1));
}

/** The parts of a request one by one: the server may add defaults for parameters that were not sent, and nothing else. */
async function arrivalDifference(sent: Arrival, arrived: Arrival): Promise<string | undefined> {
  for (const place of ["path", "query", "header", "cookie"] as const) {
    const after = arrived[place] ?? {};
    for (const [name, value] of Object.entries(sent[place] ?? {})) {
      const found = await difference(value, Object.hasOwn(after, name) ? after[name] : undefined);
      if (found !== undefined) return `${place} parameter "${name}" ${found}`;
    }
  }
  const found = await difference(sent.body, arrived.body);
  return found === undefined ? undefined : `body ${found}`;
}

async function proveRefusal(
  operation: Operation,
  stage: Stage,
  invalid: OperationFixture["invalid"][number],
): Promise<string | undefined> {
  try {
    const { status, reachedHandler, places } = await stage.refusal(operation, invalid.request);
    if (reachedHandler) return "the invalid request reached the handler";
    if (status < 400 || status > 499) return `it is answered ${status} instead of 4xx`;
    // The answer to HEAD has no body that could name anything.
    const named =
      operation.method === "head" ||
      places.some(
        (place) =>
          place.in === invalid.in && (place.pointer.startsWith(invalid.pointer) || invalid.pointer.startsWith(place.pointer)),
      );
    return named || status === 415
      ? undefined
      : `the answer names ${JSON.stringify(places)} instead of ${invalid.in} ${invalid.pointer || "/"}`;
  } catch (error) {
    return describe(error);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `${error.name}: ${error.message}${cause}`;
}
