import { expect, it } from "vitest";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import { fixturesEmitter } from "../../generator/emit/fixtures.ts";
import { typesText } from "../../generator/emit/types.ts";
import { runtimeSources } from "../support/fixtures-runtime.ts";
import { typeErrors } from "../support/compile.ts";
import { modelOf } from "../support/model.ts";
import type { OpenApiObject, Schema } from "../../generator/openapi/shapes.ts";

const text: Schema = { type: "string" };
const ref = (key: string): Schema => ({ $ref: `#/components/schemas/${key}` });
const tagged = (...tags: string[]): Schema => ({
  type: "object",
  required: ["event", "data"],
  properties: { event: { type: "string", enum: tags }, data: { type: "object", required: [tags[0] ?? ""] } },
});

/** The shapes of documents in the wild whose values are not of the type that reads first. */
const shapes: Record<string, { readonly schemas: Record<string, Schema>; readonly body?: Schema; readonly reports?: number }> = {
  "a flag or an object, whose properties stand beside the union": {
    schemas: {
      Returned: { oneOf: [{ type: "boolean" }, { type: "object" }], properties: { id: text, url: text } },
      Letter: { type: "object", required: ["returned"], properties: { returned: ref("Returned") } },
    },
  },
  "a union with a member that may be null": {
    schemas: {
      File: {
        type: ["object", "null"],
        required: ["id", "type"],
        properties: { id: text, type: { type: "string", enum: ["file"] } },
      },
      Folder: { type: "object", required: ["id", "type"], properties: { id: text, type: { type: "string", enum: ["folder"] } } },
      Item: { oneOf: [ref("File"), ref("Folder")] },
    },
  },
  "a discriminator that names unions, whose members have tags of their own": {
    schemas: {
      Created: tagged("thread.created"),
      Ran: tagged("run.created", "run.queued"),
      Failed: tagged("error"),
      ThreadEvent: { oneOf: [ref("Created")] },
      RunEvent: { oneOf: [ref("Ran")] },
      Event: { oneOf: [ref("ThreadEvent"), ref("RunEvent"), ref("Failed")], discriminator: { propertyName: "event" } },
    },
  },
  "a request that leaves out what its schema requires": {
    schemas: {
      Check: {
        type: "object",
        required: ["owner", "kind"],
        properties: { id: { ...text, readOnly: true }, owner: text, kind: text },
      },
    },
    body: { allOf: [{ properties: { owner: { readOnly: true } } }, ref("Check")] },
  },
  "an example that has nothing of an object whose properties are all optional": {
    schemas: {
      Company: {
        type: "object",
        properties: { name: text, plan: { type: "object", properties: { size: text } } },
        examples: [{ test: "invalid" }, { name: "Acme", plan: { "size'": "big" } }],
      },
    },
  },
  "members of a union that only what is wrong in one tells apart": {
    schemas: {
      Link: { type: "object", required: ["href"], properties: { href: text } },
      Own: { type: "object", properties: { _links: { type: "object", properties: { owner: ref("Link") } } } },
      Others: { type: "object", properties: { label: text, _links: { type: "object", properties: { member: ref("Link") } } } },
      Role: { oneOf: [ref("Own"), ref("Others")] },
    },
    reports: 1,
  },
};

it.each(Object.entries(shapes))("the fixtures of %s are of its type", (_, { schemas, body = true, reports = 0 }) => {
  const content = { "application/json": { schema: body } };
  const paths = { "/checks/{id}": { patch: { operationId: "check", requestBody: { content }, responses: {} } } };
  const model = modelOf({ paths, components: { schemas } } as Partial<OpenApiObject>);
  const diagnostics = new Diagnostics();
  const [plan] = fixturesEmitter.emit(model, {
    sourceFolder: "",
    emitting: new Set(),
    package: { name: "test", version: "1.0.0", license: "MIT" },
    written: () => ({}),
    diagnostics,
  });
  if (plan?.kind !== "text") throw new Error("fixtures.ts comes first.");
  expect(diagnostics.all.map(({ message }) => message)).toHaveLength(reports);
  expect(typeErrors({ ...runtimeSources(), "types.ts": typesText(model), "fixtures.ts": plan.text })).toEqual([]);
});
