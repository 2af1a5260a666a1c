import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ContentDescriptor, Shape } from "../../../generator/runtime/operation.ts";
import { decodeBody } from "../../../generator/runtime/wire/decode-body.ts";
import { rawItems } from "../../../generator/runtime/wire/decode-stream.ts";
import { encodeBody } from "../../../generator/runtime/wire/encode-body.ts";
import { EncodeError } from "../../../generator/runtime/wire/errors.ts";
import { matchMediaType, parseMediaType, selectContent } from "../../../generator/runtime/wire/media-type.ts";

function requestOf(content: ContentDescriptor, value: unknown, mediaType?: string): Request {
  const { body, contentType } = encodeBody(content, value, mediaType);
  const headers = contentType === undefined ? {} : { "Content-Type": contentType };
  return new Request("http://localhost/", {
    method: "POST",
    body,
    headers,
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  } as RequestInit);
}
const trip = (content: ContentDescriptor, value: unknown, shape?: Shape): Promise<unknown> =>
  decodeBody(content, requestOf(content, value), shape);

const json: ContentDescriptor = { mediaType: "application/json", kind: "json" };
const form: ContentDescriptor = { mediaType: "application/x-www-form-urlencoded", kind: "urlencoded" };
const multipart: ContentDescriptor = { mediaType: "multipart/form-data", kind: "multipart" };
const lines: ContentDescriptor = { mediaType: "application/jsonl", kind: "json-lines" };
const events: ContentDescriptor = { mediaType: "text/event-stream", kind: "event-stream" };

// The domain: members that are undefined or empty are not sent by a form.
const text = fc.string({ unit: "grapheme" });
const person: Shape = {
  object: {
    name: "string",
    age: "integer",
    tags: { array: "string" },
    ok: "boolean",
    inner: { object: { deep: { array: "number" } } },
    list: { array: { object: { x: "integer" } } },
  },
};
const people = fc.record(
  {
    name: text,
    age: fc.integer(),
    tags: fc.array(text, { minLength: 1 }),
    ok: fc.boolean(),
    inner: fc.record({ deep: fc.array(fc.integer()) }),
    list: fc.array(fc.record({ x: fc.integer() }), { minLength: 1 }),
  },
  { requiredKeys: [] },
);

