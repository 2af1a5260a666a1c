/** The generated server of our contract in a process of its own. It tells its port, and what it holds whenever it is asked. */
import * as fixtures from "../../generated/src/fixtures.ts";
import { serve } from "../../generated/src/runtime/server/node.ts";
import { createRouter, type Handlers } from "../../generated/src/server.ts";

/** What a server holds. */
export interface Held {
  readonly rss: number;
  /** Bytes of living objects, after the collector has run. */
  readonly heap: number;
  /** Bytes of buffers. */
  readonly external: number;
  /** How many sockets, timers and the like are open, by their kinds. */
  readonly resources: Readonly<Record<string, number>>;
  /** How often `onError` was told something. */
  readonly errors: number;
  readonly cpu: number;
}

let errors = 0;
type Factory = () => unknown;
const handlers = Object.fromEntries(
  Object.entries(fixtures).flatMap(([name, fixture]) => {
    if (!("responses" in fixture)) return [];
    const [first] = Object.entries(fixture.responses as Readonly<Record<string, Factory>>)
      .filter(([status]) => status.startsWith("2"))
      .map(([, make]) => make);
    return first === undefined ? [] : [[name, async () => first()] as const];
  }),
) as unknown as Handlers;
const router = createRouter(handlers, {
  security: { PersonalAPIKeyAuth: async ({ token }) => ({ token }), SharingAccessToken: async ({ apiKey }) => ({ apiKey }) },
  onError: (error) => {
    errors += 1;
    if (errors < 5) console.error(error);
  },
  limits: { handlerTime: 5000 },
});
const server = await serve(router, { port: 0 });
process.on("message", () => {
  globalThis.gc?.();
  const { rss, heapUsed: heap, external } = process.memoryUsage();
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  const { user, system } = process.cpuUsage();
  process.send?.({ rss, heap, external, resources, errors, cpu: user + system } satisfies Held);
});
process.on("disconnect", () => process.exit());
process.send?.({ port: server.port });
