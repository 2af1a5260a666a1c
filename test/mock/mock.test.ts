import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createMock, type MockOptions, type MockSource } from "../../generator/index.ts";
import pc from "picocolors";
import { accessLine } from "../../generator/commands/mock.ts";
import { type Access, watched } from "../../generator/mock/access.ts";
import { mockOf } from "../../generator/mock/mock.ts";
import { readFiles } from "../support/read.ts";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import { buildModel } from "../../generator/model/build.ts";
import { pets } from "./pets.ts";

/** What is asked, and the answer in short. */
function ask(options: MockOptions = {}, source: Parameters<typeof createMock>[0] = pets) {
  const mock = createMock(source, options);
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await mock.fetch(`http://api.test${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
  };
  return { call, reset: mock.reset };
}

describe("a collection", () => {
  it("has what was made, changed and replaced, and not what was removed, until it is reset", async () => {
    const { call, reset } = ask();
    const before = (await call("GET", "/pets?limit=20")).body.items;
    const made = await call("POST", "/pets", { name: "Tom", kind: "cat", secret: "psst" });
    expect(made).toMatchObject({ status: 201, body: { name: "Tom", kind: "cat" } });
    expect(made.body).not.toHaveProperty("secret");
    expect(before.map(({ id }: { id: number }) => id)).not.toContain(made.body.id);
    expect(made.headers.get("location")).toBe(`http://api.test/pets/${made.body.id}`);

    expect(await call("GET", `/pets/${made.body.id}`)).toMatchObject({ status: 200, body: made.body });
    expect((await call("PATCH", `/pets/${made.body.id}`, { name: "Tim" })).body).toEqual({ ...made.body, name: "Tim" });
    expect((await call("GET", `/pets/${made.body.id}`)).body.name).toBe("Tim");
    expect((await call("PUT", `/pets/${made.body.id}`, { name: "Tam", kind: "dog" })).body).toMatchObject({
      name: "Tam",
      kind: "dog",
    });
    const last = await call("GET", `/pets?limit=20&cursor=${before.at(-1).id}`);
    expect(last.body.items.at(-1)).toMatchObject({ id: made.body.id, name: "Tam" });

    expect((await call("DELETE", `/pets/${made.body.id}`)).status).toBe(204);
    const gone = await call("GET", `/pets/${made.body.id}`);
    expect(gone).toMatchObject({ status: 404, body: { message: expect.stringContaining("any more") } });
    expect((await call("DELETE", `/pets/${made.body.id}`)).status).toBe(404);
    reset();
    expect((await call("GET", `/pets/${made.body.id}`)).status).toBe(200);
  });

  it("has pages that add up, each item once", async () => {
    const { call } = ask();
    const seen: number[] = [];
    let cursor: string | null = "";
    for (let page = 0; cursor !== null && cursor !== undefined && page < 20; page++) {
      const { body } = await call("GET", `/pets?limit=7${cursor === "" ? "" : `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ id }: { id: number }) => id));
      expect(body.has_more).toBe(typeof body.next_cursor === "string");
      cursor = body.next_cursor;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  it("shows an item of the list as the same item", async () => {
    const { call } = ask();
    const { body } = await call("GET", "/pets");
    for (const item of body.items.slice(0, 3)) expect((await call("GET", `/pets/${item.id}`)).body).toEqual(item);
  });
});

describe("what a caller prefers", () => {
  it.each([
    ["code=404", 404, { message: expect.any(String) }],
    ["example=dog", 200, { id: 2, name: "Rex", kind: "dog" }],
    ['code=200, example="cat"', 200, { id: 1, name: "Felix", kind: "cat" }],
    ["example=bird", 404, { message: expect.stringContaining('no example "bird"') }],
    ["code=418", 404, { message: expect.stringContaining("no answer 418") }],
    ["wait=10", 200, { id: 1 }],
  ])("%s", async (prefer, status, body) => {
    const answer = await ask().call("GET", "/pets/1", undefined, { Prefer: prefer });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(body);
  });

  it("dynamic=true is another body each time, and the same for the same seed", async () => {
    const bodies = async (seed: string, prefer: string): Promise<readonly string[]> => {
      const { call } = ask({ seed });
      const answers = [
        await call("GET", "/pets", undefined, { Prefer: prefer }),
        await call("GET", "/pets", undefined, { Prefer: prefer }),
      ];
      return answers.map(({ body }) => JSON.stringify(body));
    };
    const [one, two] = await bodies("a", "dynamic=true");
    expect(one).not.toBe(two);
    expect(await bodies("a", "dynamic=true")).toEqual([one, two]);
    expect((await bodies("b", "dynamic=true"))[0]).not.toBe(one);
    const [same, again] = await bodies("a", "dynamic=true, seed=7");
    expect(same).toBe(again);
  });
});

