import { createServer } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openWorkspace, type Outcome, type Workspace } from "../support/command-line.ts";
import { readOnlyMethods } from "../../generator/commands/against-options.ts";
import { testContract, type ContractOptions, type ContractVerdict } from "../../generator/verify/contract.ts";
import { document, generateShop, openShop, type Sabotage, type Shop } from "./shop.ts";

const json = (body: unknown, init: ResponseInit = {}): Response =>
  new Response(JSON.stringify(body), {
    ...init,
    headers: { "Content-Type": "application/json", "X-Total": "1", ...init.headers },
  });
const only =
  (path: string, change: Sabotage): Sabotage =>
  (response, request) =>
    new URL(request.url).pathname.startsWith(path) ? change(response, request) : response;
const list =
  (change: Sabotage): Sabotage =>
  (response, request) =>
    request.method === "GET" && new URL(request.url).pathname === "/pets" ? change(response, request) : response;

let place: Workspace;
let made: Awaited<ReturnType<typeof generateShop>>;
beforeAll(async () => {
  const work = openWorkspace({ "api.yaml": document });
  made = await generateShop(work.folder);
  work.close();
});
afterAll(() => made.modules.remove());
let shop: Shop | undefined;
beforeEach(() => {
  place = openWorkspace({ "api.yaml": document });
});
afterEach(async () => {
  await shop?.close();
  shop = undefined;
  place.close();
});

async function against(
  argv: readonly string[] = [],
  options: Parameters<typeof openShop>[1] = {},
  key = "open-sesame",
): Promise<Outcome> {
  shop = await openShop(made.modules, options);
  return place.run(["verify", "api.yaml", "--against", shop.url, ...argv], { OPENAPI_TRIAD_AUTH_SHOP_KEY: key });
}

/** The verdicts of what a command would send. */
async function judge(sabotage: Sabotage, options: Partial<ContractOptions> = {}): Promise<ContractVerdict[]> {
  shop = await openShop(made.modules, { sabotage });
  const usual: ContractOptions = {
    ...{ url: shop.url, headers: {}, credentials: { shopKey: "open-sesame" }, timeout: 5_000, rate: Infinity, concurrency: 2 },
    ...{ methods: new Set(readOnlyMethods), negative: false, values: {}, requests: {} },
  };
  const verdicts: ContractVerdict[] = [];
  for await (const verdict of testContract(made.model, made.modules, { ...usual, ...options })) verdicts.push(verdict);
  return verdicts;
}

/** What is told, without what is another thing each time. */
function told({ out }: Outcome): string {
  return out.replaceAll(shop?.url ?? "-", "URL").replace(/· [\d.]+ s$/m, "· … s");
}

