/** Requests that are wrong on purpose: every one of them is refused, quickly, and none of them is a 500. */
import { describe, expect, it } from "vitest";
import { asking, attack, json, prepareStage, send, statuses, talk } from "./stage.ts";

prepareStage();

const thing = (body: string, type = "application/json"): string => asking("POST /things", { "Content-Type": type }, body);
const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

describe("a header", () => {
  it("that is larger than 16 KiB is 431", async () => {
    const { port, arrivals } = await attack();
    expect(statuses(await send(port, asking("GET /things", { "X-Large": "a".repeat(20_000) })))).toEqual([431]);
    expect(statuses(await send(port, asking(`GET /things/${"a".repeat(20_000)}`)))).toEqual([431]);
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`x-${index}`, "1"]));
    expect(statuses(await send(port, asking("GET /things", many)))).toEqual([431]);
    expect(arrivals).toEqual([]);
  });

  it.each([
    ["without a host", "GET /things HTTP/1.1\r\n\r\n"],
    ["with two hosts", "GET /things HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"],
    ["whose host is no host", asking("GET /things", { Host: "a b<>" })],
    ["with a space before the colon", "GET /things HTTP/1.1\r\nHost: a\r\nX-Level : 1\r\n\r\n"],
    ["with a line that is folded", "GET /things HTTP/1.1\r\nHost: a\r\nX-Level:\r\n 1\r\n\r\n"],
    ["with a NUL", asking("GET /things", { "X-Level": "1\0" })],
    ["with lines that end in LF alone", "GET /things HTTP/1.1\nHost: a\nX-Level 1\n\n"],
    ["of no known version", "GET /things HTTP/9.9\r\nHost: a\r\n\r\n"],
    ["of no known method", "BREW /things HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["that is a TLS handshake", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"],
  ])("%s is 400", async (_, text) => {
    const { port, arrivals } = await attack();
    const answer = await send(port, text);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|505) /);
    expect(arrivals).toEqual([]);
  });

  it.each([
    "GET //evil.example/things",
    "GET http://evil.example/things/7",
    "OPTIONS *",
    "GET /things/../../etc/passwd",
    "GET ?limit=1",
  ])("that asks for another target, as in %s, is answered below 500", async (line) => {
    const { port } = await attack();
    const [status = 0] = statuses(await send(port, asking(line)));
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
  });
});