describe("a body that was encoded is decoded to the same value", () => {
  it("JSON", () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue({ noUnicodeString: false } as object), async (whole) => {
        const value: unknown = JSON.parse(JSON.stringify(whole));
        expect(await trip(json, value)).toEqual(value);
      }),
    ));

  it.each([
    ["by default", form],
    [
      "with styles",
      {
        ...form,
        parts: {
          inner: { style: "deepObject", explode: true },
          tags: { contentType: "application/json" },
          list: { style: "deepObject" },
        },
      },
    ],
  ] as const)("urlencoded %s", (_how, content) =>
    fc.assert(
      fc.asyncProperty(people, async (value) => {
        // An object in the style deepObject has no spelling when it is empty.
        const sent =
          content === form || value.inner === undefined || value.inner.deep.length > 0
            ? value
            : { ...value, inner: { deep: [1] } };
        expect(await trip(content, sent, person)).toEqual(sent);
      }),
    ),
  );

  it("multipart", () =>
    fc.assert(
      fc.asyncProperty(
        people.filter((value) => Object.keys(value).length > 0),
        async (value) => {
          expect(await trip(multipart, value, person)).toEqual(value);
        },
      ),
      { numRuns: 50 },
    ));

  it("multipart with styles", async () => {
    const content: ContentDescriptor = {
      ...multipart,
      parts: {
        flat: { style: "form", explode: true },
        deep: { style: "deepObject", explode: true },
        list: { style: "form", explode: false },
      },
    };
    const value = { flat: { x: 1, more: "m" }, deep: { y: { z: "1" } }, list: [1, 2], ids: [7], objects: [{ a: 1 }] };
    const shape: Shape = {
      object: {
        flat: { object: { x: "integer" }, rest: "any" },
        deep: { object: {}, rest: "any" },
        list: { array: "integer" },
        ids: { union: ["null", { array: "integer" }] },
        objects: { union: ["null", { array: { object: { a: "integer" } } }] },
      },
      rest: "any",
    };
    expect(await trip(content, value, shape)).toEqual(value);
    expect(await trip({ ...content, mediaType: form.mediaType, kind: "urlencoded" }, value, shape)).toEqual(value);
  });

  it("multipart with files and content types", async () => {
    const content: ContentDescriptor = {
      ...multipart,
      parts: {
        note: { contentType: "text/markdown" },
        data: { contentType: "application/json" },
        file: { contentType: "image/png, image/jpeg" },
      },
    };
    const shape: Shape = { object: { note: "string", data: { array: "integer" }, file: "any", files: { array: "any" } } };
    const value = {
      note: "# hi",
      data: [1, 2],
      file: new File([Uint8Array.of(0, 255)], "a.png", { type: "image/png" }),
      files: [new Blob(["x"]), new File(["{}"], "b.json", { type: "application/json" })],
    };
    const request = requestOf(content, value);
    const wire = await request.clone().text();
    expect(wire).toContain('name="note"\r\nContent-Type: text/markdown\r\n\r\n# hi');
    const decoded = (await decodeBody(content, request, shape)) as typeof value;
    expect(decoded).toMatchObject({ note: "# hi", data: [1, 2] });
    expect([decoded.file.name, decoded.file.type, new Uint8Array(await decoded.file.arrayBuffer())]).toEqual([
      "a.png",
      "image/png",
      Uint8Array.of(0, 255),
    ]);
    expect(await Promise.all(decoded.files.map((file) => file.text()))).toEqual(["x", "{}"]);
  });

  it.each([
    new Blob(["bytes"]),
    new TextEncoder().encode("bytes"),
    new TextEncoder().encode("bytes").buffer,
    new Blob(["bytes"]).stream(),
    "bytes",
  ])("binary, from %s", async (value) => {
    const decoded = await trip({ mediaType: "application/octet-stream", kind: "binary" }, value);
    expect(await (decoded as Blob).text()).toBe("bytes");
  });

  it("a part of a typed array, and no more", async () => {
    const view = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
    expect(await ((await trip({ mediaType: "*/*", kind: "binary" }, view)) as Blob).arrayBuffer()).toEqual(
      Uint8Array.of(2, 3).buffer,
    );
  });

  it("text, and scalars as text", async () => {
    const plain: ContentDescriptor = { mediaType: "text/plain", kind: "text" };
    expect(await trip(plain, "é\r\n€", "string")).toBe("é\r\n€");
    expect(await trip(plain, 7, "integer")).toBe(7);
  });

  it("JSON lines and events", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.record({ a: text, b: fc.array(fc.integer()) })), async (value) => {
        expect(await trip(lines, value)).toEqual(value);
        expect(await trip({ ...lines, mediaType: "application/json-seq" }, value)).toEqual(value);
        expect(
          await trip({ ...events, items: "data" }, value, { array: { object: { a: "string", b: { array: "integer" } } } }),
        ).toEqual(value);
        const stream = requestOf(lines, iterate(value)).body;
        const read: unknown[] = [];
        if (stream !== null) for await (const item of rawItems(lines, stream)) read.push(JSON.parse(String(item)));
        expect(read).toEqual(value);
      }),
    ));
});

describe("events", () => {
  it("carry their fields", async () => {
    const value = [{ event: "add", data: "two\nlines", id: "7", retry: 10 }, { data: "" }, { data: " leading: space" }];
    expect(await trip(events, value)).toEqual(value);
  });

  it("are read from any chunks, with any line ends, without comments", async () => {
    const bytes = new TextEncoder().encode(
      "\uFEFF: hi\r\nevent: é\rdata: 1\r\ndata:2\n\n\nother: 1\nid: a\0\nretry: 1s\ndata\n\nid: x\n\ndata: half",
    );
    for (const size of [1, 2, 3, 100]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.slice(index * size, (index + 1) * size),
      );
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => (chunks.forEach((chunk) => controller.enqueue(chunk)), controller.close()),
      });
      const read: unknown[] = [];
      for await (const event of rawItems(events, stream)) read.push(event);
      // The third has no data, and the last no end.
      expect(read).toEqual([{ event: "é", data: "1\n2" }, { data: "" }]);
    }
  });

  it("cannot be smuggled into one another", () => {
    expect(() => encodeBody(events, [{ event: "a\ndata: b" }])).toThrow(EncodeError);
  });
});

