/**
 * The published client and server wherever `fetch` is, and the tool on each Node that it is for. Installs the platforms into a temporary
 * folder, makes all calls of `everywhere/smoke.ts` on each, over HTTP and with the server on the same platform; generates our contract
 * with each Node, and compares. Prints a table; exits 1 when anything is wrong.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { serve } from "../generated/src/runtime/server/node.ts";
import { launchChromium } from "../test/support/chromium.ts";
import { openPage } from "../test/support/page.ts";
import { execute, nodes, others, programOf, type Platform } from "./everywhere/platforms.ts";
import { answeringRouter, withCors } from "./everywhere/router.ts";
import type { Smoke, smokeInProcess, smokeOverHttp } from "./everywhere/smoke.ts";

interface Both {
  readonly overHttp: Smoke;
  readonly inProcess: Smoke;
}

const root = path.resolve(import.meta.dirname, "..");
const home = mkdtempSync(path.join(tmpdir(), "openapi-triad-everywhere-"));
const smoke = path.join(root, "scripts/everywhere/smoke.ts");
const wrong: string[] = [];
const server = await serve(withCors(answeringRouter()), { port: 0 });

try {
  install();
  await bundleSmoke();
  const rows: string[] = [];
  for (const platform of [...nodes, ...others])
    rows.push(await rowOf(`${platform.name} ${platform.version}`, () => tryOn(platform)));
  rows.push(await tryInChromium());
  console.log(`\n| platform | calls over HTTP | calls in process | |\n| --- | --: | --: | --- |\n${rows.join("\n")}\n`);
  compareOutputs(await Promise.all(nodes.map(generateOn)));
  for (const problem of wrong) console.error(problem);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await server.close();
  rmSync(home, { recursive: true, force: true });
}

/** Installs the platforms, and the tool as it is published. No scripts of packages are run. */
function install(): void {
  npm(root, "pack", "--pack-destination", home);
  const tool = readdirSync(home).find((name) => name.endsWith(".tgz")) ?? "";
  writeFileSync(path.join(home, "package.json"), JSON.stringify({ private: true, type: "module" }));
  npm(
    home,
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    `./${tool}`,
    ...[...nodes, ...others].map((one) => one.package),
  );
}

function npm(cwd: string, ...argv: readonly string[]): void {
  console.log(`npm ${argv.map((word) => path.basename(word)).join(" ")}`);
  const { status, stdout, stderr } = spawnSync("npm", argv, { cwd, encoding: "utf8", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`npm ${argv.join(" ")} exits ${status}\n${stdout}${stderr}`);
}

/** One module for all: what a user's bundler makes of the client for browsers. Workers may do nothing while a module is loaded. */
async function bundleSmoke(): Promise<void> {
  const contents = `import { smokeInProcess, smokeOverHttp } from ${JSON.stringify(smoke)};
export async function report() {
  console.log(JSON.stringify({ inProcess: await smokeInProcess(), overHttp: await smokeOverHttp(${JSON.stringify(server.url)}) }));
}`;
  writeFileSync(path.join(home, "main.js"), `import { report } from "./smoke.js";\nawait report();\n`);
  await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    outfile: path.join(home, "smoke.js"),
    logLevel: "error",
  });
}

async function tryOn(platform: Platform): Promise<Both> {
  const printed = await platform.run(programOf(platform, home), home);
  // workerd tells of its tests beside what they print.
  return JSON.parse(printed.split("\n").find((line) => line.startsWith("{")) ?? "") as Both;
}

async function tryInChromium(): Promise<string> {
  const browser = await launchChromium();
  const opened: { close(): Promise<void> }[] = [browser];
  try {
    const page = await openPage<{ smokeInProcess: typeof smokeInProcess; smokeOverHttp: typeof smokeOverHttp }>({
      browser,
      program: path.join(root, "test/browser/pages/contract.ts"),
    });
    opened.unshift(page);
    return await rowOf(`Chromium ${browser.version()}`, async () => ({
      inProcess: await page.run("smokeInProcess"),
      overHttp: await page.run("smokeOverHttp", server.url),
    }));
  } finally {
    for (const one of opened) await one.close();
  }
}

async function rowOf(name: string, attempt: () => Promise<Both>): Promise<string> {
  console.log(name);
  try {
    const { overHttp, inProcess } = await attempt();
    const problems = [...overHttp.problems, ...inProcess.problems];
    wrong.push(...problems.map((problem) => `${name}: ${problem}`));
    return `| ${name} | ${overHttp.calls} | ${inProcess.calls} | ${problems.length === 0 ? "all as they should be" : `${problems.length} wrong`} |`;
  } catch (error) {
    wrong.push(`${name}: ${String(error)}`);
    return `| ${name} | | | fails |`;
  }
}

/** Generates our contract with the tool on a Node; the hash of each file. */
async function generateOn(platform: Platform): Promise<string> {
  const out = path.join(home, `generated-${platform.version}`);
  const cli = path.join(home, "node_modules/openapi-triad/dist/cli.js");
  const spec = path.join(root, "spec/openapi.yaml");
  await execute(programOf(platform, home), [cli, "generate", spec, "--out", out, "--no-cache"], home);
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const lines = files.map((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return `${createHash("sha256").update(readFileSync(file)).digest("hex")} ${path.relative(out, file)}`;
  });
  return lines.sort().join("\n");
}

function compareOutputs(outputs: readonly string[]): void {
  const [first = "", ...rest] = outputs.map((output) => output.split("\n"));
  const names = nodes.map(({ version }) => version).join(", ");
  const differing = rest.flatMap((lines) =>
    lines.filter((line) => !first.includes(line)).concat([...first].filter((line) => !lines.includes(line))),
  );
  if (differing.length === 0 && outputs[0] !== "")
    console.log(`The tool writes the same ${first.length} files on Node ${names}.`);
  else
    wrong.push(
      `On Node ${names} the tool writes what differs: ${[...new Set(differing.map((line) => line.split(" ")[1]))].join(", ")}`,
    );
}