describe("a body that lies about its length", () => {
  it("by saying too much is no request: the client leaves, and no handler has seen it", async () => {
    const { port, arrivals, errors } = await attack();
    const { socket, say, ended } = await talk(port);
    say(`POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name":"Rex"}`);
    socket.end();
    await ended();
    expect(arrivals).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("by saying too little ends where it says, and what follows is no request", async () => {
    const { port, arrivals } = await attack();
    const answer = await send(
      port,
      `POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{"name":"Rex"}{"name":"Max"}`,
    );
    // What follows is broken, and Node ends the connection at once: perhaps before the answer, but never with another request.
    expect(statuses(answer).at(-1)).toBe(400);
    expect(arrivals.map(({ body }) => body)).toEqual([{ name: "Rex", size: 1 }]);
  });

  it.each([
    ["that is negative", "Content-Length: -1"],
    ["that is no number", "Content-Length: 0x10"],
    ["with a sign", "Content-Length: +14"],
    ["said twice, differently", "Content-Length: 14\r\nContent-Length: 15"],
    ["in a list", "Content-Length: 14, 14"],
    ["beside chunks", "Content-Length: 14\r\nTransfer-Encoding: chunked"],
    ["beside chunks, the other way round", "Transfer-Encoding: chunked\r\nContent-Length: 14"],
    ["where the last coding is not chunked", "Transfer-Encoding: chunked, identity"],
    ["where the coding is hidden", "Transfer-Encoding: xchunked"],
    ["where chunked is said twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"],
  ])("%s is 400, and smuggles nothing", async (_, header) => {
    const { port, arrivals } = await attack();
    const smuggled = "GET /things HTTP/1.1\r\nHost: a\r\n\r\n";
    const body = `0\r\n\r\n${smuggled}`;
    const answer = await send(
      port,
      `POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${header}\r\n\r\n${body}`,
    );
    expect(statuses(answer)).toEqual([400]);
    expect(arrivals).toEqual([]);
  });

  it.each([
    ["that is no number", "zz\r\n{}\r\n0\r\n\r\n"],
    ["that is too large for one", `${"f".repeat(20)}\r\n{}\r\n0\r\n\r\n`],
    ["that is shorter than it says", '2\r\n{"name":"Rex"}\r\n0\r\n\r\n'],
    ["with 20,000 bytes of an extension", `2;${"a".repeat(20_000)}\r\n{}\r\n0\r\n\r\n`],
    ["with 20,000 bytes of a trailer", `2\r\n{}\r\n0\r\nX: ${"a".repeat(20_000)}\r\n\r\n`],
  ])("by a chunk %s is refused", async (_, body) => {
    const { port, arrivals, errors } = await attack();
    const head = "POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    const answer = await send(port, head, body);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|413|431) /);
    expect(arrivals).toEqual([]);
    expect(errors).toEqual([]);
  });
});

describe("JSON", () => {
  it.each([
    ["lists", "[", "]"],
    ["objects", '{"more":', "}"],
    ["lists in what may be anything", '{"name":"Rex","more":', "}"],
    ["things in things", '{"name":"a","parts":[', "]}"],
    ["lists that do not end", "[", ""],
  ])("that is 100,000 deep, of %s, is refused or read, quickly", async (name, before, after) => {
    const { port, errors } = await attack();
    const depth = name.includes("things in") ? 40_000 : 100_000;
    const inner = name.includes("anything") ? "[".repeat(depth) + "]".repeat(depth) : undefined;
    const body = inner === undefined ? `${before.repeat(depth)}0${after.repeat(depth)}` : `${before}${inner}${after}`;
    const [status = 0] = statuses(await send(port, thing(body)));
    expect([200, 400, 413]).toContain(status);
    if (inner === undefined) expect(status).not.toBe(200);
    expect(errors).toEqual([]);
  });

  it("that is as deep as a header is long, in a parameter, is refused or read", async () => {
    const { port, errors } = await attack();
    for (const depth of [7_000, 15_000])
      for (const text of ["[".repeat(depth / 2) + "]".repeat(depth / 2), "[".repeat(depth)]) {
        const [status = 0] = statuses(await send(port, asking(`GET /things?where=${text}`)));
        expect([204, 400]).toContain(status);
      }
    const deep = `filter${"[a]".repeat(4_000)}=1`;
    expect([204, 400]).toContain(statuses(await send(port, asking(`GET /things?${deep}`)))[0]);
    expect(errors).toEqual([]);
  });

  it("with the keys __proto__, constructor and prototype changes no prototype and loses nothing", async () => {
    const { port, arrivals } = await attack();
    const body =
      '{"name":"Rex","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"more":{"__proto__":{"polluted":1}},"parts":[{"name":"a","__proto__":{"slug":"b"}}]}';
    expect(statuses(await send(port, thing(body)))).toEqual([200]);
    expect({}).not.toHaveProperty("polluted");
    const [{ body: got } = {}] = arrivals;
    expect(JSON.stringify(got)).toBe(
      JSON.stringify({ ...JSON.parse(body), size: 1 }).replace(
        /"parts":\[\{"name":"a",(.*?)\}\}\]/,
        '"parts":[{"name":"a",$1},"size":1}]',
      ),
    );
    expect(Object.getPrototypeOf(got)).toBe(Object.prototype);
    const own = '{"__proto__":{"name":"Rex"}}';
    expect(statuses(await send(port, thing(own)))).toEqual([400]);
  });

  it("and forms and queries keep those keys as names like any other", async () => {
    const { port, arrivals } = await attack();
    const answer = await send(port, thing("name=Rex&__proto__=1&constructor=2&toString=3", "application/x-www-form-urlencoded"));
    expect(statuses(answer)).toEqual([200]);
    expect(Object.entries(arrivals[0]?.body ?? {})).toEqual([
      ["name", "Rex"],
      ["__proto__", "1"],
      ["constructor", "2"],
      ["toString", "3"],
    ]);
    const query =
      "filter[__proto__]=1&filter[constructor]=2&__proto__[polluted]=1&constructor[prototype][polluted]=1&hasOwnProperty=1";
    expect(statuses(await send(port, asking(`GET /things?${query}`, { Cookie: "__proto__=1; constructor=2" })))).toEqual([204]);
    expect(Object.entries(arrivals[1]?.query["filter"] ?? {})).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
    ]);
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("a parameter that is given twice", () => {
  it.each([
    ["in the query", asking("GET /things?limit=1&limit=2")],
    ["in the query, in two spellings", asking("GET /things?limit=1&%6Cimit=2")],
    ["in the header", "GET /things HTTP/1.1\r\nHost: a\r\nX-Level: 1\r\nX-Level: 2\r\nConnection: close\r\n\r\n"],
    ["in cookies", asking("GET /things", { Cookie: "visits=1; visits=2" })],
    ["as a member", asking("GET /things?filter[a]=1&filter[a]=2")],
  ])("%s is refused where it is no list", async (_, text) => {
    const { port, arrivals } = await attack();
    expect(statuses(await send(port, text))).toEqual([400]);
    expect(arrivals).toEqual([]);
  });

  it("is a list where it is one", async () => {
    const { port, arrivals } = await attack();
    expect(statuses(await send(port, asking("GET /things?tags=a&tags=b")))).toEqual([204]);
    expect(arrivals[0]?.query).toEqual({ tags: ["a", "b"] });
  });
});

describe("text that is no UTF-8", () => {
  const wrong: readonly (readonly [string, string])[] = [
    ["a byte that never stands", "\xff"],
    ["a sequence that is cut off", "\xe2\x82"],
    ["a longer form than needed", "\xc0\xaf"],
    ["a surrogate", "\xed\xa0\x80"],
  ];
  const percent = (text: string): string => [...text].map((one) => `%${one.charCodeAt(0).toString(16)}`).join("");

  it.each(wrong)("%s is 400 in a body, whatever its media type", async (_, bytes) => {
    const { port, arrivals } = await attack();
    const head = `--b\r\nContent-Disposition: form-data; name="${bytes}"\r\n\r\na\r\n--b--\r\n`;
    const multipart = `--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n${bytes}\r\n--b--\r\n`;
    expect(statuses(await send(port, thing(`{"name":"${bytes}"}`)))).toEqual([400]);
    expect(statuses(await send(port, thing(`name=${bytes}`, "application/x-www-form-urlencoded")))).toEqual([400]);
    expect(statuses(await send(port, thing(`name=${percent(bytes)}`, "application/x-www-form-urlencoded")))).toEqual([400]);
    expect(statuses(await send(port, thing(multipart, "multipart/form-data; boundary=b")))).toEqual([400]);
    expect(statuses(await send(port, thing(head, "multipart/form-data; boundary=b")))).toEqual([400]);
    expect(statuses(await send(port, thing(bytes, "text/plain")))).toEqual([400]);
    expect(arrivals).toEqual([]);
  });

  it.each(wrong)("%s is 400 in path, query, header and cookie", async (_, bytes) => {
    const { port, arrivals } = await attack();
    const text = percent(bytes);
    expect(statuses(await send(port, asking(`GET /things/${text}`)))).toEqual([400]);
    expect(statuses(await send(port, asking(`GET /things?slug=${text}`)))).toEqual([400]);
    expect(statuses(await send(port, asking(`GET /things?tags=a,${text}`)))).toEqual([400]);
    expect(statuses(await send(port, asking(`GET /things?filter[a]=${text}`)))).toEqual([400]);
    expect(statuses(await send(port, asking("GET /things", { "X-Level": bytes })))).toEqual([400]);
    expect(statuses(await send(port, asking("GET /things", { Cookie: `visits=${text}` })))).toEqual([400]);
    expect(arrivals).toEqual([]);
  });

  it.each(["%", "%2", "%zz", "%u0041", "%c3%28"])("and malformed percent-encoding, %s, is 400", async (text) => {
    const { port, arrivals } = await attack();
    expect(statuses(await send(port, asking(`GET /things/${text}`)))).toEqual([400]);
    expect(statuses(await send(port, asking(`GET /things?slug=${text}`)))).toEqual([400]);
    expect(statuses(await send(port, asking(`GET /things?${text}=a`)))).toEqual([400]);
    expect(statuses(await send(port, thing(`name=${text}`, "application/x-www-form-urlencoded")))).toEqual([400]);
    expect(statuses(await send(port, thing(`name=a&${text}=a`, "application/x-www-form-urlencoded")))).toEqual([400]);
    expect(arrivals).toEqual([]);
  });

  it("is not what a byte order mark or another charset makes of it", async () => {
    const { port } = await attack();
    const utf16 = latin(Buffer.from('{"name":"Rex"}', "utf16le"));
    expect(statuses(await send(port, thing(utf16)))).toEqual([400]);
    expect(statuses(await send(port, thing("text", "text/plain; charset=no-such")))).toEqual([400]);
    expect(statuses(await send(port, thing(utf16, "application/json; charset=utf-16le")))).toEqual([400]);
  });
});

describe("text that takes long to read", () => {
  const quickly = async (port: number, text: string, allowed: readonly number[]): Promise<void> => {
    const started = performance.now();
    const [status = 0] = statuses(await send(port, text));
    expect(allowed).toContain(status);
    expect(performance.now() - started).toBeLessThan(2000);
  };

  it("for a pattern that goes back and forth is answered at once", async () => {
    const { port } = await attack();
    await quickly(port, thing(JSON.stringify({ name: "a", slug: `${"a".repeat(1_000_000)}!` })), [400]);
    await quickly(port, asking(`GET /things?slug=${"a".repeat(15_000)}!`), [400]);
  });

  it("for a path with several parameters in a segment is answered at once", async () => {
    const { port, arrivals } = await attack();
    await quickly(port, asking(`GET /spans/${"-".repeat(15_000)}`), [404]);
    await quickly(port, asking(`GET /spans/${"-%2d".repeat(3_800)}.jso`), [404]);
    await quickly(port, asking(`GET /spans/${"-".repeat(9)}.json`), [204]);
    expect(arrivals.map(({ path }) => path)).toEqual([{ from: "-----", to: "-", step: "-" }]);
    await quickly(port, asking(`GET /${"/".repeat(15_000)}`), [404]);
  });

  it("for headers of many parts is answered at once", async () => {
    const { port } = await attack();
    for (const [name, value] of [
      ["Accept", `${"a/b;".repeat(3_700)}q`],
      ["Accept", ",".repeat(15_000)],
      ["Accept", `text/plain;${" ".repeat(15_000)}x`],
      ["Cookie", ";".repeat(15_000)],
      ["Cookie", "visits=1;".repeat(1_600)],
      ["X-Level", ",".repeat(15_000)],
    ] as const)
      await quickly(port, asking("GET /things", { [name]: value }), [204, 400, 406]);
    for (const type of [
      `text/plain;${' a="'.repeat(3_500)}`,
      `text/plain;${" ".repeat(15_000)}`,
      `${"a".repeat(7000)}/${"a".repeat(7000)} x`,
    ])
      await quickly(port, asking("POST /things", { "Content-Type": type }, "a"), [200, 415, 400]);
  });

  it("for forms of many parts is answered at once", async () => {
    const { port } = await attack();
    const type = "multipart/form-data; boundary=b";
    const mebibyte = 1_000_000;
    for (const body of [
      "--b\r\n".repeat(mebibyte / 5),
      `--b\r\n${"a:\r\n".repeat(mebibyte / 4)}\r\n\r\n--b--`,
      `--b\r\nContent-Disposition: form-data; ${'name="\\'.repeat(mebibyte / 8)}\r\n\r\n1\r\n--b--`,
      `--b\r\nContent-Disposition: form-data;${" ".repeat(mebibyte)}\r\n\r\n1\r\n--b--`,
      "\r\n--".repeat(mebibyte / 4),
      `--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n${"\r\n-".repeat(mebibyte / 3)}`,
    ])
      await quickly(port, thing(body, type), [400, 413]);
    await quickly(port, thing("&".repeat(mebibyte), "application/x-www-form-urlencoded"), [400, 413]);
    await quickly(port, thing(`name${"[a]".repeat(300_000)}=1`, "application/x-www-form-urlencoded"), [200, 400, 413]);
    await quickly(port, thing(`name=${"%".repeat(mebibyte)}`, "application/x-www-form-urlencoded"), [400]);
  });
});

it("JSON that ends early, and what is no JSON, is 400", async () => {
  const { port, errors } = await attack();
  for (const body of [
    '{"name":',
    "undefined",
    "NaN",
    "'a'",
    "{name:1}",
    '{"name":"\\ud800"',
    "\ufeff".repeat(0) + "\0",
    '{"name":"a"}}',
    "[1,]",
  ])
    expect(statuses(await send(port, asking("POST /things", json, body)))).toEqual([400]);
  expect(errors).toEqual([]);
});
