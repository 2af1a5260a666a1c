import { afterAll, beforeAll, expect, test } from "vitest";
import { createReceiver, createReceivingRouter, type ReceiverOptions } from "../../../generator/runtime/hooks/receiver.ts";
import { createSender, type Sender } from "../../../generator/runtime/hooks/sender.ts";
import type { ContentDescriptor, OperationDescriptor } from "../../../generator/runtime/operation.ts";
import type { CallbackSource } from "../../../generator/runtime/hooks/expression.ts";
import { serve, type RunningServer } from "../../../generator/runtime/server/node.ts";
import type { RouterParts } from "../../../generator/runtime/server/respond.ts";
import { RequestValidationError, validateOperations } from "../../../generator/runtime/client/validation.ts";
import { timingSafeEqual } from "../../../generator/runtime/server/timing-safe-equal.ts";
import { refuse } from "../../../generator/runtime/validation/report.ts";
import type { Validator } from "../../../generator/runtime/validation/validator.ts";

interface Operations {
  born: {
    parameters: { query: { region: string }; header?: never; path?: never; cookie?: never };
    requestBody: { content: { "application/json": { name: string } } };
    responses: { 200: { headers: {}; content: { "application/json": { heard: string } } } };
  };
  lost: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: { 204: { headers: {}; content?: never } };
  };
}

const json: ContentDescriptor[] = [{ mediaType: "application/json", kind: "json" }];
const operations: { readonly [name: string]: OperationDescriptor } = {
  born: {
    id: "born",
    method: "POST",
    path: "{$request.body#/url}/born",
    route: { path: "" },
    parameters: [{ name: "region", in: "query", required: true }],
    body: { required: true, contents: json },
    responses: [{ status: "200", contents: json }],
  },
  lost: { id: "lost", method: "PUT", path: "lost", route: { path: "" }, responses: [{ status: "204" }] },
};

interface Input {
  readonly body: { readonly name: string };
  readonly query: { readonly region: string };
  readonly request: Request;
}
const seen: Input[] = [];
const parts = (handlers: object): RouterParts => ({
  operations,
  validators: {},
  securitySchemes: {},
  handlers,
  options: undefined,
});
const born = (input: Input): object => {
  seen.push(input);
  return { status: 200, body: { heard: input.body.name } };
};

let server: RunningServer;
const sender: Sender<Operations, string | URL | CallbackSource> = createSender(operations, {});
beforeAll(async () => {
  server = await serve(
    createReceivingRouter(parts({ born, lost: () => ({ status: 204 }) }), { born: "/in/born/", lost: "/lost" }),
    {
      port: 0,
    },
  );
});
afterAll(() => server.close());

test("what is sent arrives, at the address as it was given", async () => {
  const answer = await sender.born(`${server.url}/in/born/?key=k%26`, { query: { region: "a b" }, body: { name: "Ada" } });
  expect(answer).toEqual({ heard: "Ada" });
  const { body, query, request } = seen.at(-1) ?? {};
  expect(body).toEqual({ name: "Ada" });
  expect(query).toEqual({ region: "a b" });
  expect(new URL(request?.url ?? "").search).toBe("?key=k%26&region=a%20b");
  expect(await sender.lost(new URL(`${server.url}/lost`))).toBeUndefined();
});

test("the address of a callback comes from the exchange that it follows", async () => {
  const input = { body: { url: `${server.url}/in` } };
  expect(await sender.born({ input }, { query: { region: "x" }, body: { name: "Grace" } })).toEqual({ heard: "Grace" });
  expect(() => sender.born({ input: { body: {} } }, { query: { region: "x" }, body: { name: "G" } })).toThrow(
    "The expression $request.body#/url leads to nothing in this exchange.",
  );
});

test("only an address of http or https is one", () => {
  expect(() => sender.lost("file:///etc/passwd")).toThrow("is not absolute");
  expect(() => sender.lost("lost")).toThrow("Invalid URL");
});

test("a receiver has a function for each handler and nothing else, inherited or not", async () => {
  const receiver = createReceiver<"born">(parts({ born }));
  expect(Object.keys(receiver)).toEqual(["born"]);
  expect("constructor" in receiver).toBe(false);
  const request = new Request("https://anywhere.example/x?region=r", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: '{"name":"Ada"}',
  });
  const response = await receiver.born(request);
  expect([response.status, await response.json()]).toEqual([200, { heard: "Ada" }]);
});

test("what breaks the contract does not reach the handler, nor does another method", async () => {
  const receiver = createReceiver<"born">(parts({ born }));
  const before = seen.length;
  const bad = await receiver.born(new Request("https://anywhere.example/", { method: "POST" }));
  expect([bad.status, ((await bad.json()) as { errors: unknown[] }).errors.length]).toEqual([400, 2]);
  const wrong = await receiver.born(new Request("https://anywhere.example/"));
  expect([wrong.status, wrong.headers.get("Allow")]).toEqual([405, "POST"]);
  expect(seen.length).toBe(before);
});

test("paths must be there, and be told apart", () => {
  expect(() => createReceivingRouter(parts({ born }), {})).toThrow("The path of born is missing.");
  const twins = {
    ...parts({ born, twin: born }),
    operations: { ...operations, twin: operations["born"] as OperationDescriptor },
  };
  expect(() => createReceivingRouter(twins, { born: "/x", twin: "/x" })).toThrow("born and twin have one path: /x.");
});

