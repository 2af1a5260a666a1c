import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import type { EmitContext } from "../../generator/emit/emitter.ts";
import { fixturesEmitter } from "../../generator/emit/fixtures.ts";
import { typesText } from "../../generator/emit/types.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import type { OpenApiObject } from "../../generator/openapi/shapes.ts";
import { typeErrors } from "../support/compile.ts";
import { foreignIdentifiers, hostileDocument } from "../support/hostile.ts";
import { runtimeSources } from "../support/fixtures-runtime.ts";
import { modelOf } from "../support/model.ts";
import { sampleDocuments } from "../support/samples.ts";

describe("fixtures.ts", () => {
  test.each(Object.entries(sampleDocuments))(
    "of the %s compiles under the harshest flags, and prettier would change nothing",
    async (_, document) => {
      const model = modelOf(document);
      const { text, reports } = emitted(model);
      expect(reports).toEqual([]);
      expect(typeErrors(filesOf(model, text))).toEqual([]);
      expect(await format(text, { parser: "typescript", printWidth: 110 })).toBe(text);
    },
  );

  test("of a hostile document compiles, and nothing in it is code", async () => {
    const model = modelOf(hostileDocument());
    const { text } = emitted(model);
    expect(foreignIdentifiers(text)).toEqual([]);
    expect(typeErrors(filesOf(model, text))).toEqual([]);
  });

  test("holds a block for each operation, then one for each schema", async () => {
    await expect(emitted(modelOf(sampleDocuments.pets)).text).toMatchFileSnapshot("goldens/pets.fixtures.ts");
  });

  test("write once what several schemas hold, where it may be null too", () => {
    const address = { anyOf: [{ $ref: "#/components/schemas/Address" }, { type: "null" }], description: "Where to." };
    const schemas = {
      Parcel: { type: "object", required: ["to"], properties: { to: address } },
      Letter: {
        type: "object",
        required: ["to", "from"],
        properties: { to: address, from: { $ref: "#/components/schemas/Address" } },
      },
      Address: {
        type: "object",
        required: ["street"],
        properties: { street: { type: "string" }, city: { type: "string" }, country: { type: "string" } },
      },
    };
    const { text } = emitted(modelOf({ components: { schemas } } as Partial<OpenApiObject>));
    expect(text.match(/(to|from): vary\.from\(address\)/g)).toHaveLength(3);
  });

  test("are typed by operation, and refuse a typo in an override", () => {
    const model = modelOf(small);
    const main = `import * as fixtures from "./fixtures.js";
const name: string = fixtures.pet({ name: "Ada" }).name;
const sent: 7 | number = fixtures.putPet.request({ path: { id: 7 }, body: { tag: undefined } }).path.id;
const status: 200 = fixtures.putPet.responses[200]().status;
const text: string = fixtures.putPet.responses[200].byMediaType["text/plain"]().body;
const body: string = fixtures.putPet.request.byMediaType["application/json"]().body.name;
export const used: unknown[] = [name, sent, status, text, body, ...fixtures.putPet.request.invalid];
fixtures.pet({ nmae: "Ada" });
fixtures.pet({ name: undefined });
fixtures.putPet.request({ path: { ids: 7 } });
fixtures.putPet.responses[404];
`;
    expect(typeErrors({ ...filesOf(model, emitted(model).text), "main.ts": main }).map((one) => one.slice(0, 60))).toEqual([
      expect.stringContaining("main.ts(8,16): TS2353"),
      expect.stringContaining("main.ts(9,14): TS2345"),
      expect.stringContaining("main.ts(10,35): TS2353"),
      expect.stringContaining("main.ts(11,1): TS7053"),
    ]);
  });

  test("are typed at any depth, by traits, by members of unions, and in sequences", () => {
    const model = modelOf(zoo);
    const main = `import * as fixtures from "./fixtures.js";
import { sequence } from "./runtime/fixtures/factory.js";
const cage: { readonly keeper: { readonly name: string } } = fixtures.cage({ keeper: { name: "Ada" } });
const cages: { readonly size: number }[] = fixtures.cage.many(3, (index) => ({ size: index, keeper: { name: sequence((n) => \`No \${n}\`) } }));
const large = fixtures.cage.extend({ overrides: { size: 9 }, traits: { empty: { animals: [] } } });
const empty: number = large.trait("empty").trait("tiny").with({ seed: 1 })().size;
const bird: { readonly wings: number } = fixtures.animal({ kind: "bird" });
const nested = fixtures.cage({ first: { kind: "fish", fins: 3 } });
const replies: number[] = fixtures.getCage.responses[200].many(2, { body: { size: 1 } }).map(({ body }) => body.size);
export const used: unknown[] = [cage, cages, empty, bird, nested, replies];
fixtures.cage({ keeper: { nmae: "Ada" } });
fixtures.cage({ keeper: { name: 1 } });
fixtures.cage({ size: sequence((n) => String(n)) });
fixtures.cage.trait("huge");
large.trait("none");
fixtures.animal({ kind: "bird", fins: 3 });
fixtures.cage.many(2, () => ({ sise: 1 }));
fixtures.cage.extend({ traits: { big: { size: "big" } } });
fixtures.getCage.responses[200]({ body: { keeper: { nmae: "Ada" } } });
`;
    const errors = typeErrors({ ...filesOf(model, emitted(model).text), "main.ts": main });
    expect(errors.map((one) => one.replace(/^main\.ts\((\d+),\d+\): (TS\d+).*/s, "$1 $2"))).toEqual([
      ...["11 TS2353", "12 TS2322", "13 TS2322", "14 TS2345", "15 TS2345", "16 TS2769", "17 TS2345", "18 TS2322", "19 TS2353"],
    ]);
  });

  test("leaves out what is impossible, and says where", () => {
    const impossible = { allOf: [{ type: "string" }, { type: "integer" }] } as const;
    const model = modelOf({
      paths: {
        "/a": {
          get: { operationId: "a", responses: { 200: {}, 400: { content: { "application/json": { schema: impossible } } } } },
        },
        "/b": {
          get: {
            operationId: "b",
            parameters: [{ name: "q", in: "query", required: true, schema: impossible }],
            responses: { 204: {} },
          },
        },
      },
      components: { schemas: { Never: impossible } },
    });
    const { text, reports } = emitted(model);
    // Once for each place that contradicts itself, whoever refers to it.
    const fact =
      "No value is valid: it must be a string by one schema and an integer by another. Fixtures that need one are left out.";
    expect(reports).toEqual([fact, fact]);
    expect(text).toBe(`// Generated by openapi-triad from the OpenAPI document. Do not edit.

import * as runtime from "./runtime/fixtures/factory.js";
import type * as types from "./types.js";

/** \`GET /a\` */
export const a: runtime.OperationFixtures<types.operations["a"], 400> = {
  request: /* @__PURE__ */ runtime.request({
    make: () => ({}),
    invalid: [],
  }),
  responses: {
    200: /* @__PURE__ */ runtime.response(() => ({ status: 200 })),
  },
};
`);
    expect(typeErrors(filesOf(model, text))).toEqual([]);
  });
});

