import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineConfig, resolveConfig } from "../generator/config.ts";
import { defaultEmitters, emitterNames, type EmitterName } from "../generator/emit/emitter.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "openapi-triad-config-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const config = (value: unknown): void => writeFileSync(path.join(folder, "openapi-triad.config.json"), JSON.stringify(value));

describe("resolveConfig", () => {
  it("has a default for everything", async () => {
    expect(await resolveConfig(folder, {})).toEqual({
      spec: path.join(folder, "spec/openapi.yaml"),
      out: path.join(folder, "generated"),
      emit: defaultEmitters,
      roots: [],
      allowHosts: [],
      overlays: [],
      package: {},
      formats: {},
    });
  });

  it("makes by default what compiles by itself, and adds to that what is asked", async () => {
    const { emit } = await resolveConfig(folder, {});
    expect(emitterNames.filter((name) => !emit.includes(name))).toEqual(["openapi-fetch", "openapi", "msw"]);
    expect((await resolveConfig(folder, { emit: ["default", "msw", "types"] })).emit).toEqual([...emit, "msw"]);
  });

  it("lets flags win over the file, one by one, and adds up roots", async () => {
    config({
      spec: "a.yaml",
      out: "a",
      emit: ["types"],
      roots: ["../shared"],
      allowHosts: ["a", "b"],
      package: { name: "a", version: "2.0.0" },
    });
    expect(await resolveConfig(folder, { out: "b", roots: ["more"], allowHosts: ["c"], package: { name: "b" } })).toEqual({
      spec: path.join(folder, "a.yaml"),
      out: path.join(folder, "b"),
      emit: ["types"],
      roots: [path.join(folder, "more"), path.resolve(folder, "../shared")],
      allowHosts: ["c", "a", "b"],
      overlays: [],
      package: { name: "b", version: "2.0.0" },
      formats: {},
    });
  });

  it("leaves URLs as they are", async () => {
    expect((await resolveConfig(folder, { spec: "https://example.com/openapi.json" })).spec).toBe(
      "https://example.com/openapi.json",
    );
  });

  it.each([
    [{ spec: 5 }, '"spec" must be a text.'],
    [{ out: "" }, '"out" must be a text.'],
    [{ roots: ["a", 5] }, '"roots" must be a list of texts.'],
    [{ package: "pets" }, '"package" must be an object.'],
    [{ package: { nam: "pets" } }, '"package.nam" is not an option. Did you mean "name"?'],
    [{ package: { version: 1 } }, '"package.version" must be a text.'],
    [
      { formats: { datetime: "Date" } },
      '"formats.datetime" is no format whose type can be chosen; there are date-time, date, unixtime, unix-time, int64, uint64, byte. Did you mean "date-time"?',
    ],
    [{ formats: { "date-time": "date" } }, '"formats.date-time" must be "string" or "Date". Did you mean "Date"?'],
    [{ formats: { int64: 5 } }, '"formats.int64" must be "number" or "bigint".'],
    [{ formats: { constructor: "Date" } }, '"formats.constructor" is no format'],
    [{ constructor: 1 }, '"constructor" is not an option.'],
    [{ emit: [] }, "No artefact is named; there are types,"],
    [{ emit: ["server", "type"] }, '"type" is not an artefact; there are types,'],
  ])("refuses %j in words", async (value, message) => {
    config(value);
    await expect(resolveConfig(folder, {})).rejects.toThrow(message);
    await expect(resolveConfig(folder, {})).rejects.toMatchObject({ name: "UsageError" });
  });
});

describe("defineConfig", () => {
  it("gives back what it is given", () => {
    const emit: readonly EmitterName[] = ["types"];
    expect(defineConfig({ emit })).toEqual({ emit });
  });
});
