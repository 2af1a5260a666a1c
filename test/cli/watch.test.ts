import { spawn, type ChildProcess } from "node:child_process";
import { renameSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openWorkspace, smallDocument, type Workspace } from "../support/command-line.ts";

const tool = fileURLToPath(new URL("../../generator/cli.ts", import.meta.url));
let place: Workspace;
let child: ChildProcess;
let told = "";

beforeEach(async () => {
  place = openWorkspace({
    "spec/openapi.yaml": smallDocument({ "#/components/schemas/Pet": "./pet.yaml" }),
    "spec/pet.yaml": "type: string\n",
    "openapi-triad.config.ts": `export default { emit: ["types", "fixtures"] };\n`,
  });
  told = "";
  child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), tool, "generate", "--watch"], { cwd: place.folder });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (told += text));
  await runs(1);
});
afterEach(() => {
  child.kill("SIGKILL");
  place.close();
});

/** Waits until so many runs are over. */
async function runs(count: number): Promise<void> {
  for (let waited = 0; told.split("Watching for changes.").length <= count; waited += 20) {
    if (waited > 30_000) throw new Error(`It did not run ${count} times:\n${told}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const types = (): string => place.read("generated/types.ts");

test("generates again when a file that was read changes, also one that came later, and rewrites only what changes", async () => {
  const manifest = statSync(path.join(place.folder, "generated/runtime/fixtures/values.ts"));
  place.put("spec/pet.yaml", "type: boolean\n");
  await runs(2);
  expect(types()).toContain("boolean");
  expect(statSync(path.join(place.folder, "generated/runtime/fixtures/values.ts")).ino).toBe(manifest.ino);

  place.put("spec/more/name.yaml", "type: integer\n");
  place.put("spec/pet.yaml", "$ref: ./more/name.yaml\n");
  await runs(3);
  // Editors write beside the file and rename.
  place.put("spec/more/name.yaml~", "type: 'null'\n");
  renameSync(path.join(place.folder, "spec/more/name.yaml~"), path.join(place.folder, "spec/more/name.yaml"));
  await runs(4);
  expect(types()).toContain("null");
});

test("shows what is wrong, goes on, and leaves with 0", async () => {
  place.put("spec/pet.yaml", "$ref: ./none.yaml\n");
  await runs(2);
  expect(told).toContain("Nothing was written");
  place.put("spec/none.yaml", "type: boolean\n");
  await runs(3);
  expect(types()).toContain("boolean");
  place.put("openapi-triad.config.ts", `export default { emit: ["tpyes"] };\n`);
  await runs(4);
  expect(told).toContain(`"tpyes" is not an artefact`);
  place.put("openapi-triad.config.ts", `export default { emit: ["types"] };\n`);
  await runs(5);
  expect(told).toContain("removed");
  const left = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  child.kill("SIGINT");
  expect(await left).toEqual({ code: 0, signal: null });
});