test("a sender signs the bytes that arrive, whatever fetch a call has", async () => {
  const signatures: string[] = [];
  const digest = async (body: Uint8Array): Promise<string> =>
    Buffer.from(await crypto.subtle.digest("SHA-256", new Uint8Array(body))).toString("base64");
  const signed: typeof sender = createSender(operations, {
    sign: async (body, { method, headers, url }) => {
      signatures.push(`${method} ${headers.get("content-type")} ${new URL(url).search}`);
      return { "Webhook-Signature": `v1,${await digest(body)}` };
    },
  });
  const taken: Request[] = [];
  const take = (url: string, init: RequestInit): Promise<Response> => {
    taken.push(new Request(url, init));
    return Promise.resolve(Response.json({ heard: "Ada" }));
  };
  await signed.born("https://hooks.example/in", { query: { region: "eu" }, body: { name: "Ada" } }, { fetch: take });
  await signed.lost("https://hooks.example/lost", {}, { fetch: () => Promise.resolve(new Response(null, { status: 204 })) });
  const [request] = taken;
  const bytes = new Uint8Array((await request?.arrayBuffer()) ?? []);
  expect(request?.headers.get("webhook-signature")).toBe(`v1,${await digest(bytes)}`);
  expect(new TextDecoder().decode(bytes)).toBe('{"name":"Ada"}');
  expect(signatures).toEqual(["POST application/json ?region=eu", "PUT null "]);
});

const secret = "s3cret";
const codeOf = async (body: Uint8Array): Promise<string> => {
  const key = await crypto.subtle.importKey("raw", Buffer.from(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return Buffer.from(await crypto.subtle.sign("HMAC", key, new Uint8Array(body))).toString("base64");
};

test("a receiver sees who sends before anything is decoded, by the bytes as they came", async () => {
  const heard: string[] = [];
  const options: ReceiverOptions = {
    verify: async ({ headers }, body) => {
      heard.push(new TextDecoder().decode(body));
      const right = timingSafeEqual(headers.get("webhook-signature") ?? "", await codeOf(body));
      body.fill(0);
      return right;
    },
    limits: { bodySize: 100 },
  };
  const handlers = { born, lost: () => ({ status: 204 }) };
  const router = createReceivingRouter({ ...parts(handlers), options }, { born: "/born", lost: "/lost" });
  const listening = await serve(router, { port: 0 });
  try {
    const signing: typeof sender = createSender(operations, {
      sign: async (body) => ({ "Webhook-Signature": await codeOf(body) }),
    });
    const before = seen.length;
    const to = `${listening.url}/born`;
    expect(await signing.born(to, { query: { region: "eu" }, body: { name: "Ada" } })).toEqual({ heard: "Ada" });
    expect(await signing.lost(`${listening.url}/lost`)).toBeUndefined();
    expect(heard).toEqual(['{"name":"Ada"}', ""]);
    expect(seen.length).toBe(before + 1);
    const post = async (body: string, query = "?region=eu"): Promise<number> => {
      const headers = { "Content-Type": "application/json", "Webhook-Signature": await codeOf(Buffer.from("other")) };
      return (await fetch(`${to}${query}`, { method: "POST", headers, body })).status;
    };
    expect(await post('{"name":"Ada"}')).toBe(401);
    expect(await post("no JSON", "")).toBe(401);
    expect(await post(`{"name":"${"a".repeat(200)}"}`)).toBe(413);
    expect(seen.length).toBe(before + 1);
  } finally {
    await listening.close();
  }
});

test("nobody is let in by what is no true, and what verify throws is told as what a handler throws", async () => {
  const told: unknown[] = [];
  const receive = (verify: () => unknown): Promise<Response> => {
    // As those write it who have no compiler.
    const options = { verify: verify as () => boolean, onError: (error: unknown) => void told.push(error) };
    return createReceiver<"lost">({ ...parts({ lost: () => ({ status: 204 }) }), options }).lost(
      new Request("https://anywhere.example/", { method: "PUT" }),
    );
  };
  expect((await receive(() => true)).status).toBe(204);
  expect((await receive(() => undefined)).status).toBe(401);
  expect((await receive(() => "yes")).status).toBe(401);
  const wrong = new Error("no signature");
  expect(
    (
      await receive(() => {
        throw wrong;
      })
    ).status,
  ).toBe(500);
  expect(told).toEqual([wrong]);
});

test("a sender checks its payload first, where it is told to", async () => {
  const named: Validator = (value, problems, path) =>
    typeof (value as { name: unknown }).name === "string" || refuse(problems, path, "type", "must have a name");
  const validators = { born: { body: { "application/json": { validate: named } } } };
  let count = 0;
  const checking: typeof sender = createSender(operations, {
    validation: validateOperations(operations, validators, { requests: true }),
    fetch: () => {
      count += 1;
      return Promise.resolve(Response.json({ heard: "Ada" }));
    },
  });
  const send = (body: { name: string }): Promise<unknown> =>
    Promise.resolve(checking.born("https://hooks.example/in", { query: { region: "eu" }, body }));
  await expect(send({} as { name: string })).rejects.toThrow(RequestValidationError);
  expect(count).toBe(0);
  expect(await send({ name: "Ada" })).toEqual({ heard: "Ada" });
  expect(count).toBe(1);
});