describe("a body on the wire", () => {
  it.each<[ContentDescriptor, unknown, unknown]>([
    [json, { at: new Date(0), n: 5n }, '{"at":"1970-01-01T00:00:00.000Z","n":5}'],
    [form, { a: [1, 2], b: { c: "d" }, e: null, f: "x y&z" }, "a=1&a=2&b=%7B%22c%22%3A%22d%22%7D&f=x%20y%26z"],
    [
      { ...form, parts: { a: { style: "form", explode: false }, b: { style: "deepObject" } } },
      { a: [1, 2], b: { c: ["d"] } },
      "a=1,2&b%5Bc%5D%5B0%5D=d",
    ],
    [{ ...lines, mediaType: "application/json-seq" }, [1, "a"], '\u001E1\n\u001E"a"\n'],
  ])("%j", (content, value, wire) => {
    expect(encodeBody(content, value)).toEqual({ body: wire, contentType: content.mediaType });
  });

  it("has the media type that was asked for, or that of its Blob", () => {
    const image: ContentDescriptor = { mediaType: "image/*", kind: "binary" };
    expect(encodeBody(image, new Blob(["x"], { type: "image/gif" })).contentType).toBe("image/gif");
    expect(encodeBody(image, "x", "image/webp").contentType).toBe("image/webp");
    expect(encodeBody(multipart, {}).contentType).toMatch(/^multipart\/form-data; boundary=\S+$/);
    expect(encodeBody(multipart, new FormData()).contentType).toBeUndefined();
  });

  it.each<[ContentDescriptor, unknown, string]>([
    [json, 2n ** 60n, "which JavaScript's JSON cannot write exactly"],
    [json, undefined, "The body is undefined, which JSON cannot write."],
    [form, [1], "The body is not an object, which a form needs."],
    [{ mediaType: "image/png", kind: "binary" }, { a: 1 }, "The body is not bytes"],
  ])("%j is refused for %s", (content, value, message) => {
    expect(() => encodeBody(content, value)).toThrow(message);
  });

  it("is refused when it is not what it is said to be", async () => {
    const read = (body: BodyInit, content: ContentDescriptor, shape?: Shape): Promise<unknown> =>
      decodeBody(content, new Response(body), shape);
    await expect(read("[1,", json)).rejects.toThrow("the body must be a JSON document");
    await expect(read("a=1&a=2&b=x&c=%zz", form, { object: { a: "integer", b: "integer", c: "string" } })).rejects.toMatchObject({
      problems: [
        { in: "body", pointer: "/a", keyword: "duplicate" },
        { in: "body", pointer: "/b", keyword: "type", message: "must be integer" },
        { in: "body", pointer: "/c", keyword: "encoding" },
      ],
    });
    await expect(read("x", multipart)).rejects.toThrow("must be a multipart document with its boundary");
    await expect(read("1\n{", lines)).rejects.toMatchObject({ problems: [{ pointer: "/1" }] });
  });

  it("keeps what the shape does not know, for the validator to judge", async () => {
    expect(await decodeBody(form, new Response("a=1&b=2&b=3&__proto__=x"), { object: { a: "integer" } })).toEqual(
      Object.fromEntries([
        ["a", 1],
        ["b", ["2", "3"]],
        ["__proto__", "x"],
      ]),
    );
  });
});

describe("media types", () => {
  it.each([
    ["application/json; charset=utf-8", "application/json"],
    ["application/vnd.api+json", "application/vnd.api+json"],
    ["APPLICATION/JSON", "application/json"],
    ["image/png", "image/*"],
    ["image/svg+xml", "image/svg+xml"],
    ["application/pdf", "*/*"],
    ['application/json; version="2"', "application/json; version=2"],
    ["application/json; version=3", "application/json"],
  ])("%s selects %s", (actual, expected) => {
    const contents = [
      "*/*",
      "image/*",
      "application/json",
      "application/json; version=2",
      "image/svg+xml",
      "application/vnd.api+json",
    ].map((mediaType) => ({ mediaType }));
    expect(selectContent(contents, actual)?.mediaType).toBe(expected);
  });

  it("selects nothing for what is none", () => {
    expect(selectContent([{ mediaType: "*/*" }], null)).toBeUndefined();
    expect(selectContent([{ mediaType: "*/*" }], "nonsense")).toBeUndefined();
    expect(parseMediaType("a/b; c")).toBeDefined();
    expect(matchMediaType("text/*", { type: "image", subtype: "png", parameters: new Map() })).toBe(0);
  });
});

