/** What a page does with the handlers of our contract: its own Service Worker answers. */
import { setupWorker } from "msw/browser";
import { createClient } from "../../../generated/src/index.ts";
import { handlers, mockEnvironmentsQueryDestroy, mockEnvironmentsSessionRecordingsList } from "../../../generated/src/msw.ts";
import { ways } from "../../live/operations.ts";
import { operationNames, repliesOf } from "../../../scripts/everywhere/router.ts";

const worker = setupWorker(...handlers);
const client = createClient({ projectId: "1", apiKey: "phx_key", maxRetries: 0, onDeprecation: null });

export const actions = {
  async start(): Promise<void> {
    await worker.start({ quiet: true, onUnhandledRequest: "error" });
  },

  /** The answers of all operations that are not those of the fixtures, and how many there are. */
  async differences(): Promise<{ readonly calls: number; readonly different: readonly string[] }> {
    const different: string[] = [];
    for (const name of operationNames) {
      const [, make] = Object.entries(repliesOf(name)).find(([status]) => status.startsWith("2")) ?? [];
      const { status, data } = await ways[name].resource(client).result();
      const wanted = make?.();
      if (status !== wanted?.status || JSON.stringify(data) !== JSON.stringify(wanted.body)) different.push(name);
    }
    return { calls: operationNames.length, different };
  },

  /** The statuses of a list that is mocked once with 429, of a refused request, of an empty answer, and of a network that fails. */
  async statuses(): Promise<readonly (number | string)[]> {
    worker.use(mockEnvironmentsSessionRecordingsList({ status: 429 }, { once: true }));
    const list = "https://eu.posthog.com/api/environments/1/session_recordings/";
    const found: (number | string)[] = [];
    for (const url of [list, list, `${list}?limit=many`]) found.push((await fetch(url)).status);
    worker.use(mockEnvironmentsQueryDestroy({ status: 204 }));
    found.push((await client.query.delete("q").result()).status);
    worker.use(mockEnvironmentsQueryDestroy(() => Response.error()));
    found.push(await client.query.delete("q").then(String, (error: unknown) => (error as Error).name));
    worker.resetHandlers();
    found.push((await client.query.delete("q").result()).status);
    return found;
  },
};

export type WorkerActions = typeof actions;
