import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countInstantiations } from "../../scripts/bench/type-cost.ts";
import { emitterNames } from "../../generator/emit/emitter.ts";
import { generate } from "../../generator/pipeline.ts";

// The numbers are counted, not timed: they are the same on every machine.
let folder: string;
const operations = 300;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "openapi-triad-type-cost-"));
  const paths = Array.from({ length: operations }, (_, index) => [
    `/things${index}/{id}`,
    {
      post: {
        operationId: `things${index}/change`,
        tags: [`group${index % 20}`],
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "integer" } },
          { name: "state", in: "query", schema: { enum: ["open", "closed"] } },
        ].filter((one) => one.in === "path" || index % 2 === 0),
        requestBody: { required: true, content: { "application/json": { schema: { properties: { [`member${index}`]: {} } } } } },
        responses: {
          200: {
            description: "",
            content: { "application/json": { schema: { properties: { [`answer${index}`]: { type: "string" } } } } },
          },
          "4XX": { description: "" },
        },
      },
    },
  ]);
  const spec = path.join(folder, "openapi.json");
  await writeFile(
    spec,
    JSON.stringify({ openapi: "3.1.0", info: { title: "Wide", version: "1" }, paths: Object.fromEntries(paths) }),
  );
  const { files = [] } = await generate({
    spec,
    out: folder,
    emit: emitterNames.filter((name) => name === "client"),
    roots: [],
    overlays: [],
    allowHosts: [],
    package: {},
  });
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file.path)), { recursive: true });
    await writeFile(path.join(folder, file.path), file.text);
  }
  await writeFile(path.join(folder, "package.json"), `{ "type": "module" }`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a client costs the compiler little, and little more for each operation, in both styles", async () => {
  const empty = await countInstantiations(folder, "export {};\n");
  const made = await countInstantiations(folder, `import { createClient } from "./index.js";\ncreateClient({ server: "x" });\n`);
  // The runtime, once, and less than six for each operation.
  expect(made - empty).toBeLessThan(12_700 + 6 * operations);
  const byPath = `import { createClient } from "./index.js";
const { data } = await createClient({ server: "x" }).POST("/things7/{id}", { params: { path: { id: 1 } }, body: { member7: 1 } });
data?.answer7?.length;
`;
  expect((await countInstantiations(folder, byPath)) - made).toBeLessThan(16 * operations);
});

test("answers that are waited for together cost the compiler no more than the answers", async () => {
  const asked = (waiting: string): string => `import { createClient } from "./index.js";
const { things7, things9 } = createClient({ server: "x" });
const first = things7.change(1, { member7: 1 }).result();
const second = things9.change(1, { member9: 1 }).result();
${waiting}
if (one.status === 200) one.data.answer7?.length;
if (two.status === 404) two.error;
`;
  const apart = await countInstantiations(folder, asked("const one = await first;\nconst two = await second;"));
  const together = await countInstantiations(folder, asked("const [one, two] = await Promise.all([first, second]);"));
  expect(together - apart).toBeLessThan(2000);
});
