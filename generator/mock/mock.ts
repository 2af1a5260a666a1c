/** The room's door: a model goes in, a server comes out that behaves as the document says, by the Fetch standard. */
import type { ApiModel } from "../model/api-model.ts";
import { createDeclaredErrors } from "../runtime/server/declared-error.ts";
import { direct, type Dispatch, type Router, routerOf } from "../runtime/server/dispatch.ts";
import type { Incoming } from "../runtime/server/incoming.ts";
import { createOperationRouter } from "../runtime/server/router.ts";
import { Answers } from "./answers.ts";
import { opened, preflight } from "./cors.ts";
import { type Asked, Declined, type Reply } from "./exchange.ts";
import { partsOf } from "./handlers.ts";
import { createPage } from "./page.ts";
import { prefixesOf } from "./prefixes.ts";
import { randomOf } from "./random.ts";
import { createRefusals } from "./refusals.ts";
import { Store } from "./state/store.ts";
import { Tasks } from "./state/tasks.ts";

/** How a mock behaves. */
export interface MockOptions {
  /** Whether operations that need credentials ask for them; any are good that have the right form. Default: false. */
  readonly auth?: boolean;
  /** Whether pages of other origins may ask it. Default: true. */
  readonly cors?: boolean;
  /** Milliseconds before each answer: as many, or from and to. Default: none. */
  readonly delay?: number | readonly [from: number, to: number];
  /** The share of valid requests that are answered an error of the server, declared or 500, from 0 to 1. Default: 0. */
  readonly failRate?: number;
  /** Whether bodies are made anew for each request, and nothing is remembered. Default: false; `Prefer: dynamic=true` asks for it. */
  readonly dynamic?: boolean;
  /** What delays, failures and dynamic bodies follow from. The same seed and requests have the same answers. Default: `0`. */
  readonly seed?: string | number;
  /** Whether `/` shows a page, and `/__mock/` what it is made of. Default: true. */
  readonly page?: boolean;
}

/** A mock that runs in process. */
export interface RunningMock {
  /** Answers requests by the Fetch standard; it never rejects. `serve` of the runtime puts it on a port. */
  readonly router: Router;
  /** Forgets what has been made, changed and removed. */
  reset(): void;
}

/** Makes a mock of an API. Throws a RangeError for a share or a time that is none. */
export function mockOf(model: ApiModel, options: MockOptions = {}): RunningMock {
  const { auth = false, cors = true, delay = 0, failRate = 0, dynamic = false, seed = 0, page = true } = options;
  const [from, to] = typeof delay === "number" ? [delay, delay] : delay;
  if (!(failRate >= 0 && failRate <= 1)) throw new RangeError(`The share of failures is ${failRate}; it is from 0 to 1.`);
  if (!(from >= 0 && to >= from))
    throw new RangeError(`The delay is ${from} to ${to}; it is in milliseconds, the shorter first.`);
  const answers = new Answers(model, { dynamic, seed: String(seed) });
  const memories = [new Tasks(answers), new Store(answers)];
  let chance = chanceOf(seed);
  const respond = (asked: Asked): Reply => {
    if (failRate > 0 && chance.failure() < failRate) return failed(answers, asked);
    const { code, example, dynamic: anew = dynamic } = asked.wishes;
    const remembers = code === undefined && example === undefined && !anew;
    const remembered = remembers ? (memories[0]?.reply(asked) ?? memories[1]?.reply(asked)) : undefined;
    return remembered ?? answers.reply(asked);
  };
  const inner = createInner(model, answers, respond, auth);
  const reset = (): void => {
    for (const memory of memories) memory.reset();
    answers.reset();
    chance = chanceOf(seed);
  };
  const shown = page ? createPage(model, { auth, reset }) : undefined;
  const dispatch: Dispatch = async (incoming, how) => {
    const early = (cors ? preflight(incoming) : undefined) ?? (await shown?.(incoming));
    if (early !== undefined) return early;
    if (to > 0) await wait(from + chance.delay() * (to - from));
    const answer = await inner(incoming, how);
    return cors && answer !== undefined ? opened(answer, incoming) : answer;
  };
  return { router: routerOf(dispatch), reset };
}

function chanceOf(seed: string | number): { readonly delay: () => number; readonly failure: () => number } {
  return { delay: randomOf(`${seed} delay`), failure: randomOf(`${seed} failure`) };
}

/** The first error of the server's own that the operation declares, 503 before 500; where it declares none, 500. */
function failed(answers: Answers, asked: Asked): Reply {
  const own = asked.operation.responses.filter(({ status }) => typeof status === "number" && status >= 500);
  const [response] = [...own].sort((one, other) => Number(other.status === 503) - Number(one.status === 503));
  if (response !== undefined) return answers.of({ ...asked, wishes: {} }, response);
  throw new Declined(500, "The mock was told to fail now and then, and this is such a time.");
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The operations themselves, with and without the path of a server before theirs. */
function createInner(model: ApiModel, answers: Answers, respond: (asked: Asked) => Reply, auth: boolean): Dispatch {
  const parts = partsOf(model, respond, auth);
  const refusals = createRefusals(model, answers, createDeclaredErrors({ ...parts, options: undefined }));
  const security = Object.fromEntries(model.securitySchemes.map(({ key }) => [key, () => ({ scheme: key })]));
  const router = createOperationRouter({
    ...parts,
    // What fixtures are made of has been proven; it is not looked at again.
    options: { security, ...refusals, responseCheck: "off", brokenReplies: "send", onBreach: () => undefined },
  });
  const dispatch = router[direct];
  if (dispatch === undefined) throw new Error("A router of operations has a dispatch.");
  const prefixes = prefixesOf(model);
  return async (incoming, how) => {
    const prefix = prefixes.find((one) => incoming.pathname.startsWith(`${one}/`));
    if (prefix === undefined) return dispatch(incoming, how);
    return (await dispatch(incoming, { ...how, unmatched: "pass" })) ?? dispatch(below(incoming, prefix), how);
  };
}

function below(incoming: Incoming, prefix: string): Incoming {
  // The same request but for its path: what it has begun to read stays its own.
  return Object.create(incoming, { pathname: { value: incoming.pathname.slice(prefix.length) } }) as Incoming;
}
