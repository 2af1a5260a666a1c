/** Every point that a call can be at, over real HTTP: there its caller's patience ends, and there its time is over. */
import { expect, test } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { limitConcurrency } from "../../../generator/runtime/client/concurrency.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { CallOptions, CoreConfig, Fetch } from "../../../generator/runtime/client/options.ts";
import { withRetries } from "../../../generator/runtime/client/retry.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { misbehave, silent, slowBody, slowHead, tooMany, type Behaviour } from "../../support/misbehaving-server.ts";
import { json } from "./server.ts";

const operation: OperationDescriptor = {
  id: "it",
  method: "PUT",
  path: "/it",
  security: [{ Key: [] }],
  body: { contents: [{ mediaType: "application/octet-stream", kind: "binary" }] },
  responses: [{ status: "200", contents: [{ mediaType: "application/json", kind: "json" }] }],
};

const ok = json(200, {});
const never = new Promise<never>(() => {});

interface Point {
  readonly name: string;
  /** What the server does, request after request. */
  readonly server?: readonly [Behaviour, ...Behaviour[]];
  /** How the client is made; `reached` is called when the call is there. */
  readonly config?: (reached: () => void) => Partial<CoreConfig>;
  readonly body?: (reached: () => void) => ReadableStream;
  /** How many requests have been sent by then. */
  readonly requests: number;
}

/** Says that the call is there, and stays there. */
function stay(reached: () => void): Promise<never> {
  reached();
  return never;
}

const points: readonly Point[] = [
  { name: "a credential is waited for", config: (reached) => ({ auth: { Key: () => stay(reached) } }), requests: 0 },
  { name: "headers are waited for", config: (reached) => ({ headers: () => stay(reached) }), requests: 0 },
  {
    name: "a hook is asked before it is sent",
    config: (reached) => ({ hooks: { onRequest: () => stay(reached) } }),
    requests: 0,
  },
  { name: "it waits for its turn", config: (reached) => ({ fetch: taken(reached) }), requests: 0 },
  { name: "the head does not come", server: [silent], requests: 1 },
  { name: "the head comes line by line", server: [slowHead], requests: 1 },
  { name: "a redirect leads to silence", server: [redirect, silent], requests: 2 },
  { name: "a hook looks at the answer", config: (reached) => ({ hooks: { onResponse: () => stay(reached) } }), requests: 1 },
  {
    name: "it waits to be sent again",
    server: [tooMany({ "Retry-After": "60" })],
    config: (reached) => ({ hooks: { onRetry: reached } }),
    requests: 1,
  },
  {
    name: "a hook is told that it is sent again",
    server: [tooMany({ "Retry-After": "0" })],
    config: (reached) => ({ hooks: { onRetry: () => stay(reached) } }),
    requests: 1,
  },
  {
    name: "another credential is waited for",
    server: [json(401, {})],
    config: (reached) => ({ auth: { Key: ({ rejected }) => (rejected === undefined ? "old" : stay(reached)) } }),
    requests: 1,
  },
  {
    name: "the body does not come",
    server: [slowBody],
    config: (reached) => ({ hooks: { onResponse: reached } }),
    requests: 1,
  },
  { name: "the body is checked", config: (reached) => ({ validation: () => stay(reached) }), requests: 1 },
  {
    name: "its own body is on its way",
    body: (reached) => {
      let taken = 0;
      return new ReadableStream({
        pull: (controller) => ((taken += 1) === 1 ? controller.enqueue(new Uint8Array(1)) : stay(reached)),
      });
    },
    // The server has not got the whole of it.
    requests: 0,
  },
];

function redirect(response: Parameters<Behaviour>[0]): void {
  response.writeHead(307, { Location: "/elsewhere" }).end();
}

/** A `fetch` whose only place is taken for good. */
function taken(reached: () => void): Fetch {
  const limited = limitConcurrency(1, () => never);
  void limited("http://first.example", {});
  return (url, init) => {
    reached();
    return limited(url, init);
  };
}

/** A call, what the server got of it, and a promise that is kept when it is at its point. */
async function at({ server = [ok], config, body }: Point, options: CallOptions) {
  let arrive = (): void => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const last = server.at(-1) ?? ok;
  const [first, ...others]: readonly Behaviour[] = [
    ...server.slice(0, -1),
    (response, request) => {
      last(response, request);
      if (config === undefined) arrive();
    },
  ];
  const { url, received } = await misbehave(first ?? ok, ...others);
  const securitySchemes = { Key: { kind: "bearer" } } as const;
  const send = createCore({ baseUrl: url, attempts: withRetries, securitySchemes, ...config?.(arrive) });
  const call = send<ApiCall<{ it: object }, "it">>(operation, body === undefined ? {} : { body: body(arrive) }, options);
  return { ended: Promise.resolve(call).catch((error: unknown) => error), arrived, received };
}

test.each(points)("A call that is aborted while $name ends with the reason, and sends nothing more", async (point) => {
  const controller = new AbortController();
  const { ended, arrived, received } = await at(point, { signal: controller.signal });
  await arrived;
  controller.abort("enough");
  expect(await ended).toMatchObject({ name: "AbortError", message: "PUT /it was aborted.", cause: "enough" });
  expect(received).toHaveLength(point.requests);
});

// A wait that would outlast the time is not begun: see the waits of retries.
test.each(points.filter(({ name }) => name !== "it waits to be sent again"))(
  "A call whose time is over while $name ends",
  async (point) => {
    const { ended } = await at(point, { timeout: 100 });
    expect(await ended).toMatchObject({ name: "TimeoutError", message: "PUT /it took longer than 100 ms." });
  },
);
