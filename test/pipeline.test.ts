import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { resolveConfig } from "../generator/config.ts";
import { generate } from "../generator/pipeline.ts";

test("a long run tells its stage, its file and how many operations are done", async () => {
  const folder = mkdtempSync(join(tmpdir(), "openapi-triad-progress-"));
  try {
    const paths = Object.fromEntries(
      Array.from({ length: 45 }, (_, index) => [`/p${index}`, { get: { responses: { 204: { description: "Done." } } } }]),
    );
    const spec = join(folder, "api.json");
    writeFileSync(spec, JSON.stringify({ openapi: "3.1.0", info: { title: "Long", version: "1" }, paths }));
    const config = await resolveConfig(folder, { spec, emit: ["fixtures"] });
    const told: string[] = [];
    await generate(config, (stage, detail) => told.push(`${stage} ${detail}`));
    expect(told.slice(0, 2)).toEqual([`read ${spec}`, "model Long"]);
    expect(told.filter((line) => line.includes("operation "))).toEqual([
      "emit types 1/2, operation 1/45",
      "emit types 1/2, operation 21/45",
      "emit types 1/2, operation 41/45",
      "emit fixtures 2/2, operation 1/45",
      "emit fixtures 2/2, operation 21/45",
      "emit fixtures 2/2, operation 41/45",
    ]);
    const all: string[] = [];
    await generate({ ...config, emit: ["client", "validators", "docs"] }, (stage, detail) => all.push(`${stage} ${detail}`));
    const counted = all.filter((line) => line.includes(", ")).map((line) => line.replace(/ \d+\/45$/, ""));
    expect([...new Set(counted)]).toEqual([
      "emit types 1/5, operation",
      "emit operations 2/5, operation",
      "emit client 3/5, resource",
      "emit validators 4/5, operation",
      "emit docs 5/5, operation",
    ]);
    expect(told.at(-1)).toMatch(/^render \d+ files$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
