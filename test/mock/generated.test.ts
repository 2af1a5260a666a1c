import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mockOf } from "../../generator/mock/mock.ts";
import { descriptorOf } from "../../generator/mock/handlers.ts";
import { resolveConfig } from "../../generator/config.ts";
import { understand } from "../../generator/pipeline.ts";
import { createCore } from "../../generator/runtime/client/core.ts";
import type { InvalidRequest } from "../../generator/runtime/fixtures/factory.ts";
import type { OperationDescriptor } from "../../generator/runtime/operation.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { serve, type RunningServer } from "../../generator/runtime/server/node.ts";
import * as descriptors from "../../generated/src/operations.js";
import * as fixtures from "../../generated/src/fixtures.js";
import { createRouter, partialHandlers } from "../../generated/src/server.js";

let model: ApiModel;
let server: RunningServer;

beforeAll(async () => {
  const understood = await understand(await resolveConfig(".", {}));
  if (understood.model === undefined) throw new Error("The document has errors.");
  model = understood.model;
  server = await serve(mockOf(model).router, { port: 0 });
});
afterAll(() => server.close());

describe("beside the generated server", () => {
  it("operations are described by the same data", () => {
    for (const operation of model.operations) {
      const { parameters, ...mine } = descriptorOf(model, operation, true);
      const { parameters: theirs, ...generated } = Reflect.get(descriptors, operation.name) as OperationDescriptor;
      expect(mine).toEqual(generated);
      expect(parameters).toEqual([
        ...(theirs ?? []),
        { name: "Prefer", in: "header" },
        ...["__code", "__example", "__dynamic"].map((name) => ({ name, in: "query" })),
      ]);
    }
  });

  it("a request that is refused there is refused here, with the same status and media type", async () => {
    const generated = createRouter(partialHandlers({}), {
      security: { PersonalAPIKeyAuth: async () => ({}), SharingAccessToken: async () => ({}) },
    });
    const theirs = await serve(generated, { port: 0 });
    try {
      const answers = async (baseUrl: string): Promise<readonly string[]> => {
        const call = createCore({
          baseUrl,
          auth: { PersonalAPIKeyAuth: "phx_1" },
          securitySchemes: { PersonalAPIKeyAuth: { kind: "bearer" } },
        }) as unknown as (operation: object, parts: object) => { asResponse(): Promise<Response> };
        const told: string[] = [];
        for (const { name } of model.operations) {
          const { request } = Reflect.get(fixtures, name) as {
            readonly request: { readonly invalid: readonly InvalidRequest[] };
          };
          const { body, ...descriptor } = Reflect.get(descriptors, name) as OperationDescriptor;
          // The client refuses to leave out what is required; here it must.
          const relaxed = body === undefined ? descriptor : { ...descriptor, body: { contents: body.contents } };
          for (const invalid of request.invalid) {
            // The client sends no media type that is not declared.
            if (invalid.keyword === "content") continue;
            const response = await call(relaxed, invalid.request).asResponse();
            told.push(`${name} ${invalid.name}: ${response.status} ${response.headers.get("content-type")}`);
            await response.body?.cancel();
          }
        }
        return told;
      };
      const expected = await answers(theirs.url);
      expect(expected.length).toBeGreaterThan(30);
      expect(await answers(server.url)).toEqual(expected);
    } finally {
      await theirs.close();
    }
  });
});