describe("a request that breaks the document", () => {
  it("is refused in the shape of the document's errors", async () => {
    const { call } = ask();
    expect(await call("POST", "/pets", { kind: "bird" })).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining("name") },
    });
    expect((await call("GET", "/pets?limit=0")).status).toBe(400);
    expect((await call("GET", "/owners")).status).toBe(404);
    const wrong = await call("PUT", "/pets");
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS, POST"]);
    expect((await call("GET", "/pets", undefined, { Accept: "text/csv" })).status).toBe(406);
  });

  it("is shown as the document's example where the shape of its errors is not known, and why in a field", async () => {
    const { call } = ask({ auth: true }, shops);
    const refused = await call("POST", "/orders", { count: "many" }, { Authorization: "Bearer any" });
    expect(refused).toMatchObject({ status: 422, body: { message: "Too few." } });
    expect(refused.headers.get("content-type")).toBe("application/json");
    expect(refused.headers.get("mock-refusal")).toBe("the body /count must be integer");
    expect(await call("POST", "/orders", { count: 1 })).toMatchObject({ status: 401, body: "who are you?" });
    // Nothing is declared for 415: problem details.
    const { status, headers } = await call("POST", "/orders", 1, { Authorization: "Bearer any", "Content-Type": "text/csv" });
    expect([status, headers.get("content-type")]).toEqual([415, "application/problem+json"]);
  });

  it("is answered with the error that its caller wishes to see", async () => {
    const { call } = ask({}, shops);
    const wished = (prefer: string): Promise<unknown> => call("POST", "/orders", { count: "many" }, { Prefer: prefer });
    expect(await wished("code=422, example=many")).toMatchObject({ status: 422, body: { message: "Too many." } });
    expect(await wished("code=503")).toMatchObject({ status: 503, body: undefined });
    expect(await wished("code=422, example=none")).toMatchObject({ status: 404 });
    // A wish for success does not make it valid.
    expect(await wished("code=201")).toMatchObject({ status: 422 });
  });

  it("is told of in the log, with what was wrong", async () => {
    const { document } = await readFiles({ "api.json": shops });
    if (document === undefined) throw new Error("It cannot be read.");
    const model = buildModel(document, new Diagnostics());
    const told: Access[] = [];
    const router = watched(
      mockOf(model).router,
      model,
      () => 0,
      (access) => told.push(access),
    );
    const body = JSON.stringify({ count: "\ud83d\ude80" });
    await router(
      new Request("http://api.test/orders", { method: "POST", headers: { "Content-Type": "application/json" }, body }),
    );
    expect(told).toEqual([
      {
        ...{ method: "POST", target: "/orders", status: 422, milliseconds: 0, operation: "createOrder" },
        refusal: "the body /count must be integer",
      },
    ]);
    const terminal = { colors: pc.createColors(false), clock: () => new Date(2026, 0, 1, 12, 1, 7) };
    expect(told.map((access) => accessLine(access, terminal)).join("")).toBe(
      "  12:01:07  POST /orders  422  0 ms   createOrder\n            the body /count must be integer\n",
    );
  });

  it("needs credentials only when that is asked for", async () => {
    expect((await ask().call("POST", "/pets", { name: "Tom" })).status).toBe(201);
    const { call } = ask({ auth: true });
    const refused = await call("POST", "/pets", { name: "Tom" });
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="api"']);
    expect((await call("POST", "/pets", { name: "Tom" }, { Authorization: "Bearer any" })).status).toBe(201);
  });
});

