/** What a page does with the client of our contract. */
import { createClient, errors, type ClientOptions } from "../../../generated/src/index.ts";
import { smokeInProcess, smokeOverHttp } from "../../../scripts/everywhere/smoke.ts";

function clientOf(server: string, options: Partial<ClientOptions> = {}): ReturnType<typeof createClient> {
  return createClient({ projectId: "1", apiKey: "phx_key", maxRetries: 0, onDeprecation: null, server, ...options });
}

export const actions = {
  smokeOverHttp,
  smokeInProcess,

  /** Whether this page may evaluate text. */
  evaluates(): boolean {
    try {
      return globalThis.eval("true") === true;
    } catch {
      return false;
    }
  },

  /** The error of a call, as a program tells it: class and message. */
  async errorOf(server: string): Promise<{ readonly class: string; readonly text: string; readonly cause: string }> {
    const error: unknown = await clientOf(server)
      .query.retrieve("q")
      .catch((caught: unknown) => caught);
    const found = Object.entries(errors).find(([, Class]) => (error as object).constructor === Class);
    return { class: found?.[0] ?? "", text: String(error), cause: error instanceof Error ? String(error.cause) : "" };
  },

  /** The waits before retries, and the declared headers of the answer after them. */
  async waits(server: string, answer: string): Promise<{ readonly delays: readonly number[]; readonly headers: object }> {
    const delays: number[] = [];
    const client = clientOf(server, {
      maxRetries: 1,
      headers: { "X-Answer": answer },
      hooks: { onRetry: ({ delay }) => void delays.push(delay) },
    });
    const { headers } = await client.query.retrieve("q").result();
    return { delays, headers };
  },
};

export type ContractActions = typeof actions;
