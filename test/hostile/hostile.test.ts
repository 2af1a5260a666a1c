import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { hostile } from "./documents.ts";

// The real command line, in a process of its own, with little memory and a stack like anybody's.
const tool = fileURLToPath(new URL("../../generator/cli.ts", import.meta.url));
const timeout = 90_000;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("a hostile document neither hangs nor crashes the tool", { timeout: 3 * timeout }, () => {
  it.each(hostile)("$name", async ({ file, text, commands = ["generate"], problem, works = problem === undefined }) => {
    const folder = newFolder();
    writeFileSync(path.join(folder, file), text());
    const told: string[] = [];
    for (const command of commands) {
      const { code, output } = await run(folder, command, file);
      told.push(output);
      // An example that its schema refuses is an error to lint alone.
      if (command !== "lint" || !works) expect(code, output.slice(0, 2000)).toBe(works ? 0 : 1);
      expect([0, 1], output.slice(0, 2000)).toContain(code);
    }
    if (problem !== undefined) expect(told.join("\n")).toContain(`  ${problem}  `);
    expect(readdirSync(folder).filter((name) => name !== file && name !== "generated")).toEqual([]);
  });
});

describe("a reference stays inside the roots", { timeout }, () => {
  const document = (reference: string): string =>
    `openapi: 3.1.0\ninfo: { title: a, version: "1" }\npaths: {}\ncomponents: { schemas: { A: { $ref: '${reference}' } } }\n`;
  const lay = (): string => {
    const folder = newFolder();
    mkdirSync(path.join(folder, "api/schemas"), { recursive: true });
    mkdirSync(path.join(folder, "secret"));
    writeFileSync(path.join(folder, "secret/key.yaml"), "type: string\ndescription: SECRET\n");
    writeFileSync(path.join(folder, "api/schemas/own.yaml"), "type: string\n");
    symlinkSync("../../secret/key.yaml", path.join(folder, "api/schemas/link.yaml"));
    symlinkSync("../secret", path.join(folder, "api/folder"));
    symlinkSync("own.yaml", path.join(folder, "api/schemas/inner.yaml"));
    symlinkSync("api", path.join(folder, "elsewhere"));
    return folder;
  };

  it.each([
    ["schemas/link.yaml", "reference-outside-roots"],
    ["folder/key.yaml", "reference-outside-roots"],
    ["../secret/key.yaml", "reference-outside-roots"],
    ["%2e%2e/secret/key.yaml", "reference-outside-roots"],
    ["..%2fsecret%2fkey.yaml", "reference-outside-roots"],
    ["schemas/../../secret/key.yaml", "reference-outside-roots"],
    ["/etc/passwd", "reference-outside-roots"],
    ["..\\secret\\key.yaml", "reference-outside-roots"],
    ["file:../secret/key.yaml", "reference-to-url-refused"],
    ["file:///etc/passwd", "reference-to-url-refused"],
  ])("%s is refused", async (reference, problem) => {
    const folder = lay();
    writeFileSync(path.join(folder, "api/a.yaml"), document(reference));
    const { code, output } = await run(folder, "generate", "api/a.yaml");
    expect(code).toBe(1);
    expect(output).toContain(`api/a.yaml:4:37  error  ${problem}  `);
    expect(output).not.toContain("SECRET");
  });

  it("links within them, and on the way to them, are followed", async () => {
    const folder = lay();
    writeFileSync(path.join(folder, "api/a.yaml"), document("schemas/inner.yaml"));
    expect((await run(folder, "lint", "elsewhere/a.yaml")).code).toBe(0);
    writeFileSync(path.join(folder, "api/a.yaml"), document("schemas/link.yaml"));
    expect((await run(folder, "lint", "api/a.yaml")).code).toBe(1);
    expect((await run(folder, "lint", "api/a.yaml", "--root", "secret")).code).toBe(0);
    writeFileSync(path.join(folder, "api/a.yaml"), document("../secret/key.yaml"));
    expect((await run(folder, "lint", "api/a.yaml", "--root", "secret")).code).toBe(0);
  });
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "openapi-triad-hostile-"));
  folders.push(folder);
  return folder;
}

function run(
  cwd: string,
  command: string,
  file: string,
  ...more: readonly string[]
): Promise<{ readonly code: number | string | null; readonly output: string }> {
  const argv = ["--max-old-space-size=1024", "--import", import.meta.resolve("tsx"), tool, command, file, ...more];
  const { NODE_OPTIONS: _, FORCE_COLOR: __, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, argv, { cwd, env, timeout, killSignal: "SIGKILL", maxBuffer: 2 ** 28 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal ?? null), output: `${out}${err}` });
    });
  });
}
