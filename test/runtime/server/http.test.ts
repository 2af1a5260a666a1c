/** The generated server as HTTP sees it: over loopback, with raw sockets where a client would not send what is asked. */
import { connect } from "node:net";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resolveConfig } from "../../../generator/config.ts";
import { generate } from "../../../generator/pipeline.ts";
import { type RunningServer, serve } from "../../../generator/runtime/server/node.ts";
import type { StreamedPart } from "../../../generator/runtime/server/stream-parts.ts";
import { makeRunnable, type RunnableModules } from "../../../generator/verify/transpile.ts";

interface Input {
  readonly path: object;
  readonly query: object;
  readonly body?: unknown;
}
type Handler = (input: Input) => unknown;
interface ServerModule {
  createRouter(handlers: object, options?: object): (request: Request) => Promise<Response>;
  streamed(handler: object): object;
}

let modules: RunnableModules;
let door: ServerModule;
let server: RunningServer;
let seen: Input | undefined;
let makeRouter: (options?: object, upload?: object) => (request: Request) => Promise<Response>;
const open: RunningServer[] = [];

beforeAll(async () => {
  const config = await resolveConfig(import.meta.dirname, {
    spec: path.join(import.meta.dirname, "http.yaml"),
    emit: ["server"],
  });
  const { files = [] } = await generate(config);
  modules = await makeRunnable(files);
  // What was generated a moment ago.
  door = (await modules.import("server")) as unknown as ServerModule;
  const answer =
    (reply: object): Handler =>
    (input) => {
      seen = input;
      return reply;
    };
  makeRouter = (options = {}, upload = answer({ status: 204 })) =>
    door.createRouter(
      {
        getPet: answer({ status: 200, contentType: "application/json", body: { name: "Rex" } }),
        getMine: answer({ status: 204 }),
        createPet: answer({ status: 201 }),
        patchPet: answer({ status: 204 }),
        upload,
        takeCoded: answer({ status: 204 }),
      },
      options,
    );
  server = await serve(makeRouter(), { port: 0 });
  open.push(server);
}, 60_000);
afterAll(async () => {
  await Promise.all(open.map((each) => each.close()));
  await modules.remove();
});

async function start(options: object, upload?: object): Promise<string> {
  const started = await serve(makeRouter(options, upload), { port: 0 });
  open.push(started);
  return started.url;
}

async function ask(target: string, init: RequestInit = {}, url: string = server.url): Promise<Response> {
  seen = undefined;
  return fetch(`${url}${target}`, init);
}

const post = (body: BodyInit, type: string, method = "POST"): RequestInit => ({
  method,
  body,
  headers: { "Content-Type": type },
});
const json = (value: unknown, method?: string): RequestInit => post(JSON.stringify(value), "application/json", method);

/** Sends bytes as they are, and gives what comes back until the other side ends. */
async function raw(text: string, { rest = [] as readonly string[], port = server.port } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(text);
      for (const each of rest) socket.write(each);
    });
    socket.setTimeout(5000, () => socket.destroy(new Error(`No end: ${answer}`)));
    socket.on("data", (chunk) => (answer += chunk.toString())).on("close", () => resolve(answer));
    socket.on("error", (error) => (answer === "" ? reject(error) : resolve(answer)));
  });
}

