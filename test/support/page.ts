/** A page in Chromium with a program of its own: bundled as users bundle theirs, and served with a policy that forbids `eval`. */
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { serve } from "../../generator/runtime/server/node.ts";

/** What a program does in a page: functions by name, whose arguments and results are data. */
export interface Actions {
  readonly [name: string]: (...given: never[]) => unknown;
}

/** Runs one of the actions; rejects with what it throws. */
export type Run<Known extends Actions> = <Name extends keyof Known & string>(
  name: Name,
  ...given: Parameters<Known[Name]>
) => Promise<Awaited<ReturnType<Known[Name]>>>;

export interface Page<Known extends Actions> {
  /** Where the page is served, and the router with it. */
  readonly origin: string;
  readonly run: Run<Known>;
  /** The same in a Worker of the page. */
  readonly runInWorker: Run<Known>;
  /**
   * What was written to the console, and what was thrown and caught by nobody, each with its kind: `error: …`. Left out is what Chromium
   * writes of every answer from 400 on.
   */
  readonly messages: readonly string[];
  /** Gives the browser a cookie of the page's origin, as a server would. */
  setCookie(name: string, value: string): Promise<void>;
  close(): Promise<void>;
}

export interface PageOptions {
  readonly browser: Browser;
  /** A module that exports `actions`. */
  readonly program: string;
  /** Modules by other names that the program imports them by. */
  readonly alias?: Readonly<Record<string, string>>;
  /** Answers what the page itself does not: an API of the page's origin. */
  readonly router?: (request: Request) => Response | Promise<Response>;
}

const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src *";

const shell = `<!doctype html><html lang="en"><title>Test</title><script type="module" src="/page.js"></script></html>`;

// Actions begin in a task of their own: what a debugger evaluates may use eval, whatever the policy says.
const entry = (program: string): string => `
import { actions } from ${JSON.stringify(program)};
const run = async ([name, given]) => {
  await new Promise((resolve) => setTimeout(resolve));
  return actions[name](...given);
};
const inWorker = (message) => new Promise((resolve, reject) => {
  const worker = new Worker("/page.js", { type: "module" });
  worker.onmessage = ({ data }) => { worker.terminate(); resolve(data); };
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(message);
});
if ("document" in globalThis) Object.assign(globalThis, { run, inWorker });
else globalThis.onmessage = async ({ data }) => {
  const result = await run(data);
  globalThis.postMessage(result);
};`;

/** Opens a page in a context of its own, with no cookies. */
export async function openPage<Known extends Actions>({
  browser,
  program,
  alias = {},
  router,
}: PageOptions): Promise<Page<Known>> {
  const script = await bundle(entry(program), alias);
  const { url: origin, close } = await serve(
    async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/") return answer("text/html", shell);
      if (pathname === "/page.js") return answer("text/javascript", script);
      if (pathname === "/favicon.ico") return new Response(null, { status: 204 });
      return (await router?.(request)) ?? new Response(null, { status: 404 });
    },
    { port: 0 },
  );
  const context = await browser.newContext();
  const page = await context.newPage();
  const messages: string[] = [];
  page.on("console", (message) => {
    if (!message.text().startsWith("Failed to load resource: the server responded with a status"))
      messages.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => void messages.push(`error: ${error.message}`));
  await page.goto(origin, { waitUntil: "load" });
  const runner =
    (how: "run" | "inWorker"): Run<Known> =>
    (name, ...given) =>
      page.evaluate(
        ([place, action]) =>
          (globalThis as unknown as { readonly [place: string]: (action: unknown) => Promise<never> })[place]?.(action) as never,
        [how, [name, given]] as const,
      );
  return {
    origin,
    messages,
    run: runner("run"),
    runInWorker: runner("inWorker"),
    setCookie: (name, value) => context.addCookies([{ name, value: encodeURIComponent(value), url: origin }]),
    async close() {
      await context.close();
      await close();
    },
  };
}

async function bundle(program: string, alias: Readonly<Record<string, string>>): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: "js" },
    alias,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

function answer(contentType: string, body: string): Response {
  return new Response(body, { headers: { "Content-Type": contentType, "Content-Security-Policy": policy } });
}
