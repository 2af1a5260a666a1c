import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { operationsEmitter } from "../../generator/emit/operations.ts";
import { serverEmitter } from "../../generator/emit/server.ts";
import { typesEmitter } from "../../generator/emit/types.ts";
import { validatorsEmitter } from "../../generator/emit/validators.ts";
import type { OpenApiObject } from "../../generator/openapi/shapes.ts";
import { typeErrors } from "../support/compile.ts";
import { contextOf, importPlans, textOf } from "../support/compiled.ts";
import { modelOf } from "../support/model.ts";

const pet = { $ref: "#/components/schemas/Pet" };
const zoo: Partial<OpenApiObject> = {
  components: {
    schemas: {
      Pet: {
        type: "object",
        required: ["id", "name"],
        properties: { id: { type: "integer", readOnly: true }, name: { type: "string", minLength: 1 } },
      },
      Problem: { type: "object", required: ["detail"], properties: { detail: { type: "string" } } },
    },
    securitySchemes: { Key: { type: "apiKey", in: "header", name: "X-Key", description: "Ask the keeper." } },
  },
  paths: {
    "/pets": {
      get: {
        operationId: "list-pets",
        summary: "List pets",
        parameters: [
          { name: "limit", in: "query", schema: { type: "integer", maximum: 100, default: 20 } },
          {
            name: "filter",
            in: "query",
            style: "deepObject",
            explode: true,
            schema: { type: "object", properties: { age: { type: "integer" } } },
          },
        ],
        responses: {
          "200": {
            description: "The pets.",
            headers: { "X-Total": { required: true, schema: { type: "integer" } } },
            content: {
              "application/json": { schema: { type: "array", items: pet } },
              "text/csv": { schema: { type: "string" } },
            },
          },
          "4XX": { description: "Wrong.", content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } } },
        },
      },
      post: {
        operationId: "createPet",
        description: "Ends */ here.",
        deprecated: true,
        security: [{ Key: [] }],
        requestBody: { required: true, content: { "application/json": { schema: pet } } },
        responses: {
          "201": { description: "Made.", content: { "application/json": { schema: pet } } },
          "204": { description: "Known." },
          default: { description: "Wrong.", content: { "text/plain": { schema: { type: "string" } } } },
        },
      },
    },
    "/pets/{id}/photo": {
      put: {
        operationId: "putPhoto",
        security: [{ Key: [] }, {}],
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
        requestBody: {
          content: {
            "image/*": {},
            "multipart/form-data": {
              schema: {
                type: "object",
                properties: { file: { type: "string", format: "binary" }, tags: { type: "array", items: { type: "integer" } } },
              },
            },
          },
        },
        responses: { "200": { description: "The photo.", content: { "image/*": {} } } },
      },
    },
  },
};

const emitters = [typesEmitter, operationsEmitter, validatorsEmitter, serverEmitter];
const plansOf = (root: Partial<OpenApiObject>): ReturnType<typeof serverEmitter.emit> =>
  emitters.flatMap((emitter) => emitter.emit(modelOf(root), contextOf()));

const serverText = async (root: Partial<OpenApiObject>): Promise<string> => {
  const plan = serverEmitter.emit(modelOf(root), contextOf()).find(({ path }) => path === "server.ts");
  return plan === undefined ? "" : textOf(plan);
};

