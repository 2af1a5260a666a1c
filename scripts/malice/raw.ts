/** Requests as they are on the wire, and ways to spoil them. */
import { Agent, request as ask } from "node:http";
import * as fc from "fast-check";

/** A request, whoever would send it. */
export interface RawRequest {
  readonly method: string;
  /** The target: path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | undefined;
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 });
const unsendable = new Set(["host", "content-length", "connection", "transfer-encoding"]);

/** Sends a request and gives the status. Rejects when there is no whole answer in time. */
export function sendRaw(
  port: number,
  { method, target, headers, body }: RawRequest,
  milliseconds: number = 10_000,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string[]> = {};
    for (const [name, value] of headers) if (!unsendable.has(name.toLowerCase())) (fields[name.toLowerCase()] ??= []).push(value);
    const bytes = body ?? Buffer.alloc(0);
    const outgoing = ask({
      host: "127.0.0.1",
      ...{ port, method, agent, path: target, timeout: milliseconds },
      headers: { ...fields, ...(body === undefined ? {} : { "content-length": String(bytes.length) }) },
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`No answer in ${milliseconds} ms.`)));
    outgoing.on("error", reject).on("response", (incoming) => {
      incoming.on("error", reject).on("end", () => resolve(incoming.statusCode ?? 0));
      incoming.resume();
    });
    outgoing.end(bytes);
  });
}

