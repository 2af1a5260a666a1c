import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import { generate } from "../../generator/pipeline.ts";

const cause = { description: "Why.", allOf: [{ $ref: "#/components/schemas/Cause" }] };
const document = {
  openapi: "3.0.3",
  info: { title: "Causes", version: "1" },
  paths: {
    "/causes": {
      post: {
        operationId: "tell",
        requestBody: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/Cause" } } } },
        responses: { "204": { description: "Told." } },
      },
    },
  },
  components: {
    schemas: {
      Cause: {
        type: "object",
        properties: {
          kind: { type: "string", default: "bug" },
          by: cause,
          extended: {
            allOf: [{ $ref: "#/components/schemas/Cause" }, { type: "object", properties: { note: { type: "string" } } }],
          },
        },
      },
    },
  },
};

it("reads members of schemas that hold themselves behind an allOf, as 3.0 needs it for a description", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "recursive-members-"));
  try {
    const spec = path.join(folder, "openapi.json");
    await writeFile(spec, JSON.stringify(document));
    const { files } = await generate(
      await resolveConfig(folder, { spec, emit: ["validators", "server", "operations", "types"] }),
    );
    const text = files?.map((file) => file.text).join("\n") ?? "";
    expect(text).toMatch(/const membersCause\b[^;]*kind: \{ default: "bug" \}[^;]*by: \{ of: \(\) => membersCause \}/s);
  } finally {
    await rm(folder, { recursive: true });
  }
});