describe("server.ts", () => {
  it("has an entry for each operation, in the order of the document, with its documentation", async () => {
    const text = await serverText(zoo);
    expect(text.slice(text.indexOf("/**\n * A handler"), text.indexOf("/** How a router"))).toMatchInlineSnapshot(`
      "/**
       * A handler for each operation: leave one out, and the compiler names it. \`Context\` is what the option
       * \`context\` makes for every request, \`Who\` names the principals of the schemes.
       */
      export interface Handlers<Context = undefined, Who extends Principals = Principals> {
        /**
         * List pets
         *
         * \`GET /pets\`
         */
        readonly listPets: Handler<"list-pets", Context, Who>;

        /**
         * Ends *\\/ here.
         *
         * \`POST /pets\`
         *
         * @deprecated
         */
        readonly createPet: Handler<"createPet", Context, Who>;

        /** \`PUT /pets/{id}/photo\` */
        readonly putPhoto: Handler<"putPhoto", Context, Who>;
      }

      /**
       * Who shows the credentials of a scheme, as its verifier tells. Give the types of your own:
       * \`Handlers<Context, Record<keyof Principals, User>>\`, or let the verifiers say it:
       * \`PrincipalsOf<typeof security>\`.
       */
      export interface Principals {
        readonly Key: unknown;
      }

      /**
       * Who asks, by the schemes that each needs: one of the alternatives, and all of it; \`undefined\` where anybody
       * may.
       */
      export interface OperationSecurity<Who extends Principals = Principals> {
        readonly "list-pets": undefined;
        readonly createPet: Pick<Who, "Key">;
        readonly putPhoto: Pick<Who, "Key"> | undefined;
      }

      /**
       * Verifies the credentials of each scheme, before anything else of a request is looked at. A verifier is
       * asked with the scopes that the operation needs, and returns a principal, or nothing for nobody (401); it
       * throws \`Forbidden\` for somebody who may not do this (403).
       */
      export interface Security<Who extends Principals = Principals> {
        /** Ask the keeper. */
        readonly Key: Verifier<"apiKey", Who["Key"]>;
      }

      /** The bodies that the document declares for errors, in JSON: what the hooks of a router may answer. */
      export type ErrorBody = components["schemas"]["Problem"];

      "
    `);
  });

  it("is written as prettier would", async () => {
    for (const root of [zoo, { paths: {} }, { ...zoo, paths: { "/pets": { get: zoo.paths?.["/pets"]?.get ?? {} } } }]) {
      const text = await serverText(root);
      expect(text).toBe(await format(text, { parser: "typescript", printWidth: 110 }));
    }
  });
});

describe("handlers", () => {
  const complete = `
    listPets: ({ query, reply }) => reply.ok([{ id: query.filter?.age ?? query.limit ?? 1, name: "Rex" }], { contentType: "application/json", headers: { "X-Total": 1 } }),
    createPet: async ({ body, security, context, reply }) => reply.created({ id: security.Key.id, name: body.name + context.db }),
    putPhoto: ({ contentType, body, path, reply, security }) => {
      const id: number = path.id + (security?.Key.id ?? 0);
      return contentType === "image/*" ? reply.ok(body) : reply.ok(new Blob([String(body?.tags?.length), String(id)]), { contentType: "image/png" });
    },`;
  const program = (handlers: string): string =>
    `import { createRouter, type Handlers, type Router } from "./server.js";\nexport const handlers: Handlers<{ db: string }, { Key: { id: number } }> = {${handlers}};\nexport const router: Router = createRouter(handlers, { context: () => ({ db: "x" }), security: { Key: ({ apiKey }) => ({ id: apiKey.length }) } });\n`;
  const creating = (body: string): string =>
    program(
      complete.replace(/createPet: .*\n/, `createPet: ({ body, reply }) => (body.name === "x" ? ${body} : reply.noContent()),\n`),
    );
  const making = (type: string, options: string): string =>
    `import { createRouter, type Handlers } from "./server.js";\ndeclare const handlers: ${type};\ncreateRouter(handlers${options});\n`;

  it("compile when they are complete and right", async () => {
    const right = [
      program(complete),
      creating("reply(418, 'no tea')"),
      creating("({ status: 204 })"),
      creating("({ status: 201, body: { id: 1, name: body.name } })"),
    ];
    expect(await compile(zoo, right)).toEqual(right.map(() => []));
  });

  it("do not compile when something is missing or wrong", async () => {
    const wrong: readonly (readonly [string, string, string])[] = [
      ["a missing handler", program(complete.replace(/createPet: .*\n/, "")), "Property 'createPet' is missing"],
      ["an undeclared status by name", program(complete.replace("reply.created(", "reply.ok(")), "Property 'ok' does not exist"],
      ["an undeclared status by number", creating("({ status: 600, body: 'x' })"), "is not assignable"],
      ["a wrong body", creating("reply.created({ id: 'x', name: 'x' })"), "Type 'string' is not assignable to type 'number'"],
      ["a body of another status", creating("({ status: 201, body: 'x' })"), "is not assignable"],
      ["a body where there is none", creating("({ status: 204, body: 'x' })"), "is not assignable"],
      ["a body that is missing", creating("reply.created()"), "Expected 1-2 arguments"],
      ["a status that is none", creating("reply(700, 'x')"), "Argument of type '700' is not assignable"],
      ["a readOnly member of a request", creating("reply.created({ id: body.id, name: 'x' })"), "Property 'id' does not exist"],
      [
        "a principal that is not there",
        program(complete.replace("security?.Key.id ?? 0", "security.Key.id")),
        "'security' is possibly 'undefined'",
      ],
      ["a missing media type", program(complete.replace('contentType: "application/json", ', "")), "is not assignable"],
      ["a missing header", program(complete.replace(', headers: { "X-Total": 1 }', "")), "is not assignable"],
      ["a media type out of range", program(complete.replace('"image/png"', '"text/plain"')), "is not assignable"],
      ["a mistyped parameter", program(complete.replace("query.limit", "query.limits")), "Property 'limits' does not exist"],
      ["a router without its security", making("Handlers", ", {}"), "Property 'security' is missing"],
      [
        "a router without its context",
        making("Handlers<string>", ", { security: { Key: () => 1 } }"),
        "Property 'context' is missing",
      ],
    ];
    const errors = await compile(
      zoo,
      wrong.map(([, text]) => text),
    );
    for (const [index, [what, , message]] of wrong.entries())
      expect([what, errors[index]?.join("\n")]).toEqual([what, expect.stringContaining(message)]);
  });

  it("need no options where nothing is secured", async () => {
    const { get } = zoo.paths?.["/pets"] ?? {};
    const open = { ...zoo, paths: { "/pets": get === undefined ? {} : { get } } };
    const [none, missing, given] = await compile(open, [
      making("Handlers", ""),
      making("Handlers<string>", ""),
      making("Handlers<string>", ', { context: () => "x" }'),
    ]);
    expect([none, given]).toEqual([[], []]);
    expect(missing?.join()).toContain("Expected 2 arguments");
  });
});