async function* iterate<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

describe("a multipart document", () => {
  const shape: Shape = { object: { a: "string", n: "integer" }, rest: "any" };
  const read = (text: string, boundary = "b", content = multipart): Promise<unknown> => {
    const headers = { "Content-Type": `multipart/form-data; boundary=${boundary}` };
    return decodeBody(content, new Request("http://localhost/", { method: "POST", body: text, headers }), shape);
  };
  const part = (head: string, body: string): string => `--b\r\n${head}\r\n\r\n${body}\r\n`;

  it("is fields without a filename, whatever their media type, and files with one", async () => {
    const value = { text: "é\n", json: { x: [1] }, file: new File(["x"], 'a"b\r\n.txt', { type: "text/plain" }) };
    const content: ContentDescriptor = { ...multipart, parts: { json: { contentType: "application/json" } } };
    const { body, contentType = "" } = encodeBody(content, value);
    const boundary = contentType.slice(contentType.indexOf("=") + 1);
    expect((await (body as Blob).text()).replaceAll(boundary, "b")).toBe(
      [
        "--b",
        'Content-Disposition: form-data; name="text"',
        "",
        "é\n",
        "--b",
        'Content-Disposition: form-data; name="json"',
        "Content-Type: application/json",
        "",
        '{"x":[1]}',
        "--b",
        'Content-Disposition: form-data; name="file"; filename="a%22b%0D%0A.txt"',
        "Content-Type: text/plain",
        "",
        "x",
        "--b--",
        "",
      ].join("\r\n"),
    );
    const decoded = (await trip(content, value, shape)) as typeof value;
    expect(decoded).toMatchObject({ text: "é\n", json: { x: [1] } });
    expect(decoded.file.name).toBe('a"b\r\n.txt');
    // What a browser's own parser makes of it.
    const native = await requestOf(content, value).formData();
    expect([native.get("text"), native.get("json"), (native.get("file") as File).name]).toEqual([
      "é\n",
      '{"x":[1]}',
      'a"b\r\n.txt',
    ]);
  });

  it("is read from what a FormData sends", async () => {
    const form = new FormData();
    form.append("n", "7");
    form.append("data", new Blob(['{"x":1}'], { type: "application/json" }));
    form.append("file", new File([Uint8Array.of(13, 10, 45, 45)], "é.bin"));
    const decoded = (await trip(multipart, form, shape)) as { file: File };
    expect(decoded).toMatchObject({ n: 7, data: { x: 1 } });
    expect([decoded.file.name, [...new Uint8Array(await decoded.file.arrayBuffer())]]).toEqual(["é.bin", [13, 10, 45, 45]]);
  });

  it("may have a preamble, an epilogue, bare names and parts without content", async () => {
    const text = `hello\r\n${part("Content-Disposition: form-data; name=a", "")}${part('content-disposition: form-data; filename="x"; name="f"', "-\r\n--c")}--b--\r\nbye`;
    const decoded = (await read(text)) as { a: string; f: File };
    expect([decoded.a, decoded.f.name, await decoded.f.text()]).toEqual(["", "x", "-\r\n--c"]);
  });

  it.each([
    ["has no end", part('Content-Disposition: form-data; name="a"', "x"), "must be a multipart document with its boundary"],
    ["has another boundary", "--c\r\n\r\nx\r\n--c--", "must be a multipart document with its boundary"],
    ["has a head that does not end", "--b\r\nContent-Disposition: form-data\r\n--b--", "must be a multipart document"],
    ["has a part without a name", `--b\r\n\r\nx\r\n--b--`, "must have a name for every part"],
    ["is empty", "", "must be a multipart document with its boundary"],
  ])("is refused when it %s", async (_how, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});
