import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lintProblems } from "../generator/diagnostics/catalogue/lint.ts";
import { printDiagnostics } from "../generator/diagnostics/print.ts";
import { check } from "./support/check.ts";

// Each folder is named for the problem that its document has; expected.txt is what people see, byte for byte.
// After a change of a message, `UPDATE=1 npx vitest run test/problems` rewrites the files: read the difference.
const folder = join(import.meta.dirname, "problems");
const cases = readdirSync(folder).sort();

describe("problems", () => {
  test.each(cases)("%s is told with its place and its cure", async (code) => {
    const cwd = join(folder, code);
    const { diagnostics, sources } = await check(
      join(cwd, ["spec.yaml", "spec.json", "openapi.yaml"].find((name) => existsSync(join(cwd, name))) ?? "spec.yaml"),
      Object.hasOwn(lintProblems, code),
    );
    const printed = printDiagnostics(diagnostics, { sources, cwd }).replaceAll(folder, "…");
    if (process.env["UPDATE"] === "1") writeFileSync(join(cwd, "expected.txt"), printed);
    expect(printed).toBe(readFileSync(join(cwd, "expected.txt"), "utf8"));
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code.replace(/\+.*$/, ""));
  });
});