describe("the emitted router", () => {
  it("decodes, validates, calls and checks by the document", async () => {
    const { createRouter } = (await importPlans(plansOf(zoo), "server.ts")) as {
      createRouter: (handlers: object, options: object) => (request: Request) => Promise<Response>;
    };
    const seen: object[] = [];
    const errors: unknown[] = [];
    const router = createRouter(
      {
        listPets: (input: { query: object }) => {
          seen.push(input.query);
          return { status: 200, contentType: "application/json", headers: { "X-Total": 1 }, body: [{ id: 1, name: "" }] };
        },
        createPet: ({ body, reply }: { body: object; reply: { created(body: object): object } }) =>
          reply.created({ id: 1, ...body }),
        putPhoto: ({ body }: { body: object }) => {
          seen.push(body);
          return { status: 200, contentType: "image/png", body: new Blob(["png"]) };
        },
      },
      {
        security: { Key: ({ apiKey }: { apiKey: string }) => apiKey },
        onError: (error: unknown) => void errors.push(String(error)),
      },
    );
    const post = (body: unknown): Promise<Response> =>
      router(
        new Request("http://localhost/pets", {
          method: "POST",
          headers: { "X-Key": "k", "Content-Type": "application/json" },
          body: JSON.stringify(body),
        }),
      );

    expect(await (await post({ name: "Rex" })).json()).toEqual({ id: 1, name: "Rex" });
    expect(((await (await post({ name: "" })).json()) as { errors: unknown }).errors).toEqual([
      {
        in: "body",
        pointer: "/name",
        keyword: "minLength",
        message: expect.any(String) as string,
        schema: "PetWritable.name",
        schemaPath: "#/components/schemas/Pet/properties/name/minLength",
      },
    ]);

    expect((await router(new Request("http://localhost/pets?filter[age]=7"))).status).toBe(500);
    expect(seen.shift()).toEqual({ limit: 20, filter: { age: 7 } });
    expect(errors.join()).toContain("GET /pets cannot be answered with this 200: body/0/name");
    // In the shape of its errors, by their names.
    const refused = await router(new Request("http://localhost/pets?limit=101&filter[age]=x"));
    expect([refused.status, await refused.json()]).toEqual([400, { detail: "filter/age must be integer" }]);

    const form = new FormData();
    form.append("file", new File(["bytes"], "a.bin"));
    form.append("tags", "1");
    const photo = await router(new Request("http://localhost/pets/7/photo", { method: "PUT", body: form }));
    expect([photo.status, photo.headers.get("content-type"), await photo.text()]).toEqual([200, "image/png", "png"]);
    expect(seen.shift()).toMatchObject({ file: expect.any(Blob) as Blob, tags: [1] });
  });
});

/** Compiles each program beside the emitted files, all at once, and gives the complaints about each. */
async function compile(root: Partial<OpenApiObject>, programs: readonly string[]): Promise<string[][]> {
  const emitted = await Promise.all(plansOf(root).map(async (plan) => [plan.path, await textOf(plan)] as const));
  const files = Object.fromEntries([...emitted, ...programs.map((text, index) => [`program-${index}.ts`, text] as const)]);
  const errors = typeErrors(files, { types: ["node"] });
  expect(errors.filter((error) => !error.startsWith("program-"))).toEqual([]);
  return programs.map((_text, index) => errors.filter((error) => error.startsWith(`program-${index}.ts`)));
}
