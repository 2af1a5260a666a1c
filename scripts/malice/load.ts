/** Callers of our contract's server: most of them honest, some wrong, some gone before the end. */
import { Agent, request as ask, type RequestOptions } from "node:http";
import { createHistogram, type RecordableHistogram } from "node:perf_hooks";

/** What has come of the requests. */
export interface Load {
  readonly latencies: RecordableHistogram;
  readonly statuses: Map<string, number>;
  stop(): Promise<void>;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** When the caller hangs up. Default: never. */
  readonly leaves?: "in-body" | "at-head";
}

const base = "/api/environments/12345";
const json = { "Content-Type": "application/json" };
const sql = JSON.stringify({ query: { kind: "HogQLQuery", query: "select 1" } });
const query = { method: "POST", path: `${base}/query/`, headers: json };
const honest: readonly Call[] = [
  { ...query, body: sql },
  { method: "GET", path: `${base}/session_recordings/?limit=10&offset=20` },
  { method: "GET", path: `${base}/session_recordings/0190a6b2-4f3e-7000-8000-000000000000/` },
  { method: "GET", path: `${base}/query/0190a6b2-4f3e-7000-8000-000000000000/` },
];
const wrong: readonly Call[] = [
  { method: "GET", path: `${base}/session_recordings/?limit=x` },
  { ...query, body: '{"query":' },
  { ...query, body: JSON.stringify({ query: { kind: "HogQLQuery", query: 7 } }) },
  { ...query, body: "[".repeat(50_000) },
  { ...query, headers: { "Content-Type": "text/csv" }, body: "a,b" },
  { ...query, headers: { ...json, Authorization: "" }, body: sql },
  { ...query, body: JSON.stringify({ query: { kind: "HogQLQuery", query: "x".repeat(1_100_000) } }) },
  { method: "GET", path: `/api/${"x".repeat(500)}?%zz=%ff` },
  { method: "PUT", path: `${base}/session_recordings/` },
];
const gone: readonly Call[] = [
  { ...query, headers: { ...json, "Content-Length": "100000" }, body: '{"query":', leaves: "in-body" },
  { method: "GET", path: `${base}/session_recordings/?limit=10`, leaves: "at-head" },
];

/** Keeps so many callers busy, each with one request after the other, until it is stopped. */
export function startLoad(port: number, callers: number): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const latencies = createHistogram();
  const statuses = new Map<string, number>();
  let going = true;
  const one = async (index: number): Promise<void> => {
    for (let round = index; going; round += 1) {
      const kinds = round % 20 < 14 ? honest : round % 20 < 18 ? wrong : gone;
      const call = kinds[Math.floor(round / 3) % kinds.length];
      if (call === undefined) continue;
      const started = process.hrtime.bigint();
      const outcome = await send(call, { port, agent });
      latencies.record(process.hrtime.bigint() - started);
      statuses.set(outcome, (statuses.get(outcome) ?? 0) + 1);
    }
  };
  const all = Promise.all(Array.from({ length: callers }, (_, index) => one(index * 7)));
  return {
    latencies,
    statuses,
    async stop() {
      going = false;
      await all;
      agent.destroy();
    },
  };
}

function send({ method, path, headers, body, leaves }: Call, options: RequestOptions): Promise<string> {
  return new Promise((resolve) => {
    const fields = {
      Authorization: "Bearer phx_key",
      ...(body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) }),
      ...headers,
    };
    const outgoing = ask({ ...options, host: "127.0.0.1", method, path, headers: fields, timeout: 20_000 });
    outgoing.on("timeout", () => outgoing.destroy(new Error("hangs")));
    outgoing.on("error", (error: Error & { readonly code?: string }) =>
      resolve(leaves === undefined ? (error.code ?? error.message) : "left"),
    );
    outgoing.on("response", (incoming) => {
      incoming.on("error", () => resolve("cut off")).on("end", () => resolve(String(incoming.statusCode)));
      if (leaves === "at-head") (incoming.destroy(), resolve("left"));
      else incoming.resume();
    });
    if (leaves !== "in-body") return void outgoing.end(body);
    outgoing.write(body, () => setTimeout(() => outgoing.destroy(), 5));
  });
}
