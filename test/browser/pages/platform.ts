/** What a page does with a client of streams, forms and files. */
import { createClient, reconnect, withProgress } from "platform-api";

const clientOf = (server: string, options: object = {}): ReturnType<typeof createClient> =>
  createClient({ server, maxRetries: 0, ...options });

async function first(stream: AsyncIterable<unknown>, count: number): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of stream) if (items.push(item) === count) break;
  return items;
}

export const actions = {
  /** The first events of a stream without end. */
  watch: (server: string, count: number) => first(clientOf(server).events.watch(), count),

  /** Events over several connections, with the pauses that the server asks for. */
  watchAgain: (server: string, count: number) =>
    first(
      reconnect((call) => clientOf(server).events.watch({}, call)),
      count,
    ),

  /** Lines there and back. */
  copy: (server: string, lines: readonly unknown[]) => first(clientOf(server).lines.copy(lines), Infinity),

  /** Ends a stream that says no more; what the loop throws. */
  async abort(server: string): Promise<string> {
    const controller = new AbortController();
    try {
      for await (const _ of clientOf(server).events.watch({}, { signal: controller.signal })) controller.abort();
    } catch (error) {
      return String(error);
    }
    return "";
  },

  /** How far a download was, after each chunk. */
  async download(server: string): Promise<{ readonly size: number; readonly last: unknown; readonly count: number }> {
    const told: unknown[] = [];
    let size = 0;
    const response = await clientOf(server).files.download("big").asResponse();
    for await (const chunk of withProgress(response, (progress) => void told.push(progress))) size += chunk.byteLength;
    return { size, last: told.at(-1), count: told.length };
  },

  /** An upload from each kind of bytes: the sizes that the server counted. */
  async upload(server: string): Promise<readonly unknown[]> {
    const bytes = new Uint8Array(300_000).fill(7);
    const { files } = clientOf(server);
    return [await files.upload("a", new Blob([bytes])), await files.upload("b", bytes), await files.upload("c", bytes.buffer)];
  },

  /** An upload from a stream: the size that the server counted, or what was thrown. */
  async uploadStream(server: string): Promise<unknown> {
    const body = withProgress(new Blob([new Uint8Array(10)]), () => undefined);
    return clientOf(server)
      .files.upload("d", body)
      .catch((error: unknown) => String(error));
  },

  submit: (server: string) =>
    clientOf(server).forms.submit({
      title: "Ünï",
      about: { pages: 2 },
      files: [new File(["\u0089PNG"], 'a "b".png', { type: "image/png" }), new Blob(["bytes"])],
    }),

  /** Sends a cookie and headers that pages may not set, twice. */
  async look(server: string): Promise<unknown> {
    const { session } = clientOf(server, { headers: { Referer: "https://elsewhere.example/" } });
    await session.look({ sid: "mine", "X-Trace": "t" });
    return session.look({ sid: "mine", "X-Trace": "t" });
  },

  /** What comes of a call with some headers, or what it throws. */
  lookWith: (server: string, headers: Readonly<Record<string, string>>) =>
    clientOf(server, { headers })
      .session.look()
      .catch((error: unknown) => String(error)),

  /** Sends the page's own cookies along. */
  lookWithCookies: (server: string) =>
    clientOf(server, {
      fetch: (url: string, init: RequestInit) => fetch(url, { ...init, credentials: "include" }),
    }).session.look(),
};

export type PlatformActions = typeof actions;
