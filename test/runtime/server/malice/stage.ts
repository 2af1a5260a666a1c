/** The generated server of a document made for the purpose, and sockets that send what no client would. */
import { connect, type Socket } from "node:net";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { resolveConfig } from "../../../../generator/config.ts";
import { generate } from "../../../../generator/pipeline.ts";
import type { OperationDescriptor } from "../../../../generator/runtime/operation.ts";
import type { RunningServer, serve, ServeOptions } from "../../../../generator/runtime/server/node.ts";
import { makeRunnable, type Runnable } from "../../../../scripts/malice/runnable.ts";

/** What a handler gets. */
export interface Input {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly cookies: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal: AbortSignal;
  readonly request: Request;
}
export type Handler = (input: Input) => unknown;
export type Handlers = Partial<
  Record<"listThings" | "createThing" | "getThing" | "getSpan" | "getBytes" | "putBytes", Handler | object>
>;

/** A server under attack. */
export interface Victim {
  readonly url: string;
  readonly port: number;
  /** What reached a handler. */
  readonly arrivals: readonly Input[];
  /** What `onError` was told. */
  readonly errors: readonly unknown[];
}

interface Door {
  createRouter(handlers: object, options: object): (request: Request) => Promise<Response>;
  streamed(handler: object): object;
  readonly serve: typeof serve;
}

let modules: Runnable;
let door: Door;
const open: RunningServer[] = [];

/** Generates before the tests of a file, and closes every server after them. */
export function prepareStage(): void {
  beforeAll(async () => {
    const config = await resolveConfig(import.meta.dirname, {
      spec: path.join(import.meta.dirname, "malice.yaml"),
      emit: ["server"],
    });
    const { files = [] } = await generate(config);
    modules = await makeRunnable(files);
    // What was generated a moment ago.
    door = { ...(await modules.import("server")), ...(await modules.import("runtime/server/node")) } as unknown as Door;
  }, 60_000);
  afterAll(async () => {
    await Promise.all(open.map((each) => each.close()));
    await modules.remove();
  });
}

/** A handler that reads its body itself. */
export function streamed(handler: Handler): object {
  return door.streamed(handler);
}

/** Starts a server whose handlers answer at once, but for those that are given. */
export async function attack(
  handlers: Handlers = {},
  { router = {}, server = {} }: { readonly router?: object; readonly server?: Partial<ServeOptions> } = {},
): Promise<Victim> {
  const arrivals: Input[] = [];
  const errors: unknown[] = [];
  const answer =
    (reply: object): Handler =>
    (input) => {
      arrivals.push(input);
      return reply;
    };
  const routed = door.createRouter(
    {
      listThings: answer({ status: 204 }),
      createThing: answer({ status: 200, body: { name: "Rex" } }),
      getThing: answer({ status: 204 }),
      getSpan: answer({ status: 204 }),
      getBytes: answer({ status: 200, body: new Blob(["bytes"]) }),
      putBytes: answer({ status: 204 }),
      ...handlers,
    },
    {
      onError: (error: unknown, _request: Request, _operation: OperationDescriptor | undefined) => void errors.push(error),
      onBreach: () => undefined,
      ...router,
    },
  );
  const started = await door.serve(routed, { port: 0, ...server });
  open.push(started);
  return { url: started.url, port: started.port, arrivals, errors };
}

/** A connection that says what it likes. */
export interface Talk {
  readonly socket: Socket;
  say(bytes: string | Uint8Array): void;
  /** What has come back so far. */
  heard(): string;
  /** Resolves when the other side has said something that matches; rejects when it ends before, or after five seconds. */
  hears(pattern: RegExp): Promise<string>;
  /** Resolves with all that came back when the other side has ended; rejects after five seconds. */
  ended(): Promise<string>;
}

/** Opens a connection. */
export async function talk(port: number): Promise<Talk> {
  let answer = "";
  let over = false;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const each of [...waiting]) each();
  };
  const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    answer += chunk;
    wake();
  });
  socket.on("error", () => undefined);
  const close = (): void => {
    over = true;
    wake();
  };
  socket.on("end", () => {
    socket.end();
    close();
  });
  socket.on("close", close);
  await new Promise((resolve) => socket.once("connect", resolve));
  const until = (done: () => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(look);
        socket.destroy();
        reject(new Error(`Nothing more came in five seconds: ${answer.slice(0, 500)}`));
      }, 5000);
      const look = (): void => {
        if (!done() && !over) return;
        clearTimeout(late);
        waiting.delete(look);
        if (done()) resolve(answer);
        else reject(new Error(`The other side has ended: ${answer.slice(0, 500)}`));
      };
      waiting.add(look);
      look();
    });
  return {
    socket,
    say: (bytes) => void socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes),
    heard: () => answer,
    hears: (pattern) => until(() => pattern.test(answer)),
    ended: () => until(() => over),
  };
}

/** Sends bytes as they are, and gives what comes back until the other side ends. */
export async function send(port: number, ...pieces: readonly (string | Uint8Array)[]): Promise<string> {
  const { say, ended } = await talk(port);
  for (const piece of pieces) say(piece);
  return ended();
}

/** The statuses of all answers on a connection. */
export function statuses(answer: string): readonly number[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}

/** The text of a request; the connection ends after it. */
export function asking(line: string, headers: Readonly<Record<string, string | number>> = {}, body: string = ""): string {
  const all = { Host: "a", Connection: "close", ...(body === "" ? {} : { "Content-Length": body.length }), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}

export const json = { "Content-Type": "application/json" };

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Resolves when something has become true; rejects after five seconds. */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  for (const until = Date.now() + 5000; Date.now() < until; await pause(10)) if (holds()) return;
  throw new Error(`In five seconds it has not come true that ${what}.`);
}
