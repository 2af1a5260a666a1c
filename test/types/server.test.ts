/** What must and what must not compile for those who write handlers, and where the compiler says so: at `/*!*\/`. */
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import { generate } from "../../generator/pipeline.ts";
import { typeErrors } from "../support/compile.ts";

const start = `import { createRouter, notImplemented, partialHandlers, streamed, timingSafeEqual, Forbidden, type Breach, type Handler, type Handlers, type Input, type PrincipalsOf, type ReplyOf, type Security } from "./server.js";
import type { operations } from "./types.js";
interface User { name: string }
type Who = { key: User; user: { login: string }; totp: true };
type Context = { db: string };
declare const all: Handlers<Context, Who>;
const security: Security<Who> = { key: ({ apiKey }) => ({ name: apiKey }), user: ({ username, password }) => ({ login: username + password }), totp: () => true };
const context = () => ({ db: "x" });
const pet = { id: 1, name: "Rex" };
async function* stream<Item>(...items: Item[]) { yield* items; }
void [createRouter, notImplemented, partialHandlers, streamed, timingSafeEqual, Forbidden, all, security, context, pet, stream];
`;

const right: Readonly<Record<string, string>> = {
  "handlers in one object, with all that an input has": `const handlers: Handlers<Context, Who> = {
  listPets: ({ query, headers, cookies, context, security, signal, request, reply }) => {
    const given: [number | undefined, string | undefined, string | undefined, string, undefined, AbortSignal, Request] =
      [query.limit, headers["X-Trace"], cookies.session, context.db, security, signal, request];
    return given[0] === 0 ? reply.notFound({ detail: "none" }) : reply.ok([pet], { contentType: "application/json", headers: { "X-Total": 1 } });
  },
  createPet: async ({ contentType, body, security, reply }) => {
    const made = contentType === "application/json" ? body : { id: 1, name: body.name ?? "" };
    if ("key" in security) return reply.created({ id: 1, name: security.key.name });
    return reply.created({ ...made, name: security.user.login + (security.totp satisfies true) });
  },
  getPet: ({ path, security, reply }) => reply(200, { any: ["value", path.id satisfies number, security?.key.name satisfies string | undefined] }),
  watch: ({ security, reply }) => reply.ok(stream({ data: { id: 1, name: security.key.name } })),
  photo: ({ reply }) => reply.ok(stream(new Uint8Array(1)), { extraHeaders: { "Cache-Control": "no-store", "Set-Cookie": ["a=1", "b=2"] } }),
  setPhoto: ({ body, reply }) => (body.file.size > 0 && (body.title satisfies string | undefined) !== "" ? reply.noContent() : reply.noContent()),
  addPhoto: async ({ body, reply }) => { await (body satisfies Blob).arrayBuffer(); return reply.noContent(); },
};
createRouter(handlers, { context, security });`,

  "replies as they are": `export const some: Partial<Handlers<Context, Who>> = {
  listPets: () => ({ status: 200, contentType: "text/csv", body: "a,b", headers: { "X-Total": 2, "X-Next": "x" } }),
  createPet: ({ accepts, reply }) => accepts("application/json", "application/vnd.shelter+json") === "application/json" ? reply.created(pet) : { status: 201, body: pet, contentType: "application/vnd.shelter+json" },
  photo: () => ({ status: 200, body: new Blob([]) }),
};
export const bytes: Pick<Handlers, "photo">[] = [{ photo: () => ({ status: 200, body: new ReadableStream<Uint8Array>() }) }, { photo: ({ reply }) => reply.ok(new Uint8Array(2)) }];`,

  "handlers put together, some of them without saying who asks": `const list: Handler<"listPets", Context> = ({ reply }) => reply.notFound({ detail: "none" });
const others: Pick<Handlers<Context, Who>, "watch" | "photo"> = all;
createRouter({ ...all, ...others, listPets: list, getPet: ({ security, reply }) => reply.ok(security?.key) }, { context, security });`,

  "handlers that are a class": `class Pets implements Handlers<Context, Who> {
  private readonly pets = [pet];
  async listPets({ reply, query }: Input<"listPets", Context, Who>) { return reply.ok(this.pets.slice(0, query.limit), { contentType: "application/json", headers: { "X-Total": this.pets.length } }); }
  createPet: Handlers<Context, Who>["createPet"] = ({ reply }) => reply.noContent();
  getPet({ reply }: Input<"getPet", Context, Who>) { return reply.ok(this.pets); }
  watch = notImplemented;
  photo = notImplemented;
  setPhoto = notImplemented;
  addPhoto = notImplemented;
}
createRouter(new Pets(), { context, security });`,

  "handlers that are not all there yet": `createRouter(partialHandlers<Context, Who>({ watch: all.watch, photo: notImplemented }), { context, security });
createRouter({ ...all, createPet: notImplemented }, { context, security, responseCheck: { sample: 0.1 }, brokenReplies: "send", onBreach: ({ operation, problems, sent }: Breach) => console.log(operation.id, problems[0]?.at, sent) });`,

  "who asks, of whom nothing is said": `createRouter({ listPets: notImplemented, photo: notImplemented, watch: ({ security, reply }) => { const key: unknown = security.key; return reply.ok([{ data: { id: 1, name: String(key) } }]); }, getPet: notImplemented, createPet: notImplemented, setPhoto: notImplemented, addPhoto: notImplemented },
  { security: { key: ({ apiKey, scopes }) => timingSafeEqual(apiKey, "secret") || scopes.length > 0 || undefined, user: () => { throw new Forbidden(); }, totp: async () => null } });`,

  "who asks, as the verifiers say it": `const verifiers = {
  key: async ({ apiKey, scopes }) => (scopes.length > 0 && apiKey !== "" ? { name: apiKey, age: 7 } : undefined),
  user: ({ username }) => (username === "" ? null : { login: username }),
  totp: () => { if (Math.random() > 2) throw new Forbidden(); return true as const; },
} satisfies Security;
type Told = PrincipalsOf<typeof verifiers>;
const told: Handlers<undefined, Told> = {
  ...partialHandlers<undefined, Told>({}),
  createPet: ({ security, reply }) => ("key" in security ? reply.created({ id: security.key.age, name: security.key.name }) : reply.created({ id: 1, name: security.user.login + (security.totp satisfies true) })),
};
createRouter(told, { security: verifiers });
createRouter<undefined, Told>({ ...told, watch: ({ security, reply }) => reply.ok(stream({ data: { id: security.key.age, name: "" } })) }, { security: verifiers });`,

  "handlers that read a body while it arrives": `const some: Pick<Handlers<Context, Who>, "setPhoto" | "addPhoto"> = {
  setPhoto: streamed<"setPhoto", Context, Who>(async ({ body, contentType, context, security, reply }) => {
    for await (const part of body) {
      if (part.kind === "field") void [part.name satisfies "file" | "title", part.value satisfies Blob | string | undefined];
      else void [part.body satisfies ReadableStream<Uint8Array>, part.filename satisfies string | undefined];
    }
    void [contentType satisfies "multipart/form-data", context.db, security.key.name];
    return reply.noContent();
  }),
  addPhoto: streamed(async ({ body, reply }) => { await body.pipeTo(new WritableStream<Uint8Array>()); return reply.noContent(); }),
};
createRouter({ ...all, ...some }, { context, security });
createRouter({ ...all, setPhoto: streamed(({ reply }) => reply.noContent()) }, { context, security });`,

  "no unknown and no any in what is returned, but where the document has any value": `type Has<Type> = 0 extends 1 & Type ? "any" : unknown extends Type ? "unknown" : "told";
type Members<Reply> = Reply extends unknown ? { [K in keyof Reply]-?: [K, Has<Reply[K]>] }[keyof Reply] : never;
type Parts<Reply> = Reply extends { headers?: infer Headers } ? { [K in keyof Headers]-?: [K, Has<Headers[K]>] }[keyof Headers] : never;
type Loose<Id extends keyof operations> = Id extends unknown ? Extract<Members<ReplyOf<operations[Id]>> | Parts<ReplyOf<operations[Id]>>, [unknown, "any" | "unknown"]> : never;
export const closed: [Loose<Exclude<keyof operations, "getPet">>] extends [never] ? true : false = true;
export const open: [Loose<"getPet">] extends [["body", "unknown"]] ? true : false = true;`,
};

