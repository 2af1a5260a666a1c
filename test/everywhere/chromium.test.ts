import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { findChromium, launchChromium } from "../support/chromium.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "openapi-triad-"));
  for (const name of ["google-chrome", "chromium-browser", "no-program"]) await writeFile(path.join(folder, name), "");
  for (const name of ["google-chrome", "chromium-browser"]) await chmod(path.join(folder, name), 0o755);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

afterEach(() => {
  vi.unstubAllEnvs();
});

test("The browser is the one that CHROMIUM_PATH names, else the first on the PATH", () => {
  vi.stubEnv("PATH", ["/nowhere", folder].join(path.delimiter));
  vi.stubEnv("CHROMIUM_PATH", path.join(folder, "google-chrome"));
  expect(findChromium()).toBe(path.join(folder, "google-chrome"));
  vi.stubEnv("CHROMIUM_PATH", "");
  expect(findChromium()).toBe(path.join(folder, "chromium-browser"));
});

test("What CHROMIUM_PATH names has to be a program", () => {
  vi.stubEnv("CHROMIUM_PATH", path.join(folder, "no-program"));
  expect(() => findChromium()).toThrow(`CHROMIUM_PATH is ${path.join(folder, "no-program")}, which is no program.`);
});

test("Without a browser the error names the cure", async () => {
  vi.stubEnv("PATH", "/nowhere");
  vi.stubEnv("CHROMIUM_PATH", "");
  vi.spyOn(process, "platform", "get").mockReturnValue("linux");
  await expect(launchChromium()).rejects.toThrow(/find no Chromium\. Install it .*CHROMIUM_PATH=/);
  vi.restoreAllMocks();
});