describe("the way to an operation", () => {
  it("goes by a concrete path before a template, and by nothing to 404", async () => {
    expect((await ask("/pets/mine")).status).toBe(204);
    expect((await ask("/pets/7")).status).toBe(200);
    expect((await ask("/dogs")).status).toBe(404);
  });

  it("answers 405 with Allow, HEAD with the head of GET, and OPTIONS with what there is", async () => {
    const wrong = await ask("/pets/7", { method: "DELETE" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    const head = await ask("/pets/7", { method: "HEAD" });
    expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([200, "application/json", ""]);
    const options = await ask("/pets", { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "OPTIONS, PATCH, POST"]);
  });

  it("answers 501 to what the Fetch standard forbids", async () => {
    expect(await raw("TRACE /pets/7 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 501 /);
  });

  it("decodes a path once, and answers 400 to one that cannot be", async () => {
    const url = await start({});
    for (const target of ["/pets/%ZZ", "/%E0%A4%A", "/pets/%FF"]) {
      const answer = await raw(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`, {
        port: Number(new URL(url).port),
      });
      expect(answer, target).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect((await ask("/pets/%37")).status).toBe(200);
    expect(seen?.path).toEqual({ id: 7 });
    expect((await ask("/pets/%2537")).status).toBe(400);
  });

  it("takes a slash at the end for none, unless it is told to be strict", async () => {
    expect((await ask("/pets/7/")).status).toBe(200);
    const url = await start({ trailingSlash: "strict" });
    expect((await ask("/pets/7/", {}, url)).status).toBe(404);
    expect((await ask("/pets/7", {}, url)).status).toBe(200);
  });
});

describe("what is asked for", () => {
  it.each([
    ["text/csv", 200],
    ["text/*", 200],
    ["application/json;charset=utf-8", 200],
    ["text/html, */*;q=0.1", 200],
    ["text/html", 406],
    ["application/json;q=0, text/csv;q=0.000", 406],
    ["*/*;q=0", 406],
    ["application/json;version=2", 406],
    ['application/json;profile="a,b", text/csv', 200],
    ["nonsense", 200],
    ["", 200],
  ])("Accept: %s is answered %i", async (accept, status) => {
    expect((await ask("/pets/7", { headers: { Accept: accept } })).status).toBe(status);
  });

  it("does not matter where the answer has no body", async () => {
    expect((await ask("/pets/mine", { headers: { Accept: "text/html" } })).status).toBe(204);
  });
});

describe("a body", () => {
  it("is read by its media type, and 415 where none is declared for it", async () => {
    for (const [body, type, expected] of [
      ['{"name":"Rex","kind":"cat"}', "application/json; charset=utf-8", { name: "Rex", kind: "cat" }],
      ["name=Rex&kind=cat", "application/x-www-form-urlencoded", { name: "Rex", kind: "cat" }],
      ["Rex", "text/plain", "Rex"],
    ] as const) {
      expect((await ask("/pets", post(body, type))).status, type).toBe(201);
      expect(seen?.body).toEqual(expected);
    }
    const wrong = await ask("/pets", post("<pet/>", "application/xml"));
    expect([wrong.status, wrong.headers.get("accept")]).toEqual([
      415,
      "application/json, application/x-www-form-urlencoded, text/plain",
    ]);
  });

  it("is 415 with a content coding, which names the one that is read", async () => {
    const zipped = gzipSync('{"name":"Rex","kind":"cat"}');
    const coded = (coding: string, body: BodyInit = zipped): RequestInit => ({
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", "Content-Encoding": coding },
    });
    for (const coding of ["gzip", "identity, br", "constructor"]) {
      const refused = await ask("/pets", coded(coding));
      expect([refused.status, refused.headers.get("accept-encoding"), refused.headers.get("accept")]).toEqual([
        415,
        "identity",
        null,
      ]);
      expect(seen).toBeUndefined();
    }
    expect((await ask("/pets", coded("Identity", '{"name":"Rex"}'))).status).toBe(201);
    // What a handler reads itself is no exception.
    const url = await start(
      {},
      door.streamed(() => ({ status: 204 })),
    );
    const file = { ...post("--b--", "multipart/form-data; boundary=b") };
    expect((await ask("/files", { ...file, headers: { ...file.headers, "Content-Encoding": "gzip" } }, url)).status).toBe(415);
  });

  it("is read with the coding that the document has as a parameter, which is the handler's business", async () => {
    const bytes = gzipSync("Rex");
    const init = {
      method: "POST",
      body: bytes,
      headers: { "Content-Type": "application/octet-stream", "Content-Encoding": "gzip" },
    };
    expect((await ask("/coded", init)).status).toBe(204);
    expect(new Uint8Array(await (seen?.body as Blob).arrayBuffer())).toEqual(new Uint8Array(bytes));
  });

  it("is refused with the pointer, the keyword and the place in the document of every problem", async () => {
    const url = await start({ onInvalid: (failure: object) => ({ body: failure }) });
    const refused = await ask("/pets", json({ name: 7, friends: [{ name: "a", owner: { active: 1 } }, { name: 1 }] }), url);
    const { errors } = (await refused.json()) as { errors: object[] };
    const wrong = { in: "body", keyword: "type" };
    const name = "#/components/schemas/Pet/properties/name/type";
    expect(errors).toEqual([
      { ...wrong, pointer: "/name", message: "must be string", schema: "PetWritable.name", schemaPath: name },
      {
        in: "body",
        pointer: "/friends/0/owner/active",
        keyword: "type",
        message: "must be boolean",
        schema: "OwnerWritable.active",
        schemaPath: "#/components/schemas/Owner/properties/active/type",
      },
      { ...wrong, pointer: "/friends/1/name", message: "must be string", schema: "PetWritable.name", schemaPath: name },
    ]);
  });

  it("is never coerced where it is JSON", async () => {
    for (const name of [7, true, null, ["Rex"]]) expect((await ask("/pets", json({ name }))).status).toBe(422);
  });

  it("gets its defaults, at any depth, and a partial update gets none", async () => {
    await ask("/pets", json({ name: "Rex", owner: {}, friends: [{ name: "Max" }, { name: "Tom", kind: "cat" }] }));
    expect(seen?.body).toEqual({
      name: "Rex",
      kind: "dog",
      owner: { active: true },
      friends: [
        { name: "Max", kind: "dog" },
        { name: "Tom", kind: "cat" },
      ],
    });
    await ask("/pets", json({ name: "Rex" }, "PATCH"));
    expect(seen?.body).toEqual({ name: "Rex" });
    await ask("/pets", json({ name: "Rex" }), await start({ bodyDefaults: false }));
    expect(seen?.body).toEqual({ name: "Rex" });
    await ask("/pets/mine");
    expect(seen?.query).toEqual({ limit: 10 });
  });

  it("loses its readOnly members, or is refused for them, or keeps them", async () => {
    const sent = {
      id: 1,
      name: "Rex",
      kind: "cat",
      owner: { since: "now", active: false },
      friends: [{ id: 2, name: "Max", kind: "cat" }],
    };
    const kept = { name: "Rex", kind: "cat", owner: { active: false }, friends: [{ name: "Max", kind: "cat" }] };
    expect((await ask("/pets", json(sent))).status).toBe(201);
    expect(seen?.body).toEqual(kept);
    const refused = await ask("/pets", json(sent, "PATCH"), await start({ readOnly: "refuse" }));
    expect(refused.status).toBe(422);
    const { errors } = (await refused.json()) as { errors: { pointer: string; keyword: string }[] };
    expect(errors.map(({ pointer, keyword }) => [pointer, keyword])).toEqual([
      ["/id", "readOnly"],
      ["/owner/since", "readOnly"],
      ["/friends/0/id", "readOnly"],
    ]);
    await ask("/pets", json(sent), await start({ readOnly: "accept" }));
    expect(seen?.body).toEqual(sent);
  });

  it("is answered 422 where that is declared, and 400 for what cannot be read where both are", async () => {
    expect((await ask("/pets", json({}))).status).toBe(422);
    expect((await ask("/pets", post("{", "application/json"))).status).toBe(422);
    expect((await ask("/pets", json({}, "PATCH"))).status).toBe(422);
    expect((await ask("/pets", post("{", "application/json", "PATCH"))).status).toBe(400);
    expect((await ask("/pets/x")).status).toBe(400);
  });

  it("is refused in the shape of the document's errors", async () => {
    const refused = await ask("/pets", json({ name: 7, owner: { active: "no" } }));
    expect(refused.headers.get("content-type")).toBe("application/json");
    expect(await refused.json()).toEqual({
      message: "/name must be string (PetWritable.name)",
      code: "unprocessable_content",
      errors: [
        { field: "name", message: "must be string" },
        { field: "owner.active", message: "must be boolean" },
      ],
    });
  });
});

describe("a query parameter that nobody declares", () => {
  it("is passed over, or refused", async () => {
    expect((await ask("/pets/mine?limit=1&page=2")).status).toBe(204);
    const refused = await ask("/pets/mine?limit=1&page=2", {}, await start({ unknownQuery: "refuse" }));
    expect(refused.status).toBe(400);
  });
});

describe("limits", () => {
  const large = `"${"a".repeat(2_000_000)}"`;

  it("refuse a body by its Content-Length, before any of it is sent", async () => {
    const answer = await raw(
      "POST /pets HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/connection: close/i);
  });

  it("refuse a body that is sent in chunks, as soon as there is too much", async () => {
    const chunk = `${(65_536).toString(16)}\r\n${"a".repeat(65_536)}\r\n`;
    const head = "POST /pets HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    expect(await raw(head, { rest: Array.from({ length: 20 }, () => chunk) })).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("are those of the operation, of the router, or the default", async () => {
    expect((await ask("/pets", post(large, "application/json"))).status).toBe(413);
    const url = await start({ limits: { bodySize: 10, operations: { createPet: { bodySize: 4_000_000 } } } });
    expect((await ask("/pets", post(large, "application/json"), url)).status).toBe(422);
    expect((await ask("/pets", post('{"name":"Rex"}', "application/json", "PATCH"), url)).status).toBe(413);
  });

  it("count the fields of forms, and the files and their bytes", async () => {
    const url = await start({ limits: { fields: 2, files: 1, fileSize: 100, fieldSize: 50 } });
    expect((await ask("/pets", post("name=a&a=1&b=2", "application/x-www-form-urlencoded"), url)).status).toBe(413);
    const form = (...parts: [string, string | Blob][]): FormData => {
      const data = new FormData();
      for (const [name, value] of parts) data.append(name, value);
      return data;
    };
    const file = new Blob(["x".repeat(100)]);
    const send = async (data: FormData): Promise<number> => (await ask("/files", { method: "POST", body: data }, url)).status;
    expect(await send(form(["title", "a"], ["file", file]))).toBe(204);
    expect(await send(form(["title", "a"], ["file", new Blob(["x".repeat(101)])]))).toBe(413);
    expect(await send(form(["title", "a"], ["file", file], ["other", file]))).toBe(413);
    expect(await send(form(["title", "x".repeat(51)], ["file", file]))).toBe(413);
    expect(await send(form(["title", "a"], ["a", "1"], ["b", "1"], ["file", file]))).toBe(413);
  });

  it("refuse a header that is too large: Node by itself, and the router where it is told", async () => {
    const answer = await raw(`GET /pets/7 HTTP/1.1\r\nHost: a\r\nX-Large: ${"a".repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    const url = await start({ limits: { headerSize: 1000 } });
    expect((await ask("/pets/7", { headers: { "X-Large": "a".repeat(1000) } }, url)).status).toBe(431);
  });

  it("leave the connection to the next request where the body was short enough", async () => {
    const text = "GET /pets HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
    const answer = await raw(`${text}GET /pets/7 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(["405", "200"]);
  });
});

describe("a handler that reads its body itself", () => {
  const form = (size: number): FormData => {
    const data = new FormData();
    data.append("count", "3");
    data.append("title", "short");
    data.append("file", new Blob(["x".repeat(size)]), "a.bin");
    return data;
  };
  const reading = (found: unknown[]): object =>
    door.streamed(async ({ body }: { body: AsyncIterable<StreamedPart> }) => {
      for await (const part of body) {
        if (part.kind === "field") found.push([part.name, part.value]);
        else {
          let size = 0;
          for await (const chunk of part.body as unknown as AsyncIterable<Uint8Array>) size += chunk.length;
          found.push([part.name, part.filename, size]);
        }
      }
      return { status: 204 };
    });

  it("gets the parts of a form as they arrive, however large a file is", async () => {
    const found: unknown[] = [];
    const url = await start({ limits: { bodySize: 100_000_000 } }, reading(found));
    expect((await ask("/files", { method: "POST", body: form(30_000_000) }, url)).status).toBe(204);
    expect(found).toEqual([
      ["count", 3],
      ["title", "short"],
      ["file", "a.bin", 30_000_000],
    ]);
  });

  it("has begun before the body has come", async () => {
    let begun: () => void = () => undefined;
    const began = new Promise<void>((resolve) => (begun = resolve));
    const url = await start(
      {},
      door.streamed(async ({ body }: { body: AsyncIterable<StreamedPart> }) => {
        for await (const part of body) if (part.kind === "field") begun();
        return { status: 204 };
      }),
    );
    const boundary = "b";
    let send: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (send = controller) });
    const write = (text: string): void => send?.enqueue(new TextEncoder().encode(text));
    const answer = ask(
      "/files",
      {
        method: "POST",
        body,
        headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
        duplex: "half",
      } as RequestInit,
      url,
    );
    write(`--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nhello\r\n--b\r\n`);
    await began;
    write(`Content-Disposition: form-data; name="file"; filename="a"\r\n\r\nxyz\r\n--b--\r\n`);
    send?.close();
    expect((await answer).status).toBe(204);
  });

  it("meets what is wrong, which is answered as for any other", async () => {
    const url = await start({ limits: { fileSize: 1000 } }, reading([]));
    expect((await ask("/files", { method: "POST", body: form(1001) }, url)).status).toBe(413);
    const without = new FormData();
    without.append("title", "short");
    const missing = await ask("/files", { method: "POST", body: without }, url);
    const { errors } = (await missing.json()) as { errors: object[] };
    expect([missing.status, errors]).toEqual([400, [{ field: "file", message: 'must have property "file"' }]]);
    expect((await ask("/files", post("--b\r\n", "multipart/form-data; boundary=b"), url)).status).toBe(400);
  });

  it("gets other bytes as a stream", async () => {
    let size = 0;
    const url = await start(
      {},
      door.streamed(async ({ body }: { body: ReadableStream<Uint8Array> }) => {
        for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) size += chunk.length;
        return { status: 204 };
      }),
    );
    expect((await ask("/files", post("x".repeat(5000), "application/octet-stream"), url)).status).toBe(204);
    expect(size).toBe(5000);
  });
});
