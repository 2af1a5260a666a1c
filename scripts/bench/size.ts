import { execFileSync } from "node:child_process";
import path from "node:path";
import { bundle, type Bundle } from "../bundle.ts";
import { table } from "./measure.ts";
import type { Section } from "./section.ts";

/** What a page loads for one GET: bundled by esbuild, minified, for the browser. Counted, not timed. */
export const size: Section = {
  title: "What a client costs a page",
  async run(bench) {
    const generated = path.join(bench.root, "generated/src");
    const own = await Promise.all(
      Object.entries(oneGet).map(async ([name, program]) => row(`**${name}**`, await bundle(program("."), generated))),
    );
    const fetched = await bundle(
      `import createClient from "openapi-fetch";\nconsole.log(await createClient({ baseUrl: "https://example.com" }).GET("/things/{id}"));`,
      bench.root,
    );
    const rows = [...own, row(`openapi-fetch ${versionOf(bench.root, "openapi-fetch")}`, fetched)];
    return `One GET, bundled by esbuild ${versionOf(bench.root, "esbuild")} (minified, ESM, for the browser), in bytes. Others,
measured before with clients of their own, in gzip: hey-api 0.99 4.0 KB, Redocly CLI 2.77 7.0 KB, SDKs of Stainless 10.3 KB.\n\n${table(["client", "minified", "gzip"], rows)}`;
  },
};

/** A program with one GET in each style; the argument is the folder of the generated sources. */
export const oneGet = {
  "path style, on its own": (sources: string): string =>
    `import { createClient } from "${sources}/runtime/path-style/client.ts";
console.log(await createClient({ baseUrl: "https://example.com" }).GET("/things/{id}"));`,
  "path style, of the environments API": (sources: string): string =>
    `import { createClient } from "${sources}/paths-client.ts";
console.log(await createClient().GET("/api/environments/{project_id}/session_recordings/{id}/", { params: { path: { project_id: "1", id: "x" } } }));`,
  "resource style, slim, of the environments API": (sources: string): string =>
    `import { createClient } from "${sources}/slim.ts";
import { retrieve } from "${sources}/resources/session-recordings.ts";
console.log(await createClient({ projectId: "1" }, { retrieve }).retrieve("x"));`,
  "resource style, slim, a list with pages": (sources: string): string =>
    `import { createClient } from "${sources}/slim.ts";
import { list } from "${sources}/resources/session-recordings.ts";
for await (const { id } of createClient({ projectId: "1" }, { list }).list()) console.log(id);`,
  "resource style, the whole environments API": (sources: string): string =>
    `import { createClient } from "${sources}/index.ts";
console.log(await createClient({ projectId: "1" }).sessionRecordings.retrieve("x"));`,
} as const;

function row(name: string, { minified, gzip }: Bundle): string[] {
  return [name, minified.toLocaleString("en"), gzip.toLocaleString("en")];
}

function versionOf(root: string, name: string): string {
  const program = `console.log(JSON.parse(require("node:fs").readFileSync("node_modules/${name}/package.json", "utf8")).version)`;
  return execFileSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" }).trim();
}