/** By what is wrong: the code, with a mark where the compiler must say so, and what it must say. */
const wrong: Readonly<Record<string, readonly [code: string, complaint: RegExp]>> = {
  "what a verifier does not return": [
    `const verifiers = { key: async () => ({ name: "x" }), user: () => undefined, totp: () => true } satisfies Security;
export const told: Pick<Handlers<Context, PrincipalsOf<typeof verifiers>>, "watch"> = { watch: ({ security, reply }) => reply.ok(stream({ data: { id: security.key./*!*/age, name: "" } })) };`,
    /Property 'age' does not exist/,
  ],
  "a handler that is missing": [
    `export const /*!*/handlers: Handlers = { listPets: notImplemented, createPet: notImplemented, getPet: notImplemented, watch: notImplemented, setPhoto: notImplemented, addPhoto: notImplemented };`,
    /'photo' is missing/,
  ],
  "a handler that is missing, on the spot": [
    `createRouter(/*!*/{ listPets: notImplemented, createPet: notImplemented, getPet: notImplemented, watch: notImplemented, setPhoto: notImplemented, addPhoto: notImplemented }, { security, context });`,
    /'photo' is missing/,
  ],
  "a handler of no operation": [
    `createRouter({ ...all, /*!*/lostPets: notImplemented }, { security, context });`,
    /'lostPets' does not exist/,
  ],
  "an undeclared status by name": [
    `createRouter({ ...all, getPet: ({ reply }) => reply./*!*/created({}) }, { security, context });`,
    /'created' does not exist/,
  ],
  "an undeclared status by number": [
    `createRouter({ ...all, getPet: async ({ reply }) => { return reply(/*!*/418, {}); } }, { security, context });`,
    /'418' is not assignable to parameter of type '200'/,
  ],
  "an undeclared status in an object": [
    `export const handlers: Pick<Handlers, "getPet"> = { getPet: () => ({ /*!*/status: 418, body: 1 }) };`,
    /'418' is not assignable/,
  ],
  "a wrong body": [
    `createRouter({ ...all, createPet: async ({ reply }) => { if (pet.id > 1) return reply.noContent(); return reply.created({ /*!*/id: "1", name: "" }); } }, { security, context });`,
    /'string' is not assignable to type 'number'/,
  ],
  "a wrong body of one of several media types": [
    `createRouter({ ...all, listPets: ({ reply }) => reply.ok([{ /*!*/id: "1", name: "" }], { contentType: "application/json", headers: { "X-Total": 1 } }) }, { security, context });`,
    /'string' is not assignable to type 'number'/,
  ],
  "a wrong item of a stream": [
    `createRouter({ ...all, watch: ({ reply }) => reply.ok(/*!*/stream({ data: { id: "1", name: "" } })) }, { security, context });`,
    /'string' is not assignable to type 'number'/,
  ],
  "a body that is missing": [
    `createRouter({ ...all, createPet: ({ reply }) => reply./*!*/created() }, { security, context });`,
    /Expected 1-2 arguments/,
  ],
  "a wrong header": [
    `createRouter({ ...all, listPets: ({ reply }) => reply.ok("a", { contentType: "text/csv", headers: { /*!*/"X-Total": "1" } }) }, { security, context });`,
    /'string' is not assignable to type 'number'/,
  ],
  "a header that is missing": [
    `createRouter({ ...all, listPets: ({ reply }) => reply.ok("a", /*!*/{ contentType: "text/csv" }) }, { security, context });`,
    /'headers' is missing/,
  ],
  "a header that is not declared": [
    `createRouter({ ...all, listPets: ({ reply }) => reply.ok("a", { contentType: "text/csv", headers: { "X-Total": 1, /*!*/"X-Totl": 1 } }) }, { security, context });`,
    /'"X-Totl"' does not exist/,
  ],
  "a header where none is declared": [
    `createRouter({ ...all, photo: ({ reply }) => reply.ok(new Blob(), { headers: { /*!*/"X-Total": 1 } }) }, { security, context });`,
    /not assignable to type 'undefined'|not assignable to type 'never'/,
  ],
  "a media type that is not declared": [
    `createRouter({ ...all, listPets: ({ reply }) => reply.ok("a", { /*!*/contentType: "text/html", headers: { "X-Total": 1 } }) }, { security, context });`,
    /"text\/html"' is not assignable/,
  ],
  "a media type that is missing": [
    `createRouter({ ...all, listPets: ({ reply }) => reply.ok("a", /*!*/{ headers: { "X-Total": 1 } }) }, { security, context });`,
    /'contentType' is missing/,
  ],
  "a parameter with a typo": [
    `createRouter({ ...all, listPets: ({ query, reply }) => reply.notFound({ detail: String(query./*!*/limits) }) }, { security, context });`,
    /'limits' does not exist/,
  ],
  "the principal of a scheme that may not be there": [
    `createRouter({ ...all, createPet: ({ security, reply }) => reply.created({ id: 1, name: security./*!*/key.name }) }, { security, context });`,
    /'key' does not exist/,
  ],
  "the principal of a scheme that the operation does not take": [
    `createRouter({ ...all, watch: ({ security, reply }) => reply.ok([{ data: { id: 1, name: security./*!*/user.login } }]) }, { security, context });`,
    /'user' does not exist/,
  ],
  "who asks where nobody is asked": [
    `createRouter({ ...all, photo: ({ security, reply }) => reply.ok(new Blob([/*!*/security.key])) }, { security, context });`,
    /possibly 'undefined'|'key' does not exist on type 'never'/,
  ],
  "a verifier that is missing": [
    `createRouter(all, { context, /*!*/security: { key: () => ({ name: "" }), user: () => null } });`,
    /'totp' is missing/,
  ],
  "a verifier that tells of somebody else": [
    `createRouter(all, { context, security: { ...security, key: () => /*!*/({ nam: "" }) } });`,
    /'{ nam: string; }' is not assignable to type 'User/,
  ],
  "the credentials of another kind": [
    `createRouter(all, { context, security: { ...security, key: ({ /*!*/token }) => ({ name: String(token) }) } });`,
    /'token' does not exist/,
  ],
  "a context that nobody makes": [`createRouter(all, /*!*/{ security });`, /'context' is missing/],
  "a context of another kind": [
    `createRouter(all, { security, context: () => ({ /*!*/db: 1 }) });`,
    /'number' is not assignable/,
  ],
  "a body that arrives, read as if it had": [
    `export const handler = streamed<"setPhoto">(({ body, reply }) => { void body./*!*/file; return reply.noContent(); });`,
    /'file' does not exist/,
  ],
  "an undeclared status of a handler that reads a body while it arrives": [
    `export const handler = streamed<"addPhoto">(({ reply }) => reply./*!*/created());`,
    /'created' does not exist/,
  ],
  "a handler that reads the body of another operation": [
    `export const handlers: Pick<Handlers, "addPhoto"> = { /*!*/addPhoto: streamed<"setPhoto">(({ reply }) => reply.noContent()) };`,
    /is not assignable to type/,
  ],
  "a check that there is not": [
    `createRouter(all, { security, context, /*!*/responseCheck: "sometimes" });`,
    /"sometimes"' is not assignable/,
  ],
};

