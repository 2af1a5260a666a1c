import { afterEach, beforeEach, expect, test } from "vitest";
import { resolveConfig, type Config } from "../../generator/config.ts";
import { generate, understand } from "../../generator/pipeline.ts";
import { startAssistant } from "../../generator/threads/assistant.ts";
import { claim, unclaimed } from "../../generator/threads/task.ts";
import { openWorkspace, smallDocument, type Workspace } from "../support/command-line.ts";

/** Node 20 knows no TypeScript, and a thread does not have what the test's own loads it by. */
const loader = `import { register } from ${JSON.stringify(import.meta.resolve("tsx/esm/api"))}; register();`;
const execArgv = ["--import", `data:text/javascript,${encodeURIComponent(loader)}`];

/** A schema that no value meets, a pattern that is none, and a reference to a second file. */
const warned = smallDocument({
  "  schemas:\n": `  schemas:
    Never: { type: string, enum: [a], minLength: 2 }
    Odd: { type: string, pattern: "(" }
    Other: { $ref: "other.yaml#/Tag" }
`,
});

let place: Workspace;
let config: Config;
beforeEach(async () => {
  place = openWorkspace({ "api.yaml": warned, "other.yaml": "Tag: { type: string }\n" });
  config = await resolveConfig(place.folder, { spec: "api.yaml" });
});
afterEach(() => place.close());

test("two threads make the same as one, and find the same problems in the same order", async () => {
  const alone = await generate(config);
  const assistant = startAssistant(config, { execArgv });
  const both = await generate(config, undefined, assistant);
  const emissions = await assistant.emissions(both);
  expect(emissions?.keys()).toContain("fixtures");
  expect(emissions?.get("fixtures")?.problems.map(({ code }) => code)).toContain("fixture-impossible");
  expect(both.files).toEqual(alone.files);
  expect(both.diagnostics.all).toEqual(alone.diagnostics.all);
  await assistant.dismiss();
});

test("an emitter is taken by one of the threads", async () => {
  const claims = unclaimed();
  expect(claim(claims, "types")).toBe(true);
  expect(claim(claims, "types")).toBe(false);
  expect(claim(claims, "server")).toBe(true);
  const assistant = startAssistant(config, { execArgv });
  expect(assistant.claim("fixtures")).toBe(false);
  // What the first thread has taken, the second one leaves.
  expect(assistant.claim("docs")).toBe(true);
  const emissions = await assistant.emissions(await understand(config));
  expect(emissions?.has("docs")).toBe(false);
  expect([...(emissions?.keys() ?? [])].slice(0, 2)).toEqual(["fixtures", "package"]);
  expect(assistant.claim("types")).toBe(false);
  await assistant.dismiss();
});

test("who waits is told how far the second thread is", async () => {
  const assistant = startAssistant(config, { execArgv });
  const told: string[] = [];
  await generate(config, (stage, detail) => told.push(`${stage} ${detail}`), assistant);
  // Of the fixtures, since nobody else makes them.
  expect(told.map((line) => line.replace(/\d+/g, "N"))).toContain("emit fixtures N/N, operation N/N");
  expect(told.at(-1)).toMatch(/^render /);
  await assistant.dismiss();
});

test("a thread that has read something else, or that cannot be known to have read the same, has made nothing", async () => {
  const assistant = startAssistant(config, { execArgv });
  const understood = await understand(config);
  expect(await assistant.emissions(understood)).toBeDefined();
  expect(await assistant.emissions({ ...understood, remote: true })).toBeUndefined();
  place.put("other.yaml", "Tag: { type: integer }\n");
  expect(await assistant.emissions(await understand(config))).toBeUndefined();
  await assistant.dismiss();
});

test.each([
  ["a document with errors", "openapi: 3.1.0\ninfo: [", execArgv],
  ["a thread that fails", warned, ["--import", "data:text/javascript,throw new Error()"]],
])("%s is left to the first thread", async (_, document, argv) => {
  place.put("api.yaml", document);
  const alone = await generate(config);
  const assistant = startAssistant(config, { execArgv: argv });
  expect(await assistant.emissions(alone)).toBeUndefined();
  const both = await generate(config, undefined, assistant);
  expect(both.files).toEqual(alone.files);
  expect(both.diagnostics.all).toEqual(alone.diagnostics.all);
  await assistant.dismiss();
});

test("the command takes a second thread for a big document, and nobody can tell", async () => {
  await place.run(["generate", "api.yaml", "--out", "alone"]);
  place.put("api.yaml", `${warned}# ${"x".repeat(1_000_000)}\n`);
  const { code, out, err } = await place.run(["generate", "api.yaml", "--out", "both"]);
  expect(code).toBe(0);
  expect(out).toMatch(/files written/);
  expect(err).toMatch(/fixture-impossible/);
  expect(place.texts("both")).toEqual(place.texts("alone"));
});