/** Ways to spoil a request in any part of it, from one to four at a time. None of them makes what HTTP could not carry. */
export function spoiled(base: RawRequest): fc.Arbitrary<RawRequest> {
  const spoilings = [
    onTarget,
    onQuery,
    onQuery,
    onHeaders,
    ...(base.body === undefined ? [onBody] : [onBody, onBody, onJson, onJson, onJson]),
  ];
  const one = fc.oneof(...spoilings.map((make) => make(base)));
  return fc
    .array(one, { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce((request, change) => change(request), base));
}

type Change = (request: RawRequest) => RawRequest;

const telling = [
  "",
  "0",
  "-1",
  "1.5",
  "1e400",
  "0x10",
  "null",
  "true",
  "NaN",
  "[]",
  "{}",
  "a,b",
  "__proto__",
  "constructor",
  "toString",
  "2020-13-45",
  "😀",
  "é",
  " ",
  "\u0000",
  "..",
  "/",
  "a".repeat(3000),
];
const text = fc.oneof(fc.constantFrom(...telling), fc.string({ maxLength: 20 }), fc.string({ unit: "binary", maxLength: 20 }));
/** As it can stand in a target: percent-encoded, or as it is where it can be; sometimes malformed. */
const encoded = fc.oneof(
  { weight: 3, arbitrary: text.map((each) => encodeURIComponent(each)) },
  { weight: 1, arbitrary: text.map((each) => each.replace(/[^\x21-\x7E]|[#?/]/g, "")) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "%",
      "%zz",
      "%ff",
      "%c0%af",
      "%ed%a0%80",
      "%00",
      "%2e%2e",
      "%2F",
      "+",
      ",",
      ";a=1",
      "a=1;b",
      ".",
      "a%2Cb",
    ),
  },
);

function onTarget(): fc.Arbitrary<Change> {
  return fc
    .tuple(fc.nat(), encoded, fc.constantFrom("replace", "insert", "remove", "append"))
    .map(([at, segment, how]) => (request) => {
      const [path = "", ...query] = request.target.split("?");
      const segments = path.split("/").slice(1);
      const index = at % segments.length;
      if (how === "replace") segments[index] = segment;
      if (how === "insert") segments.splice(index, 0, segment);
      if (how === "remove") segments.splice(index, 1);
      if (how === "append") segments[index] = `${segments[index]}${segment}`;
      return { ...request, target: [`/${segments.join("/")}`, ...query].join("?") };
    });
}

function onQuery(): fc.Arbitrary<Change> {
  const how = fc.constantFrom("value", "drop", "double", "add", "nest", "garbage");
  return fc.tuple(fc.nat(), encoded, encoded, how).map(([at, name, value, change]) => (request) => {
    const [path = "", query = ""] = request.target.split("?");
    const pairs = query === "" ? [] : query.split("&");
    const index = pairs.length === 0 ? 0 : at % pairs.length;
    const key = pairs[index]?.split("=")[0] ?? name;
    if (change === "value") pairs[index] = `${key}=${value}`;
    if (change === "drop") pairs.splice(index, 1);
    if (change === "double") pairs.push(`${key}=${value}`);
    if (change === "add") pairs.push(`${name}=${value}`);
    if (change === "nest") pairs.push(`${key}[${name}]=${value}`);
    if (change === "garbage") pairs.push(value);
    return { ...request, target: pairs.length === 0 ? path : `${path}?${pairs.join("&")}` };
  });
}

function onHeaders({ headers }: RawRequest): fc.Arbitrary<Change> {
  const known = [...headers.map(([name]) => name), "content-type", "accept", "cookie", "authorization", "prefer", "x-anything"];
  const types = [
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "application/json; charset=utf-16",
    "*/*",
    "a",
    "application/problem+json;q=x",
    "__proto__=1; a=b; a=c",
  ];
  const value = fc.oneof(text, fc.constantFrom(...types)).map((each) => each.replace(/[^\x20-\x7E\x80-\xFF]/g, ""));
  return fc
    .tuple(fc.constantFrom(...known), value, fc.constantFrom("set", "add", "drop"))
    .map(([name, field, how]) => (request) => {
      const others = how === "add" ? request.headers : request.headers.filter(([each]) => each !== name);
      return { ...request, headers: how === "drop" ? others : [...others, [name, field] as const] };
    });
}

function onBody({ body }: RawRequest): fc.Arbitrary<Change> {
  const bytes = fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each));
  const where = fc.nat({ max: Math.max(0, (body?.length ?? 1) - 1) });
  return fc
    .tuple(where, bytes, fc.constantFrom("cut", "put", "over", "only", "none", "twice"))
    .map(([at, piece, how]) => (request) => {
      const old = request.body ?? Buffer.alloc(0);
      if (how === "none") return { ...request, body: undefined };
      if (how === "only") return { ...request, body: piece };
      if (how === "twice") return { ...request, body: Buffer.concat([old, old]) };
      const rest = how === "cut" ? [] : [piece, old.subarray(how === "put" ? at : at + piece.length)];
      return { ...request, body: Buffer.concat([old.subarray(0, at), ...rest]) };
    });
}

/** Puts any value at any place of a JSON body, or takes a member away: most of what comes out is JSON that nearly fits. */
function onJson(): fc.Arbitrary<Change> {
  const value = fc.oneof(
    fc.constantFrom<unknown>(null, 0, -1, 1.5, 1e308, "", "x", true, [], {}, [null], "2020-01-01", "2020-01-01T00:00:00Z"),
    fc.jsonValue({ maxDepth: 2 }),
    text,
  );
  const how = fc.constantFrom("put", "put", "remove", "add", "wrap");
  return fc.tuple(fc.array(fc.nat(), { maxLength: 6 }), value, how, text).map(([way, put, change, name]) => (request) => {
    try {
      const root = { root: JSON.parse(request.body?.toString("utf8") ?? "") as unknown };
      place(root, "root", way, (holder, key) => {
        const old: unknown = Reflect.get(holder, key);
        if (change === "remove" && holder !== root) Reflect.deleteProperty(holder, key);
        else if (change === "add" && typeof old === "object" && old !== null) Reflect.set(old, name, put);
        else Reflect.set(holder, key, change === "wrap" ? [old] : put);
      });
      return { ...request, body: Buffer.from(JSON.stringify(root.root)) };
    } catch {
      return request;
    }
  });
}

function place(
  holder: object,
  key: string,
  [first, ...way]: readonly number[],
  change: (holder: object, key: string) => void,
): void {
  const value: unknown = Reflect.get(holder, key);
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const next = first === undefined ? undefined : keys[first % Math.max(1, keys.length)];
  if (next === undefined || typeof value !== "object" || value === null) change(holder, key);
  else place(value, next, way, change);
}