let found: readonly string[] = [];
const snippets = [...Object.values(right), ...Object.values(wrong).map(([code]) => code)];

beforeAll(async () => {
  const spec = fileURLToPath(new URL("server.yaml", import.meta.url));
  const { files = [] } = await generate(await resolveConfig("/", { spec, emit: ["types", "server"] }));
  const sources = files.filter(({ path }) => path.endsWith(".ts")).map(({ path, text }) => [path, text] as const);
  const programs = snippets.map((code, index) => [`snippet-${index}.ts`, `${start}${code}\n`] as const);
  found = typeErrors(Object.fromEntries([...sources, ...programs]), {
    ...{ types: ["node"], noUnusedLocals: false, isolatedDeclarations: false, declaration: false },
  });
}, 120_000);

test("Nothing else is complained of.", () => {
  expect(found.filter((complaint) => !complaint.startsWith("snippet-"))).toEqual([]);
});

test.each(Object.keys(right).map((name, index) => ({ name, index })))("It compiles: $name", ({ index }) => {
  expect(complaintsOf(index)).toEqual([]);
});

test.each(Object.keys(wrong).map((name, index) => ({ name, index })))("It does not compile: $name", ({ name, index }) => {
  const [code = "", complaint = /^$/] = wrong[name] ?? [];
  const number = Object.keys(right).length + index;
  expect(complaintsOf(number).join("\n")).toMatch(complaint);
  const before = `${start}${code.slice(0, code.indexOf("/*!*/") + "/*!*/".length)}`.split("\n");
  const place = `snippet-${number}.ts(${before.length},${(before.at(-1) ?? "").length + 1})`;
  expect(complaintsOf(number).map((one) => one.slice(0, one.indexOf(":")))).toEqual([place]);
});

function complaintsOf(index: number): readonly string[] {
  return found.filter((complaint) => complaint.startsWith(`snippet-${index}.ts(`));
}
