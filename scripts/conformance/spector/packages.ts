/** TypeSpec's Spector and what compiles its specs, installed into a folder of the system's temporary files; npm is asked once. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

// 1.10 is the last compiler for Node 20, and the specs are written for the libraries of 1.9.
const versions: Readonly<Record<string, string>> = {
  "@typespec/compiler": "1.9.0",
  "@typespec/http": "1.9.0",
  "@typespec/openapi": "1.9.0",
  "@typespec/openapi3": "1.9.0",
  "@typespec/json-schema": "1.9.0",
  "@typespec/rest": "0.79.0",
  "@typespec/versioning": "0.79.0",
  "@typespec/xml": "0.79.0",
  "@typespec/streams": "0.79.0",
  "@typespec/events": "0.79.0",
  "@typespec/sse": "0.79.0",
  "@typespec/http-specs": "0.1.0-alpha.33-dev.3",
  "@typespec/spector": "0.1.0-alpha.24-dev.2",
};

/** The version of the suite, for the page that tells its scores. */
export const suiteVersion = versions["@typespec/http-specs"] ?? "";

/** Installs the packages unless they are there already, and returns the folder that holds `node_modules`. */
export async function installSpector(): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(versions)).digest("hex").slice(0, 12);
  const home = path.join(tmpdir(), `openapi-triad-spector-${hash}`);
  const ready = path.join(home, "ready");
  if (await exists(ready)) return home;
  await mkdir(home, { recursive: true });
  await writeFile(path.join(home, "package.json"), JSON.stringify({ private: true, type: "module", dependencies: versions }));
  // Without peers: the suite asks for ranges of development versions that no registry holds any more.
  const flags = ["--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
  await run("npm", ["install", ...flags], { cwd: home, maxBuffer: 1 << 26 });
  // Spector asks git which commit of its specs it serves, and does not start without an answer.
  await run("git", ["init", "--quiet"], { cwd: home });
  const author = ["-c", "user.name=conformance", "-c", "user.email=conformance@localhost", "-c", "commit.gpgsign=false"];
  await run("git", [...author, "commit", "--quiet", "--allow-empty", "--message", "Installed"], { cwd: home });
  await writeFile(ready, "");
  return home;
}

/** The folder of the specs, each with its `main.tsp`. */
export function specsFolder(home: string): string {
  return path.join(home, "node_modules/@typespec/http-specs/specs");
}

/** The program of Spector, to be run with Node. */
export function spectorProgram(home: string): string {
  return path.join(home, "node_modules/@typespec/spector/cmd/cli.mjs");
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
