/**
 * The client and the server in a realm that has the minimum of the web (WinterTC's Minimum Common Web API) and nothing of Node, as strict
 * as the strictest platform: nothing is done while a module is loaded, `fetch` is nobody's method, and what Workers do not know of
 * a request is refused.
 */
import path from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type RunningServer } from "../../generated/src/runtime/server/node.ts";
import { answeringRouter, operationNames, repliesOf } from "../../scripts/everywhere/router.ts";

const root = path.resolve(import.meta.dirname, "../..");
let server: RunningServer;

beforeAll(async () => {
  server = await serve(answeringRouter(), { port: 0 });
});

afterAll(() => server.close());

/** Classes and functions that may be had at any time. */
const plain = {
  AbortController,
  AbortSignal,
  Blob,
  DOMException,
  Event,
  EventTarget,
  File,
  FormData,
  Headers,
  ReadableStream,
  Response,
  TextDecoder,
  TextDecoderStream,
  TextEncoder,
  TextEncoderStream,
  TransformStream,
  URL,
  URLSearchParams,
  WritableStream,
  CompressionStream,
  DecompressionStream,
  atob,
  btoa,
  structuredClone,
  performance,
  console,
};

/** What Workers refuse in a request, by its init. */
const unknownToWorkers = [
  "cache",
  "credentials",
  "integrity",
  "keepalive",
  "mode",
  "priority",
  "referrer",
  "referrerPolicy",
  "window",
];

function checkInit(init: object = {}): void {
  const found = unknownToWorkers.filter((name) => name in init);
  if (found.length > 0) throw new Error(`A Worker does not know ${found.join(", ")} of a request.`);
}

interface Realm {
  /** Runs a script; what it evaluates to. */
  run(script: string): unknown;
  /** From now on modules are no longer loaded, but used. */
  start(): void;
}

function bareRealm(): Realm {
  let started = false;
  const guard =
    <Given extends unknown[], Result>(name: string, work: (...given: Given) => Result, owner?: object) =>
    (self: unknown, given: Given): Result => {
      // Called as a method of anything else, platforms speak of an illegal invocation.
      if (self !== owner && self !== undefined && self !== global) throw new TypeError(`Illegal invocation of ${name}`);
      if (!started) throw new Error(`${name} is called while a module is loaded.`);
      return work(...given);
    };
  const method = <Given extends unknown[], Result>(guarded: (self: unknown, given: Given) => Result) =>
    function (this: unknown, ...given: Given): Result {
      return guarded(this, given);
    };
  class StrictRequest extends Request {
    constructor(input: string | URL | Request, init?: RequestInit) {
      checkInit(init);
      super(input, init);
    }
  }
  const ownCrypto = { subtle: crypto.subtle, getRandomValues: (_: Uint32Array): unknown => undefined, randomUUID: () => "" };
  ownCrypto.getRandomValues = method(guard("getRandomValues", (array: Uint32Array) => crypto.getRandomValues(array), ownCrypto));
  ownCrypto.randomUUID = method(guard("randomUUID", () => crypto.randomUUID(), ownCrypto)) as () => string;
  const context = createContext(
    {
      ...plain,
      // What a platform makes is of its own realm; here that of the test.
      ArrayBuffer,
      Uint8Array,
      Error,
      TypeError,
      Request: StrictRequest,
      crypto: ownCrypto,
      fetch: method(
        guard("fetch", (input: string | URL | Request, init?: RequestInit) => {
          checkInit(init);
          return fetch(input, init);
        }),
      ),
      setTimeout: method(guard("setTimeout", (work: () => void, delay?: number) => setTimeout(work, delay))),
      clearTimeout: method(guard("clearTimeout", (timer: ReturnType<typeof setTimeout>) => clearTimeout(timer))),
      queueMicrotask: method(guard("queueMicrotask", (work: () => void) => queueMicrotask(work))),
      random: method(guard("Math.random", () => Math.random())),
    },
    { codeGeneration: { strings: false, wasm: false } },
  );
  const run = (script: string): unknown => runInContext(script, context);
  const global = run("globalThis");
  run("const { random } = globalThis; delete globalThis.random; Math.random = () => random();");
  return { run, start: () => void (started = true) };
}

async function scriptOf(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    format: "iife",
    globalName: "entry",
    platform: "browser",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

test("The realm is bare, and strict", () => {
  const { run, start } = bareRealm();
  expect(run("typeof process + typeof Buffer + typeof require + typeof global + typeof setImmediate + typeof location")).toBe(
    "undefined".repeat(6),
  );
  expect(() => run("fetch('http://127.0.0.1')")).toThrow("fetch is called while a module is loaded.");
  start();
  expect(() => run("({ fetch }).fetch('http://127.0.0.1')")).toThrow("Illegal invocation of fetch");
  expect(() => run("new Request('http://127.0.0.1', { credentials: 'omit' })")).toThrow("A Worker does not know credentials");
  expect(() => run("eval('1')")).toThrow("Code generation from strings disallowed");
});

test.each(["index", "paths-client", "openapi-fetch", "server", "validators", "schemas", "validation", "fixtures"])(
  "Loading %s does nothing",
  async (entry) => {
    const { run } = bareRealm();
    run(await scriptOf(`export * from "./generated/src/${entry}.ts";`));
    expect(run("Object.keys(entry).length")).toBeGreaterThan(0);
  },
);

test("Every operation works, with every answer, in every style, over HTTP and in the realm", async () => {
  const { run, start } = bareRealm();
  run(await scriptOf(`export * from "./scripts/everywhere/smoke.ts";`));
  start();
  const answers = operationNames.flatMap((name) => Object.keys(repliesOf(name)));
  const all = JSON.stringify({ calls: answers.length * 3 + 6, problems: [] });
  expect(await run(`entry.smokeOverHttp(${JSON.stringify(server.url)}).then(JSON.stringify)`)).toBe(all);
  expect(await run("entry.smokeInProcess().then(JSON.stringify)")).toBe(all);
});
