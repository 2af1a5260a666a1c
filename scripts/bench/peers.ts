/** The generators that we measure ourselves against, in versions that stay, in a folder of their own. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const versions = {
  "@hey-api/openapi-ts": "0.99.0",
  "@redocly/cli": "2.77.0",
  "openapi-typescript": "7.13.0",
  orval: "8.38.0",
  // The newer of them need it, and so all run on it, we too.
  node: "24.21.0",
  typescript: "5.9.3",
} as const;

export type PeerName = Exclude<keyof typeof versions, "node" | "typescript">;

export interface Peers {
  /** The program that everything runs on. */
  readonly node: string;
  readonly nodeVersion: string;
  /** The script of a peer's command. */
  script(peer: PeerName): string;
  /** Its name and version, for people. */
  label(peer: PeerName): string;
}

const scripts: Readonly<Record<PeerName, string>> = {
  // What `bin/run.js` starts as a process of its own, which could not be measured from outside.
  "@hey-api/openapi-ts": "dist/run.mjs",
  "@redocly/cli": "bin/cli.js",
  "openapi-typescript": "bin/cli.js",
  orval: "dist/bin/orval.mjs",
};

/** Installs the peers with npm, unless they are there in these versions. Throws when npm fails. */
export function installPeers(folder: string): Peers {
  const manifest = JSON.stringify({ name: "peers", private: true, type: "module", dependencies: versions }, undefined, 2);
  const file = path.join(folder, "package.json");
  const done = path.join(folder, "node_modules/.installed");
  if (!existsSync(done) || readFileSync(done, "utf8") !== manifest) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, manifest);
    // The package `node` brings its binary by an install script.
    const options = ["--no-audit", "--no-fund", "--legacy-peer-deps", "--loglevel=error"];
    execFileSync("npm", ["install", ...options], { cwd: folder, stdio: "inherit" });
    writeFileSync(done, manifest);
  }
  const installed = (...parts: string[]): string => path.join(folder, "node_modules", ...parts);
  return {
    node: installed("node/bin/node"),
    nodeVersion: versions.node,
    script: (peer) => installed(peer, scripts[peer]),
    label: (peer) => `${peer} ${versions[peer]}`,
  };
}