describe("verify --against", () => {
  it("finds nothing wrong with a server that keeps to the document, and sends nothing that changes it", async () => {
    const outcome = await against();
    expect(told(outcome)).toMatchInlineSnapshot(`
      "               all   kept   broken   not sent
        operations     3      2        0          1
        ✓ answers: 2 × 2xx
        – not sent, since they may change something: POST; --methods all sends them
        2 of 2 operations kept as the document says · … s
      "
    `);
    expect(outcome).toMatchObject({ code: 0, err: "" });
    expect(shop?.seen.map(({ method, key }) => `${method} ${key}`)).toEqual(["GET open-sesame", "GET open-sesame"]);
  });

  it("sends every operation and every invalid request when it is told to, and values that are given", async () => {
    place.put("requests.json", JSON.stringify({ "GET /pets": { query: { limit: 7 } } }));
    const outcome = await against([
      "--methods",
      "all",
      "--negative",
      "--param",
      "petId=rex",
      "--requests",
      "requests.json",
      "--json",
      "--rate",
      "500",
    ]);
    expect(outcome).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(outcome.out)).toMatchObject({ passed: true, totals: { all: 3, kept: 3, broken: 0, skipped: 0 } });
    expect(shop?.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(
      expect.arrayContaining(["GET /pets?limit=7", "GET /pets/rex", "POST /pets"]),
    );
    expect(shop?.seen.length).toBeGreaterThan(5);
  });

  it.each<[string, Sabotage, object]>([
    [
      "status",
      list(() => json([], { status: 206 })),
      { check: "status", expected: "200, 400", actual: "206", at: expect.stringMatching(/#\/paths\/~1pets\/get$/) },
    ],
    [
      "redirect",
      list(() => new Response(null, { status: 302, headers: { Location: "http://elsewhere.invalid/" } })),
      {
        check: "status",
        actual: "302",
        message: '302 is not declared; 200, 400 are; it leads to "http://elsewhere.invalid/"',
      },
    ],
    ["server error", only("/pets/", () => json({}, { status: 500 })), { check: "server error", actual: "500" }],
    [
      "media type",
      list(() => new Response("[]", { headers: { "Content-Type": "text/html", "X-Total": "1" } })),
      { check: "media type", actual: "text/html" },
    ],
    [
      "missing header",
      list(() => new Response("[]", { headers: { "Content-Type": "application/json" } })),
      { check: "header", at: expect.stringMatching(/headers\/X-Total/) },
    ],
    ["undecodable header", list(() => json([], { headers: { "X-Total": "many" } })), { check: "header", actual: '"many"' }],
    ["invalid header", list(() => json([], { headers: { "X-Total": "-1" } })), { check: "header", actual: '"-1"' }],
    [
      "no JSON",
      list(() => new Response("{", { headers: { "Content-Type": "application/json", "X-Total": "0" } })),
      { check: "body" },
    ],
    [
      "invalid body",
      list(() => json([{ name: "Rex", age: -3 }])),
      { check: "body", actual: "-3", at: expect.stringMatching(/schemas\/Pet\/properties\/age$/) },
    ],
    [
      "body that is invalid in the same way at many places",
      list(() => json(Array.from({ length: 9 }, () => ({ name: "Rex", age: -3 })))),
      { check: "body", message: "the body /0/age must be 0 or more; it is -3 (and 8 more like it)" },
    ],
    ["missing member", list(() => json([{ age: 1 }])), { check: "body", at: expect.stringMatching(/schemas\/Pet$/) }],
    ["no answer", list(() => Promise.reject(new Error())), { check: "no answer" }],
  ])("tells of a %s that the document does not have", async (_, sabotage, breach) => {
    const verdicts = await judge(sabotage);
    expect(verdicts.filter(({ verdict }) => verdict === "broken").length).toBe(1);
    const breaches = verdicts.flatMap((verdict) => verdict.breaches);
    expect(breaches).toEqual([expect.objectContaining(breach)]);
  });

  it("tells of invalid requests that are taken", async () => {
    const lax: Sabotage = (response, request) =>
      request.method === "POST" && response.status === 400 ? new Response(null, { status: 201 }) : response;
    const verdicts = await judge(lax, { methods: new Set(["post"]), negative: true });
    const breaches = verdicts.flatMap((verdict) => verdict.breaches);
    expect(breaches).toContainEqual(
      expect.objectContaining({ check: "refusal", message: "body /name is missing: it is answered 201 instead of 4xx" }),
    );
  });

  it("shows the operation, the value, what was sent and the place in the document", async () => {
    const outcome = await against([], { sabotage: list(() => json([{ name: "Rex", age: -3 }])) });
    expect(told(outcome)).toMatchInlineSnapshot(`
      "  ✗ GET /pets   200 application/json   body
            the body /0/age must be 0 or more; it is -3
            GET URL/pets?limit=20
            api.yaml:56:9  /components/schemas/Pet/properties/age
                     all   kept   broken   not sent
        operations     3      1        1          1
        ✗ answers: 2 × 2xx
        – not sent, since they may change something: POST; --methods all sends them
        1 of 2 operations kept as the document says · … s
      "
    `);
    expect(outcome).toMatchObject({ code: 1, err: "" });
  });

  it("shows no secret, whoever says it", async () => {
    const tell: Sabotage = list((_, request) =>
      json([{ name: 1, age: `${request.headers.get("x-shop-key")} ${request.headers.get("x-other")}` }]),
    );
    for (const mode of [[], ["--json"]]) {
      const { out, err, code } = await against([...mode, "--header", "X-Other: hush-hush"], { sabotage: tell });
      expect(code).toBe(1);
      expect(out).toContain("***");
      expect(out + err).not.toMatch(/open-sesame|hush-hush/);
      await shop?.close();
      shop = undefined;
    }
  });

  it("names the variable when the server asks for credentials that are not there", async () => {
    const outcome = await against([], {}, "");
    expect(outcome.code).toBe(1);
    expect(outcome.out).toContain("no credentials in the environment: OPENAPI_TRIAD_AUTH_SHOP_KEY");
  });

  it.each([
    [
      ["--against", "http://api.example.com"],
      "--against would send requests to api.example.com, which is not this machine; --allow-host api.example.com allows it.",
    ],
    [
      ["--against", "http://127.0.0.1.example.com"],
      "--against would send requests to 127.0.0.1.example.com, which is not this machine; --allow-host 127.0.0.1.example.com allows it.",
    ],
    [
      ["--against", "ftp://127.0.0.1"],
      "--against takes the http(s) URL of a server, such as http://127.0.0.1:8000; ftp://127.0.0.1 is none.",
    ],
    [
      ["--against", "http://127.0.0.1:9", "--methods", "fetch"],
      '--methods: fetch is no method of this document; "all" sends every one.',
    ],
    [["--against", "http://127.0.0.1:9", "--header", "hush"], '--header takes a name and a value: --header "X-Tenant: acme".'],
    [["--against", "http://127.0.0.1:1234"], "Nothing answers at http://127.0.0.1:1234: connect ECONNREFUSED"],
    [["--negative"], "--negative goes with --against."],
  ])("%j is a mistake of the command", async (argv, message) => {
    const { code, out, err } = await place.run(["verify", "api.yaml", ...argv]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`openapi-triad: ${message}`);
  });
});

describe("verify --against, of bodies that are not JSON", () => {
  const labels = `openapi: 3.1.0
info: { title: Labels, version: 1.0.0 }
paths:
  /label:
    get:
      operationId: getLabel
      responses:
        "200": { description: A label., content: { text/plain: { schema: { type: string, maxLength: 5 } } } }
    put:
      operationId: putLabel
      requestBody: { required: true, content: { image/png: { schema: {} } } }
      responses: { "204": { description: It is there. } }
  /form:
    get:
      operationId: getForm
      responses:
        "200":
          description: A form.
          content:
            application/x-www-form-urlencoded:
              schema: { type: object, required: [age], properties: { age: { type: integer, minimum: 0 } } }
`;

  it.each([
    ["short", "age=3", []],
    ["too long", "age=-1", ["must have at most 5 characters", "must be 0 or more"]],
  ])("reads texts and forms by their schemas: %s, %s", async (label, form, wanted) => {
    const seen: string[] = [];
    const server = createServer(async (incoming, outgoing) => {
      if (incoming.method === "PUT") {
        for await (const chunk of incoming) seen.push(String(chunk));
        outgoing.writeHead(204).end();
      } else if (incoming.url === "/label") outgoing.writeHead(200, { "Content-Type": "text/plain" }).end(label);
      else outgoing.writeHead(200, { "Content-Type": "application/x-www-form-urlencoded" }).end(form);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("It listens on a port.");
    place.put("labels.yaml", labels);
    place.put("requests.yaml", "putLabel:\n  body: a picture # of a cat\n");
    const url = `http://127.0.0.1:${address.port}`;
    const argv = ["verify", "labels.yaml", "--against", url, "--methods", "all", "--requests", "requests.yaml", "--json"];
    const { out, code } = await place.run(argv, {});
    server.close();
    const report = JSON.parse(out) as {
      readonly operations: readonly { readonly breaches: readonly { readonly message: string }[] }[];
    };
    expect(report.operations.flatMap(({ breaches }) => breaches.map(({ message }) => message))).toEqual(
      wanted.map((what) => expect.stringContaining(what)),
    );
    expect([code, seen]).toEqual([wanted.length === 0 ? 0 : 1, ["a picture"]]);
  });
});
