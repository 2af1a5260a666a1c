/** Every problem of a refused request leads to the keyword in the document that is served. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { resolveConfig } from "../../../generator/config.ts";
import { generate } from "../../../generator/pipeline.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { CoreConfig } from "../../../generator/runtime/client/options.ts";
import type { InvalidRequest } from "../../../generator/runtime/fixtures/factory.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { EncodeError, type WireProblem } from "../../../generator/runtime/wire/errors.ts";
import { securityDescriptor } from "../../../generator/model/security-descriptor.ts";
import { makeRunnable } from "../../../generator/verify/transpile.ts";

/** What is there, references on the way followed. */
function at(root: unknown, pointer: string): unknown {
  let node = root;
  for (const token of pointer.slice(2).split("/")) {
    for (let hops = 0; hops < 9; hops++) {
      const reference: unknown = typeof node === "object" && node !== null ? Reflect.get(node, "$ref") : undefined;
      if (typeof reference !== "string" || token === "$ref") break;
      node = at(root, reference);
    }
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    node = typeof node === "object" && node !== null && Object.hasOwn(node, key) ? Reflect.get(node, key) : undefined;
  }
  return node;
}

/** The problems of all the requests that the fixtures spoil, and the document. */
async function refusals(spec: string): Promise<{ readonly document: unknown; readonly problems: readonly WireProblem[] }> {
  const config = await resolveConfig(".", { spec, emit: ["server", "fixtures", "openapi"] });
  const { files = [], model } = await generate({ ...config, overlays: [] });
  if (model === undefined) throw new Error(`${spec} has errors.`);
  const modules = await makeRunnable(files);
  try {
    const { createRouter, partialHandlers } = (await modules.import("server")) as unknown as {
      createRouter(handlers: object, options: object): (request: Request) => Promise<Response>;
      partialHandlers(handlers: object): object;
    };
    const descriptors = (await modules.import("operations")) as Readonly<Record<string, OperationDescriptor>>;
    const fixtures = (await modules.import("fixtures")) as Readonly<Record<string, unknown>>;
    const { openapi } = (await modules.import("openapi")) as unknown as { readonly openapi: { readonly text: string } };
    const problems: WireProblem[] = [];
    const router = createRouter(partialHandlers({}), {
      security: Object.fromEntries(model.securitySchemes.map(({ key }) => [key, () => "somebody"])),
      onInvalid: ({ errors }: { readonly errors: readonly WireProblem[] }) => void problems.push(...errors),
    });
    const call = createCore({
      baseUrl: "http://api.test",
      auth: Object.fromEntries(
        model.securitySchemes.map(({ key, kind }) => [key, kind === "basic" ? { username: "a", password: "b" } : "t"]),
      ),
      securitySchemes: Object.fromEntries(
        model.securitySchemes.map((scheme) => [scheme.key, securityDescriptor(scheme)]),
      ) as CoreConfig["securitySchemes"],
      onDeprecation: null,
      fetch: (url: string | URL, init: RequestInit) => router(new Request(url, init)),
    }) as unknown as (operation: object, parts: object) => { asResponse(): Promise<Response> };
    for (const { name } of model.operations) {
      const { request } = fixtures[name] as { readonly request: { readonly invalid: readonly InvalidRequest[] } };
      const { body, ...descriptor } = descriptors[name] as OperationDescriptor;
      // The client refuses to leave out what is required; here it must.
      const relaxed = body === undefined ? descriptor : { ...descriptor, body: { contents: body.contents } };
      for (const invalid of request.invalid)
        await call(relaxed, invalid.request)
          .asResponse()
          .catch((error: unknown) => {
            // What a client cannot write does not arrive.
            if (!(error instanceof EncodeError)) throw error;
          });
    }
    return { document: JSON.parse(openapi.text), problems };
  } finally {
    await modules.remove();
  }
}

const specs: Readonly<Record<string, number>> = {
  "spec/openapi.yaml": 20,
  ...Object.fromEntries(
    ["bodies", "conditions", "directions", "names", "unions", "values", "parameters", "error-shapes"].map((name) => [
      path.join("test/cases", name, "spec.yaml"),
      1,
    ]),
  ),
};

describe("where a request breaks the document", () => {
  it.each(Object.entries(specs))("is told by the pointer of the keyword: %s", async (spec, least) => {
    const { document, problems } = await refusals(spec);
    const told = problems.filter(({ schemaPath }) => schemaPath !== undefined);
    const nowhere = told.filter(({ schemaPath = "" }) => at(document, schemaPath) === undefined);
    expect(nowhere.map(({ schemaPath, schema, pointer }) => `${schemaPath} (${schema}, ${pointer})`)).toEqual([]);
    for (const { schemaPath = "", keyword } of told)
      expect(schemaPath).toMatch(new RegExp(`/${keyword === "false" ? "" : keyword}`));
    expect(told.length).toBeGreaterThanOrEqual(least);
    // What has none is of a parameter whose schema has no name, or of what has no schema.
    expect(
      problems.filter(
        ({ in: place, schemaPath, keyword, schema }) =>
          schemaPath === undefined && (schema !== undefined || (place === "body" && keyword !== "required")),
      ),
    ).toEqual([]);
  });
});