const animalOf = (kind: string, part: string) => ({
  type: "object" as const,
  properties: { kind: { const: kind }, [part]: { type: "integer" as const } },
  required: ["kind", part],
});

const zoo = {
  paths: {
    "/cages": {
      get: {
        operationId: "getCage",
        responses: {
          200: {
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/Cage" },
                examples: {
                  tiny: { value: { size: 1, keeper: { name: "Ada" }, animals: [] } },
                  wrong: { value: { size: "huge" } },
                },
              },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Cage: {
        type: "object",
        properties: {
          size: { type: "integer" },
          keeper: { $ref: "#/components/schemas/Keeper" },
          first: { $ref: "#/components/schemas/Animal" },
          animals: { type: "array", items: { $ref: "#/components/schemas/Animal" } },
        },
        required: ["size", "keeper", "animals"],
      },
      Keeper: { type: "object", properties: { name: { type: "string" }, age: { type: "integer" } }, required: ["name"] },
      Animal: { oneOf: [animalOf("bird", "wings"), animalOf("fish", "fins")] },
    },
  },
} satisfies Partial<OpenApiObject>;

const small = {
  paths: {
    "/pets/{id}": {
      put: {
        operationId: "putPet",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
        requestBody: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
        responses: {
          200: {
            content: {
              "application/json": { schema: { $ref: "#/components/schemas/Pet" } },
              "text/plain": { schema: { type: "string" } },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: { Pet: { type: "object", properties: { name: { type: "string" }, tag: { type: "string" } }, required: ["name"] } },
  },
} as const;

function emitted(model: ApiModel): { readonly text: string; readonly reports: readonly string[] } {
  const diagnostics = new Diagnostics();
  const context: EmitContext = {
    sourceFolder: "",
    emitting: new Set(),
    package: { name: "test", version: "1.0.0", license: "MIT" },
    written: () => ({}),
    diagnostics,
  };
  const [plan] = fixturesEmitter.emit(model, context);
  if (plan?.kind !== "text") throw new Error("fixtures.ts comes first.");
  return { text: plan.text, reports: diagnostics.all.map(({ message }) => message) };
}

function filesOf(model: ApiModel, text: string): Record<string, string> {
  return { ...runtimeSources(), "types.ts": typesText(model), "fixtures.ts": text };
}
