import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compile, type CompilerVersion } from "../scripts/compile.ts";

const generated = path.resolve(import.meta.dirname, "../generated");
const folder = mkdtempSync(path.join(tmpdir(), "openapi-triad-generated-"));
for (const part of ["package.json", "src"]) cpSync(path.join(generated, part), path.join(folder, part), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the package in generated/", () => {
  it.each(["5.9", "7"] satisfies CompilerVersion[])("compiles under the harshest flags on TypeScript %s", async (version) => {
    expect(await compile(folder, version, ["src/**/*.ts"])).toEqual([]);
  });
});
