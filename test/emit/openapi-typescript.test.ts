import openapiTS, { astToString } from "openapi-typescript";
import { describe, expect, it } from "vitest";
import { typesText } from "../../generator/emit/types.ts";
import type { OpenApiObject } from "../../generator/openapi/shapes.ts";
import { typeErrors } from "../support/compile.ts";
import { modelOf } from "../support/model.ts";
import { sampleDocuments } from "../support/samples.ts";

// openapi-typescript 7.13 and openapi-fetch 0.17 are at their end; those who come from them find the same types with us.
describe("our paths", () => {
  it("give openapi-fetch the data and errors that openapi-typescript's give it", async () => {
    const check = `import createClient from "openapi-fetch";
import type { paths as ours } from "./ours.js";
import type { paths as theirs } from "./theirs.js";

const our = createClient<ours>();
const their = createClient<theirs>();
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Mutual<A, B> = [A] extends [B] ? ([B] extends [A] ? true : "ours is wider") : "theirs is wider";
export function same<A, B>(a: Promise<A>, b: Promise<B>, answer: Mutual<A, B>): void { void [a, b, answer]; }

same(our.GET("/things"), their.GET("/things"), true);
same(our.GET("/things", { params: { query: { limit: 1, kind: "big" } } }), their.GET("/things", { params: { query: { limit: 1, kind: "big" } } }), true);
same(our.GET("/things/{id}", { params: { path: { id: 1 } } }), their.GET("/things/{id}", { params: { path: { id: 1 } } }), true);
same(our.POST("/things", { body: { name: "a" } }), their.POST("/things", { body: { name: "a" } }), true);
same(our.DELETE("/things/{id}", { params: { path: { id: 1 } } }), their.DELETE("/things/{id}", { params: { path: { id: 1 } } }), true);
// @ts-expect-error no such path
our.GET("/nothing");
// @ts-expect-error no such method
our.PUT("/things");
// @ts-expect-error the path parameter is missing
our.GET("/things/{id}");
// @ts-expect-error the body is missing
our.POST("/things");
// @ts-expect-error the kind is not one of them
our.GET("/things", { params: { query: { kind: "tiny" } } });

export async function read(): Promise<string | undefined> {
  const { data, error } = await our.GET("/things/{id}", { params: { path: { id: 1 } } });
  return data?.name ?? error?.title;
}
export const parameters: Mutual<ours["/things"]["get"]["parameters"], theirs["/things"]["get"]["parameters"]> = true;
export const body: Mutual<ours["/things"]["post"]["requestBody"], theirs["/things"]["post"]["requestBody"]> = true;
export const methods: Equal<keyof ours["/things"], keyof theirs["/things"]> = true;
export const pathKeys: Equal<keyof ours, keyof theirs> = true;
`;
    expect(typeErrors({ "ours.ts": typesText(modelOf(things)), "theirs.ts": await theirs(things), "check.ts": check })).toEqual(
      [],
    );
  });

  it.each(Object.entries(sampleDocuments).filter(([name]) => name !== "wide"))(
    "hold the operations that openapi-typescript finds in %s",
    async (_, document) => {
      const check = `import type { paths as ours, components as ourComponents, operations as ourOperations } from "./ours.js";
import type { paths as theirs, components as theirComponents, operations as theirOperations } from "./theirs.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Methods<P> = { [K in keyof P]: { [M in keyof P[K] as P[K][M] extends { responses: unknown } ? M : never]: keyof (P[K][M] & { responses: unknown })["responses"] } };
export const paths: Equal<Methods<ours>, Methods<theirs>> = true;
export const schemas: Equal<keyof ourComponents["schemas"], keyof theirComponents["schemas"]> = true;
export const operations: [Exclude<keyof ourOperations, keyof theirOperations>] extends [never] ? true : false = true;
`;
      expect(
        typeErrors({ "ours.ts": typesText(modelOf(document)), "theirs.ts": await theirs(document), "check.ts": check }),
      ).toEqual([]);
    },
  );
});

// It writes into what it is given.
async function theirs(document: OpenApiObject): Promise<string> {
  return astToString(await openapiTS(structuredClone(document) as Parameters<typeof openapiTS>[0], { silent: true }));
}

const problem = {
  description: "Refused.",
  content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
};
const id = { name: "id", in: "path" as const, required: true, schema: { type: "integer" as const } };
const thing = { description: "Here.", content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } };

const things: OpenApiObject = {
  openapi: "3.1.0",
  info: { title: "Things", version: "1" },
  paths: {
    "/things": {
      get: {
        operationId: "listThings",
        parameters: [
          { name: "limit", in: "query", schema: { type: "integer" } },
          { name: "kind", in: "query", schema: { enum: ["big", "small"] } },
        ],
        responses: {
          "200": {
            description: "Some.",
            headers: { "X-Next": { schema: { type: "string" } } },
            content: { "application/json": { schema: { type: "array", items: { $ref: "#/components/schemas/Thing" } } } },
          },
          default: problem,
        },
      },
      post: {
        operationId: "createThing",
        requestBody: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
        responses: { "201": thing, "4XX": problem, "500": problem },
      },
    },
    "/things/{id}": {
      get: { operationId: "getThing", parameters: [id], responses: { "200": thing, "404": problem } },
      delete: { operationId: "deleteThing", parameters: [id], responses: { "204": { description: "Gone." }, "404": problem } },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: "object",
        required: ["name"],
        properties: {
          name: { type: "string" },
          size: { type: ["number", "null"] },
          tags: { type: "array", items: { type: "string" } },
          part: { $ref: "#/components/schemas/Thing" },
          shape: { oneOf: [{ $ref: "#/components/schemas/Round" }, { $ref: "#/components/schemas/Square" }] },
          labels: { type: "object", additionalProperties: { type: "string" } },
          both: { allOf: [{ $ref: "#/components/schemas/Round" }, { $ref: "#/components/schemas/Square" }] },
        },
      },
      Round: { type: "object", required: ["radius"], properties: { radius: { type: "number" } } },
      Square: { type: "object", required: ["side"], properties: { side: { type: "number" } } },
      Problem: { type: "object", required: ["title"], properties: { title: { type: "string" }, status: { type: "integer" } } },
    },
  },
};