describe("around the operations", () => {
  it("the path of a server may stand before theirs", async () => {
    expect((await ask().call("GET", "/v1/pets/1")).status).toBe(200);
  });

  it("pages of other origins may ask, unless they may not", async () => {
    const preflight = {
      Origin: "http://app.test",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "x-a",
    };
    const { headers, status } = await ask().call("OPTIONS", "/pets", undefined, preflight);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe("http://app.test");
    expect(headers.get("access-control-allow-headers")).toBe("x-a");
    expect(headers.get("access-control-allow-credentials")).toBe("true");
    const answer = await ask().call("GET", "/pets/1", undefined, { Origin: "http://app.test" });
    expect(answer.headers.get("access-control-allow-origin")).toBe("http://app.test");
    const closed = await ask({ cors: false }).call("GET", "/pets/1", undefined, { Origin: "http://app.test" });
    expect([...closed.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("HEAD is what GET would be, without a body", async () => {
    const [head, get] = [await ask().call("HEAD", "/pets/1"), await ask().call("GET", "/pets/1")];
    expect([head.status, head.body]).toEqual([200, undefined]);
    expect([...head.headers].filter(([name]) => name !== "date")).toEqual([...get.headers].filter(([name]) => name !== "date"));
  });

  it("a share of the requests fails, the same ones for the same seed", async () => {
    const fails = async (seed: number): Promise<string> => {
      const { call } = ask({ failRate: 0.3, seed });
      let pattern = "";
      for (let index = 0; index < 60; index++) pattern += (await call("GET", "/pets/1")).status === 500 ? "x" : ".";
      return pattern;
    };
    const pattern = await fails(1);
    expect(pattern.split("x").length - 1).toBeGreaterThan(8);
    expect(pattern.split("x").length - 1).toBeLessThan(30);
    expect(await fails(1)).toBe(pattern);
    expect(await fails(2)).not.toBe(pattern);
  });

  it("a failure is an error of the server that the document declares, if it does", async () => {
    const { call } = ask({ failRate: 1 }, shops);
    expect(await call("POST", "/orders", { count: 1 })).toMatchObject({ status: 503 });
    expect(await ask({ failRate: 1 }).call("GET", "/pets/1")).toMatchObject({ status: 500 });
  });

  it("Swagger 2.0 with examples and no schema has bodies", async () => {
    const response = { description: "A.", examples: { "application/json": [1], "text/plain": "one" } };
    const source = {
      swagger: "2.0",
      info: { title: "Two", version: "1" },
      paths: { "/a": { get: { responses: { 200: response } } } },
    };
    expect(await ask({}, source).call("GET", "/a")).toMatchObject({ status: 200, body: [1] });
    const mock = createMock(source);
    const answer = await mock.fetch("http://api.test/a", { headers: { Accept: "text/plain" } });
    expect([answer.headers.get("content-type"), await answer.text()]).toEqual(["text/plain", "one"]);
  });

  it("answers take their time when they are told to", async () => {
    const { call } = ask({ delay: [60, 80] });
    await ask().call("GET", "/pets/1");
    const started = performance.now();
    await call("GET", "/pets/1");
    expect(performance.now() - started).toBeGreaterThan(55);
  });

  it("refuses shares and times that are none", async () => {
    await expect(ask({ failRate: 2 }).call("GET", "/pets/1")).rejects.toThrow(RangeError);
    await expect(ask({ delay: [5, 1] }).call("GET", "/pets/1")).rejects.toThrow(RangeError);
  });

  it("takes documents of every version, from files", async () => {
    const folder = new URL("../cases/", import.meta.url);
    expect(readdirSync(folder).length).toBeGreaterThan(3);
    const swagger = {
      swagger: "2.0",
      info: { title: "Two", version: "1" },
      paths: {
        "/a": {
          get: {
            produces: ["application/json"],
            responses: {
              200: { description: "A.", schema: { type: "object", required: ["n"], properties: { n: { type: "integer" } } } },
            },
          },
        },
      },
    };
    expect(await ask({}, swagger).call("GET", "/a")).toMatchObject({ status: 200, body: { n: expect.any(Number) } });
    expect((await ask({}, "spec/openapi.yaml").call("GET", "/api/environments/1/session_recordings/")).status).toBe(200);
    await expect(ask({}, { openapi: "3.1.0", info: {}, paths: { a: 1 } } as MockSource).call("GET", "/")).rejects.toThrow(
      "openapi.json",
    );
  });
});

/** Errors that no shape is known of: the document says what they look like by examples. */
const shops = {
  openapi: "3.1.0",
  info: { title: "Shops", version: "1" },
  components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
  paths: {
    "/orders": {
      post: {
        operationId: "createOrder",
        security: [{ key: [] }],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { type: "object", properties: { count: { type: "integer" } } } } },
        },
        responses: {
          "201": { description: "Made." },
          "401": { description: "Who?", content: { "application/json": { example: "who are you?" } } },
          "422": {
            description: "Wrong.",
            content: {
              "application/json": {
                schema: { type: "object", required: ["message"], properties: { message: { enum: ["Too few.", "Too many."] } } },
                examples: { few: { value: { message: "Too few." } }, many: { value: { message: "Too many." } } },
              },
            },
          },
          "500": { description: "Broken." },
          "503": { description: "Busy." },
        },
      },
    },
  },
};
