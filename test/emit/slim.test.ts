import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { departuresOf } from "../../generator/emit/client/wire.ts";
import { emitterNames } from "../../generator/emit/emitter.ts";
import type { Formats } from "../../generator/model/formats.ts";
import type { OpenApiObject, OperationObject, ParameterObject, ResponseObject } from "../../generator/openapi/shapes.ts";
import { generate } from "../../generator/pipeline.ts";
import { makeRunnable } from "../../generator/verify/transpile.ts";
import { bundle, bundledCode } from "../../scripts/bundle.ts";

// Bytes are counted, not timed: they are the same on every machine.
const work = mkdtempSync(path.join(tmpdir(), "openapi-triad-slim-"));
symlinkSync(path.resolve(import.meta.dirname, "../../node_modules"), path.join(work, "node_modules"), "dir");
afterAll(() => rmSync(work, { recursive: true, force: true }));

const common = { roots: [], overlays: [], allowHosts: [], package: {} };

/** The client of a document, in a folder of its own. */
async function clientOf(name: string, document: OpenApiObject): Promise<string> {
  const folder = path.join(work, name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, "openapi.json"), JSON.stringify(document));
  const emit = emitterNames.filter((one) => one === "client");
  const { files = [] } = await generate({ ...common, spec: path.join(folder, "openapi.json"), out: folder, emit });
  for (const file of files) {
    mkdirSync(path.dirname(path.join(folder, file.path)), { recursive: true });
    writeFileSync(path.join(folder, file.path), file.text);
  }
  return folder;
}

const json: ResponseObject = { description: "", content: { "application/json": { schema: { type: "object" } } } };
const things: OpenApiObject = {
  openapi: "3.1.0",
  info: { title: "Things", version: "1" },
  servers: [{ url: "https://example.com" }],
  paths: {
    "/things/{id}": {
      get: {
        operationId: "things_get",
        tags: ["things"],
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: { "200": json, "404": json },
      },
    },
  },
};
const upload: OperationObject = {
  operationId: "files_upload",
  tags: ["files"],
  requestBody: { content: { "multipart/form-data": { schema: { type: "object", properties: { a: { type: "string" } } } } } },
  responses: { "200": { description: "", content: { "text/event-stream": { schema: { type: "string" } } } } },
};
const remove = { ...things.paths?.["/things/{id}"]?.get, operationId: "things_delete" };
const more: OpenApiObject = {
  ...things,
  paths: { "/things/{id}": { ...things.paths?.["/things/{id}"], delete: remove }, "/files": { post: upload } },
};

const page: ResponseObject = {
  description: "",
  content: {
    "application/json": {
      schema: {
        type: "object",
        properties: { results: { type: "array", items: { type: "object" } }, next_cursor: { type: ["string", "null"] } },
        required: ["results"],
      },
    },
  },
};
const query = (name: string, rest: object = { schema: { type: "string" } }): ParameterObject => ({ name, in: "query", ...rest });
const listing: OperationObject = {
  operationId: "things_list",
  tags: ["things"],
  parameters: [query("cursor"), query("limit", { schema: { type: "integer" } })],
  responses: { "200": page, "404": json },
};
const list: OpenApiObject = { ...things, paths: { "/things": { get: listing } } };

const oneGet = `import { createClient } from "./slim.ts";
import { retrieve } from "./resources/things.ts";
console.log(await createClient({}, { things: { retrieve } }).things.retrieve("x"));`;
const oneList = `import { createClient } from "./slim.ts";
import { list } from "./resources/things.ts";
for await (const { id } of createClient({}, { list }).list()) console.log(id);`;

/** What a page may load for a client with retries, timeouts, paging and errors: 5 KB. */
const bar = 5_120;

