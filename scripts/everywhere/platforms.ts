/** The platforms that npm has programs of, and how each runs a module. */
import { execFile } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

export interface Platform {
  readonly name: string;
  readonly version: string;
  /** What is installed, as npm reads it. */
  readonly package: string;
  /** The program, from `node_modules`; `*` is what differs between systems. */
  readonly program: string;
  /** Runs `report` of `smoke.js` in a folder, where `main.js` calls it; gives what is printed. */
  run(program: string, folder: string): Promise<string>;
}

const system = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
const suffix = process.platform === "win32" ? ".exe" : "";

function node(version: string): Platform {
  const major = version.split(".", 1)[0] ?? "";
  return {
    name: "Node",
    version,
    package: `node${major}@npm:node-${system}@${version}`,
    program: `node${major}/bin/node${suffix}`,
    run: (program, folder) => execute(program, ["main.js"], folder),
  };
}

/** The Nodes that the packages are for: the first of 20 that they may run on, and the last of each line that was tried. */
export const nodes: readonly Platform[] = [node("20.19.5"), node("22.23.3"), node("24.21.0")];

export const others: readonly Platform[] = [
  {
    name: "Deno",
    version: "2.9.6",
    package: "deno@2.9.6",
    program: `@deno/*/deno${suffix}`,
    // Loopback, and nothing else: neither the environment nor the disk.
    run: (program, folder) =>
      execute(program, ["run", "--quiet", "--no-prompt", "--no-config", "--allow-net=127.0.0.1", "main.js"], folder),
  },
  {
    name: "Bun",
    version: "1.4.5",
    package: "bun@1.4.5",
    program: `@oven/*/bin/bun${suffix}`,
    run: (program, folder) => execute(program, ["run", "main.js"], folder),
  },
  {
    name: "Cloudflare Workers (workerd)",
    version: "1.20261117.1",
    package: "workerd@1.20261117.1",
    program: `@cloudflare/workerd-*/bin/workerd${suffix}`,
    run: runWorker,
  },
];

/** The path of an installed program. Throws an Error when it was not installed, as where a platform is not for this system. */
export function programOf(platform: Platform, home: string): string {
  let found = path.join(home, "node_modules");
  for (const part of platform.program.split("/")) {
    const [start, end] = part.split("*");
    const name = end === undefined ? part : readdirSync(found).find((one) => one.startsWith(start ?? "") && one.endsWith(end));
    if (name === undefined) throw new Error(`${platform.package} has no program for ${system}.`);
    found = path.join(found, name);
  }
  return found;
}

// A Worker is no program, but a test may be run as one. It has no flags: no `nodejs_compat`, and so nothing of Node.
async function runWorker(program: string, folder: string): Promise<string> {
  const worker = `import { report } from "./smoke.js";\nexport default { test: report };\n`;
  writeFileSync(path.join(folder, "worker.js"), worker);
  writeFileSync(
    path.join(folder, "worker.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [
  (name = "main", worker = .main),
  (name = "internet", network = (allow = ["private", "local"])),
]);
const main :Workerd.Worker = (modules = [
  (name = "worker.js", esModule = embed "worker.js"),
  (name = "smoke.js", esModule = embed "smoke.js"),
], compatibilityDate = "2025-09-01");
`,
  );
  return execute(program, ["test", "worker.capnp"], folder);
}

const executeFile = promisify(execFile);

/** What a program prints. Rejects with all of it when it fails. */
export async function execute(program: string, argv: readonly string[], cwd: string): Promise<string> {
  // Nothing of ours is in the environment, so that a key of the caller's cannot be what is sent.
  const { PATH, HOME, SystemRoot } = process.env;
  const { stdout } = await executeFile(program, argv, {
    cwd,
    env: { PATH, HOME, SystemRoot },
    maxBuffer: 1 << 26,
    timeout: 120_000,
  });
  return stdout;
}
