/** What browsers do in ways of their own: streams, files, forms, cookies. Generated client and server, in a real one. */
import path from "node:path";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import { generate } from "../../generator/pipeline.ts";
import { makeRunnable } from "../../generator/verify/transpile.ts";
import { launchChromium } from "../support/chromium.ts";
import { openPage, type Page } from "../support/page.ts";
import type { PlatformActions } from "./pages/platform.ts";

interface Input {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly cookies: object;
  readonly body: unknown;
  readonly request: Request;
}
type Handler = (input: Input) => object | Promise<object>;

let handlers: Readonly<Record<string, Handler>>;
let browser: Browser;
let page: Page<PlatformActions>;
let folder: string;

beforeAll(async () => {
  const spec = path.join(import.meta.dirname, "platform.yaml");
  const { files = [] } = await generate(await resolveConfig("/", { spec, emit: ["client", "server"] }));
  folder = await mkdtemp(path.join(tmpdir(), "openapi-triad-"));
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file.path)), { recursive: true });
    await writeFile(path.join(folder, file.path), file.text);
  }
  const modules = await makeRunnable(files);
  const { createRouter } = (await modules.import("server")) as {
    createRouter(handlers: object): (request: Request) => Promise<Response>;
  };
  await modules.remove();
  const names = ["watch", "copy", "download", "upload", "submit", "look"];
  const router = createRouter(Object.fromEntries(names.map((name) => [name, (input: Input) => handlers[name]?.(input)])));
  browser = await launchChromium();
  page = await openPage({
    browser,
    program: path.join(import.meta.dirname, "pages/platform.ts"),
    alias: { "platform-api": path.join(folder, "index.ts") },
    router: (request) => {
      const { pathname } = new URL(request.url);
      return pathname.startsWith("/moved/") ? Response.redirect(new URL(pathname.slice(6), request.url), 307) : router(request);
    },
  });
});

afterAll(async () => {
  await page.close();
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  handlers = {};
});

describe("a stream in a page", () => {
  it("is walked over while it is made, and leaving the loop ends its making", async () => {
    let ended: (value: unknown) => void = () => {};
    const end = new Promise((resolve) => (ended = resolve));
    const watch: Handler = () => ({
      status: 200,
      body: (async function* () {
        try {
          for (let at = 0; ; at += 1) {
            yield { id: String(at), data: "é" };
            await new Promise((resolve) => setTimeout(resolve, 1));
          }
        } finally {
          ended(undefined);
        }
      })(),
    });
    handlers = { watch };
    expect(await page.run("watch", page.origin, 3)).toEqual(["0", "1", "2"].map((id) => ({ id, data: "é" })));
    await end;
  });

  it("is opened again where it left off", async () => {
    const asked: unknown[] = [];
    const watch: Handler = ({ headers: header }) => {
      asked.push(header["Last-Event-ID"]);
      const head = asked.length === 1 ? "retry: 1\n" : "";
      const body = new Blob([`${head}id: ${asked.length}\ndata: x\n\n`]).stream();
      return { status: 200, body };
    };
    handlers = { watch };
    expect(await page.run("watchAgain", page.origin, 3)).toEqual(["1", "2", "3"].map((id) => expect.objectContaining({ id })));
    expect(asked).toEqual([undefined, "1", "2"]);
  });

  it("ends when its signal is aborted", async () => {
    handlers = {
      watch: () => ({
        status: 200,
        body: (async function* () {
          yield { data: "first" };
          await new Promise(() => {});
        })(),
      }),
    };
    expect(await page.run("abort", page.origin)).toBe("AbortError: GET /events was aborted.");
  });

  it("goes there and back as lines", async () => {
    handlers = { copy: ({ body }) => ({ status: 200, body }) };
    const lines = [{ at: 1 }, { at: 2 }, { at: 3 }];
    expect(await page.run("copy", page.origin, lines)).toEqual(lines);
  });
});

describe("files in a page", () => {
  it("are downloaded as they come, with progress", async () => {
    const size = 3_000_000;
    handlers = {
      download: () => ({ status: 200, body: new Uint8Array(size) }),
    };
    const { count, ...rest } = await page.run("download", page.origin);
    expect(rest).toEqual({ size, last: expect.objectContaining({ loaded: size }) });
    expect(count).toBeGreaterThan(2);
  });

  it("are uploaded from all that holds bytes", async () => {
    handlers = {
      upload: async ({ body }) => ({ status: 200, body: (await new Response(body as BodyInit).arrayBuffer()).byteLength }),
    };
    expect(await page.run("upload", page.origin)).toEqual([300_000, 300_000, 300_000]);
  });

  it("are parts of a form, with their names and types", async () => {
    handlers = {
      submit: async ({ body }) => {
        const { title, about, files } = body as { title: string; about: object; files: readonly (Blob | File)[] };
        const came = await Promise.all(
          files.map(async (file) => ({ name: file instanceof File ? file.name : "", type: file.type, text: await file.text() })),
        );
        return { status: 200, body: { title, about, files: came } };
      },
    };
    expect(await page.run("submit", page.origin)).toEqual({
      title: "Ünï",
      about: { pages: 2 },
      files: [
        { name: 'a "b".png', type: "image/png", text: "\u0089PNG" },
        { name: expect.any(String), type: "application/octet-stream", text: "bytes" },
      ],
    });
  });

  it("are not uploaded as a stream over HTTP/1.1, which Chromium refuses", async () => {
    expect(await page.run("uploadStream", page.origin)).toMatch(/^ConnectionError: PUT .files.{name} got no answer: /);
  });
});

describe("a page's cookies", () => {
  const look: Handler = ({ cookies, headers, request }) => ({
    status: 200,
    body: { cookie: cookies, header: headers, referer: request.headers.get("Referer") },
  });

  it("are its own: a client that is told to send others says so, once for each name", async () => {
    handlers = { look };
    const before = page.messages.length;
    expect(await page.run("look", page.origin)).toEqual({
      cookie: {},
      header: { "X-Trace": "t" },
      referer: `${page.origin}/`,
    });
    expect(page.messages.slice(before).sort()).toEqual([
      'warning: The header "cookie" is not sent: the platform forbids it.',
      'warning: The header "referer" is not sent: the platform forbids it.',
    ]);
  });

  it("are sent by a fetch that includes them", async () => {
    handlers = { look };
    await page.setCookie("sid", "of the page");
    expect(await page.run("lookWithCookies", page.origin)).toMatchObject({ cookie: { sid: "of the page" } });
  });
});

describe("a redirect in a page", () => {
  it("is followed by the browser, where only Authorization is to be kept from other origins", async () => {
    handlers = { look: ({ request }) => ({ status: 200, body: { authorization: request.headers.get("Authorization") } }) };
    const server = `${page.origin}/moved`;
    expect(await page.run("lookWith", server, {})).toEqual({ authorization: null });
    expect(await page.run("lookWith", server, { Authorization: "Bearer t" })).toEqual({ authorization: "Bearer t" });
  });

  it("is refused, and says why, where a key would go wherever it leads", async () => {
    const thrown = await page.run("lookWith", `${page.origin}/moved`, { "X-Key": "k" });
    expect(thrown).toMatch(/^RedirectError: GET .session is redirected to where the browser does not show/);
  });
});