describe("A slim client", () => {
  test("weighs what it uses, and nothing more when the document says more", async () => {
    const [alone, among] = [await clientOf("alone", things), await clientOf("among", more)];
    expect(await bundledCode(oneGet, among)).toBe(await bundledCode(oneGet, alone));
    const { gzip, modules } = await bundle(oneGet, alone);
    expect(gzip).toBeLessThan(bar);
    expect(
      modules.filter((module) =>
        /\/(?:declared|departures|deprecation|features|hooks|idempotency-key|item-stream|judge|pages|path-client|query|redirect|warn|watch)\.ts$/.test(
          module,
        ),
      ),
    ).toEqual([]);
  });

  test("weighs no more than the bar when it walks over pages", async () => {
    expect((await bundle(oneList, await clientOf("list", list))).gzip).toBeLessThan(bar);
  });

  test("carries a feature where it is used, and else not a byte of it", async () => {
    const folder = await clientOf("features", things);
    const without = await bundle(oneGet, folder);
    for (const [feature, module] of [
      ["followRedirects", "redirect"],
      ["showRequests", "redact"],
      ["useHooks()", "watch"],
      ["useValidation()", "judge"],
      ["tellWarnings()", "warn"],
    ] as const) {
      const [name = ""] = feature.split("(");
      const using = oneGet.replace("{ createClient }", `{ createClient, ${name} }`).replace("({}", `({ features: [${feature}] }`);
      const { gzip, modules } = await bundle(using, folder);
      const carries = (one: readonly string[]): boolean => one.some((path) => path.endsWith(`/${module}.ts`));
      expect([carries(modules), carries(without.modules)], feature).toEqual([true, false]);
      expect(gzip, feature).toBeGreaterThan(without.gzip);
      // Imported, and not used.
      const idle = oneGet.replace("{ createClient }", `{ createClient, ${name} }`);
      expect(await bundledCode(idle, folder), feature).toBe(await bundledCode(oneGet, folder));
    }
  });

  test("carries of the ways to write a query those of its operations", async () => {
    const kinds: readonly (readonly [name: string, parameter: ParameterObject, carried: readonly string[]])[] = [
      ["plain", query("a"), []],
      ["json", query("a", { content: { "application/json": { schema: {} } } }), ["classify", "query"]],
      ["deep", query("a", { style: "deepObject", schema: { type: "object" } }), ["query"]],
      [
        "delimited",
        query("a", { style: "pipeDelimited", schema: { type: "array", items: { type: "string" } } }),
        ["query", "styles"],
      ],
      [
        "reserved",
        query("a", { allowReserved: true, schema: { type: "string" } }),
        ["classify", "documents", "encode-parameters", "encode-urlencoded", "expand-form", "styles"],
      ],
    ];
    const all = ["classify", "documents", "encode-parameters", "encode-urlencoded", "expand-form", "query", "styles"];
    for (const [name, parameter, carried] of kinds) {
      const document = { ...list, paths: { "/things": { get: { ...listing, parameters: [parameter] } } } };
      const { modules } = await bundle(
        oneList.replace(/for await.*/, "console.log(await createClient({}, { list }).list());"),
        await clientOf(`query-${name}`, document),
      );
      expect(
        all.filter((module) => modules.some((path) => path.endsWith(`/${module}.ts`))),
        name,
      ).toEqual(carried);
    }
  });

  test("has a path style beside it that weighs less than 3 KB", async () => {
    const root = path.resolve(import.meta.dirname, "../../generator");
    const { gzip } = await bundle(
      `import { createClient } from "./runtime/path-style/client.ts";
console.log(await createClient({ baseUrl: "https://example.com" }).GET("/things/{id}"));`,
      root,
    );
    expect(gzip).toBeLessThan(3_072);
  });
});

// The law sends by the core that knows every departure. What a function brings along must make the same of the same.
const cases = path.resolve(import.meta.dirname, "../cases");
describe.each(readdirSync(cases))("The operations of %s", (name) => {
  test("bring along what they need to be sent as they are by the whole core, and to read its answers", async () => {
    const emit = emitterNames.filter((one) => /^(?:types|operations|validators|client|fixtures)$/.test(one));
    const folder = path.join(cases, name);
    const spec = ["spec.yaml", "spec/openapi.yaml"].map((file) => path.join(folder, file)).find((file) => existsSync(file)) ?? "";
    const chosen = path.join(folder, "formats.json");
    const formats = existsSync(chosen) ? (JSON.parse(readFileSync(chosen, "utf8")) as Formats) : {};
    const { files = [], model } = await generate({ ...common, spec, out: work, emit, formats });
    if (model === undefined) throw new Error(`${name} makes nothing.`);
    const modules = await makeRunnable(files);
    try {
      const load = async <Module>(module: string): Promise<Module> => (await modules.import(module)) as Module;
      const operations = await load<Record<string, object>>("operations");
      const fixtures = await load<Record<string, { request: () => object }>>("fixtures");
      const departures = await load<Departures>("runtime/client/departures");
      const { createCore } = await load<{ createCore: MakeCore }>("runtime/client/core");
      const { createSend } = await load<{ createSend: MakeCore }>("runtime/client/exchange");
      for (const operation of model.operations) {
        const descriptor = operations[operation.name] ?? {};
        const parts = fixtures[operation.name]?.request() ?? {};
        const own = departuresOf(model, operation).map(({ name, kinds }) =>
          kinds === undefined ? (departures[name] ?? {}) : departures.queryOf(...kinds.map((kind) => departures[kind])),
        );
        const whole = await sent(createCore, descriptor, parts, []);
        expect(await sent(createSend, descriptor, parts, own), operation.id).toEqual(whole);
      }
    } finally {
      await modules.remove();
    }
  });
});

type Departures = Readonly<Record<string, object | undefined>> & { queryOf(...kinds: readonly (object | undefined)[]): object };

type MakeCore = (config: object) => (operation: object, parts: object, options: object, ...wire: object[]) => Called;

interface Called {
  result(): Promise<unknown>;
}

/** What goes out, and what is made of an answer of JSON. */
async function sent(make: MakeCore, operation: object, parts: object, wire: readonly object[]): Promise<object> {
  const seen: unknown[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const type = new Headers(init.headers).get("Content-Type") ?? "";
    const multipart = type.startsWith("multipart/");
    const body = multipart || init.body === undefined ? "" : await new Response(init.body).text();
    const headers = [...new Headers(init.headers)].filter(([name]) => !multipart || name !== "content-type");
    seen.push({ url, headers, body });
    return new Response(`{"a":[1,"b"]}`, { headers: { "Content-Type": "application/json", "X-Count": "7" } });
  };
  const send = make({ baseUrl: "https://example.com", fetch, onDeprecation: null });
  const result = await send(operation, parts, {}, ...wire)
    .result()
    .then(
      (answer) => JSON.stringify(answer),
      (error: unknown) => String(error),
    );
  return { seen, result };
}
