/**
 * `bench.ts [SECTION…] [--corpus FOLDER] [--rounds N] [--update]`: what a run of the generator costs, beside those of others. Sections
 * are in `scripts/bench/`; without a name, all of them run. With `--update`, `docs/benchmarks.md` gets the reports of those that ran.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { sections } from "./bench/index.ts";
import { installPeers } from "./bench/peers.ts";

const root = path.resolve(import.meta.dirname, "..");
const page = path.join(root, "docs/benchmarks.md");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: "string", default: "corpus" },
    rounds: { type: "string", default: "5" },
    update: { type: "boolean", default: false },
  },
});
const unknown = positionals.filter((name) => !Object.hasOwn(sections, name));
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(", ")}; there are ${Object.keys(sections).join(", ")}.`);
  process.exit(2);
}

const corpus = path.resolve(values.corpus);
if (!existsSync(path.join(corpus, "github.json"))) {
  console.error(`There is no github.json in ${corpus}: give the folder that holds GitHub's description with --corpus.`);
  process.exit(2);
}

// What is published is what is measured.
execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" });
const peers = installPeers(path.join(root, "node_modules/.cache/openapi-triad-bench"));
const work = await mkdtemp(path.join(tmpdir(), "openapi-triad-bench-"));
try {
  const bench = { root, work, peers, corpus, rounds: Number(values.rounds) };
  for (const [name, section] of Object.entries(sections)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const report = await section.run(bench);
    console.log(`## ${section.title}\n\n${report.trim()}\n`);
    if (values.update) await writeFile(page, withReport(await readFile(page, "utf8"), section.title, report));
  }
} finally {
  await rm(work, { recursive: true, force: true });
}

/** The page with the text under a section's heading replaced, in the order of the sections; others keep theirs. */
function withReport(text: string, title: string, report: string): string {
  const [head = "", ...rest] = text.split(/^(?=## )/m);
  const parts = new Map(rest.map((part) => [part.slice(3, part.indexOf("\n")), part.trim()]));
  parts.set(title, `## ${title}\n\n${report.trim()}`);
  const known = Object.values(sections).flatMap((section) => parts.get(section.title) ?? []);
  return `${[head.trim(), ...known].join("\n\n")}\n`;
}
