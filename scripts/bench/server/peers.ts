/** The servers that we measure ourselves against, in versions that stay, in a folder of their own. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const versions = {
  "@hono/node-server": "1.19.19",
  "@hono/zod-openapi": "1.6.3",
  express: "5.3.0",
  "express-openapi-validator": "5.6.2",
  fastify: "5.12.8",
  "fastify-openapi-glue": "4.11.4",
  hono: "4.13.19",
  "openapi-backend": "5.21.2",
  zod: "4.6.7",
};

/** Installs the peers with npm, unless they are there in these versions. Throws when npm fails. */
export function installServers(folder: string): string {
  const manifest = JSON.stringify({ name: "servers", private: true, type: "module", dependencies: versions });
  const done = path.join(folder, "node_modules/.installed");
  if (!existsSync(done) || readFileSync(done, "utf8") !== manifest) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "package.json"), manifest);
    const options = ["--no-audit", "--no-fund", "--legacy-peer-deps", "--ignore-scripts", "--loglevel=error"];
    execFileSync("npm", ["install", ...options], { cwd: folder, stdio: "inherit" });
    writeFileSync(done, manifest);
  }
  return folder;
}
