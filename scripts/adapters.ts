/**
 * The adapters that need more than a package to be tried: Next.js, built and started, and a Worker in workerd. Installs both into a
 * temporary folder (half a GB), mounts the generated server as docs/server.md has it, and makes all calls of `everywhere/smoke.ts` over HTTP.
 * Prints a table; exits 1 when anything is wrong. The other adapters are tried by the tests.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { others, programOf } from "./everywhere/platforms.ts";
import { smokeOverHttp } from "./everywhere/smoke.ts";

const root = path.resolve(import.meta.dirname, "..");
const home = mkdtempSync(path.join(tmpdir(), "openapi-triad-adapters-"));
const packages = ["next@16.4.6", "react@19.2.0", "react-dom@19.2.0"];
const workerd = others.find(({ program }) => program.includes("workerd"));
const running: ChildProcess[] = [];
const wrong: string[] = [];

try {
  if (workerd === undefined) throw new Error("workerd is none of the platforms.");
  writeFileSync(path.join(home, "package.json"), JSON.stringify({ private: true, type: "module" }));
  run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...packages, workerd.package]);
  await build({
    entryPoints: [path.join(root, "scripts/adapters/served.ts")],
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    outfile: path.join(home, "served.js"),
    logLevel: "error",
  });
  const rows = [await tried("Next.js 16.4.6", startNext), await tried(`workerd ${workerd.version}`, startWorker)];
  console.log(`\n| adapter | calls | |\n| --- | --: | --- |\n${rows.join("\n")}\n`);
  for (const problem of wrong) console.error(problem);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  for (const one of running) one.kill();
  rmSync(home, { recursive: true, force: true });
}

async function tried(name: string, start: () => Promise<string>): Promise<string> {
  console.log(name);
  try {
    const url = await start();
    const { calls, problems } = await smokeOverHttp(url);
    const others = await besides(url);
    const found = [...problems, ...others.filter((one) => one !== undefined)];
    wrong.push(...found.map((problem) => `${name}: ${problem}`));
    return `| ${name} | ${calls + others.length} | ${found.length === 0 ? "all as they should be" : `${found.length} wrong`} |`;
  } catch (error) {
    wrong.push(`${name}: ${String(error)}`);
    return `| ${name} | | fails |`;
  }
}

/** What a client does not ask: by what is wrong, or `undefined`. */
async function besides(url: string): Promise<(string | undefined)[]> {
  const query = `${url}/api/environments/1/query/`;
  const headers = { Authorization: "Bearer k", "Content-Type": "application/json" };
  const hit = async (what: string, answer: Promise<Response>, isRight: (answer: Response) => boolean | Promise<boolean>) => {
    const response = await answer;
    return (await isRight(response))
      ? undefined
      : `${what}: ${response.status} ${await response.text().catch(() => "")}`.slice(0, 300);
  };
  const has = (status: number, name?: string, value?: string) => (response: Response) =>
    response.status === status && (name === undefined || response.headers.get(name) === value);
  return [
    await hit("the document", fetch(`${url}/api/openapi.json`), async (response) => {
      const { openapi } = (await response.clone().json()) as { readonly openapi?: string };
      return response.status === 200 && openapi === "3.1.0";
    }),
    await hit("the page", fetch(`${url}/api/docs`), has(200, "content-type", "text/html; charset=utf-8")),
    await hit("a file of the page", fetch(`${url}/api/docs/page.js`), has(200, "content-type", "text/javascript; charset=utf-8")),
    await hit("no credentials", fetch(query, { method: "POST", body: "{}" }), has(401)),
    await hit("a wrong method", fetch(query, { method: "PUT", headers, body: "{}" }), has(405, "allow", "OPTIONS, POST")),
    await hit("OPTIONS", fetch(query, { method: "OPTIONS" }), has(204, "allow", "OPTIONS, POST")),
    await hit("a wrong body", fetch(query, { method: "POST", headers, body: "{}" }), has(400)),
    await hit("no JSON", fetch(query, { method: "POST", headers, body: "{" }), has(400)),
    await hit(
      "a body of gzip",
      fetch(query, { method: "POST", headers: { ...headers, "Content-Encoding": "gzip" }, body: gzipSync("{}") }),
      has(415),
    ),
    await hit("a body that is too long", fetch(query, { method: "POST", headers, body: `"${"x".repeat(1_100_000)}"` }), has(413)),
    await hit(
      "HEAD",
      fetch(`${url}/api/environments/1/session_recordings/`, { method: "HEAD", headers: { ...headers, "X-Answer": "200" } }),
      async (response) => has(200)(response) && (await response.clone().text()) === "",
    ),
    await hit(
      "a path that is none",
      fetch(`${url}/api/nothing`),
      async (response) => response.status === 404 || (await response.clone().text()) === "assets",
    ),
  ];
}

/** The route handlers of docs/server.md, in an application that is built and started. */
async function startNext(): Promise<string> {
  const folder = path.join(home, "app/api/[[...path]]");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, "route.js"),
    `import { createServed, toNext } from "../../../served.js";

const router = createServed();
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toNext(router);
`,
  );
  writeFileSync(
    path.join(home, "app/layout.js"),
    `export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n`,
  );
  // PostHog's paths end with a slash, which Next.js would lead away from.
  writeFileSync(path.join(home, "next.config.mjs"), "export default { skipTrailingSlashRedirect: true };\n");
  const program = path.join(home, "node_modules/next/dist/bin/next");
  run(process.execPath, [program, "build"]);
  const port = await freePort();
  return started([process.execPath, program, "start", "--port", String(port), "--hostname", "127.0.0.1"], port);
}

async function startWorker(): Promise<string> {
  if (workerd === undefined) throw new Error("workerd is none of the platforms.");
  const port = await freePort();
  writeFileSync(
    path.join(home, "worker.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "served.js", esModule = embed "served.js")],
  bindings = [(name = "ASSETS", text = "assets")],
  compatibilityDate = "2025-09-01",
);
`,
  );
  return started([programOf(workerd, home), "serve", "worker.capnp"], port);
}

function run(program: string, argv: readonly string[]): void {
  console.log([path.basename(program), ...argv.map((word) => path.basename(word))].join(" "));
  const { status, stdout, stderr } = spawnSync(program, argv, { cwd: home, encoding: "utf8", env: surroundings() });
  if (status !== 0) throw new Error(`${program} ${argv.join(" ")} exits ${status}\n${stdout}${stderr}`);
}

// Nothing of ours is in the environment, so that a key of the caller's cannot be what is sent.
function surroundings(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
}

/** Starts a server and waits until it answers. */
async function started([program = "", ...argv]: readonly string[], port: number): Promise<string> {
  const child = spawn(program, argv, { cwd: home, env: surroundings(), stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const url = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + 60_000; Date.now() < end && child.exitCode === null;) {
    const isUp = await fetch(`${url}/api/openapi.json`).then(
      () => true,
      () => false,
    );
    if (isUp) return url;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`It does not start: ${printed}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
