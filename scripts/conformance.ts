/**
 * `conformance.ts [SECTION…] [--suite FOLDER] [--update]`: suites written by others, run against what we emit. A score below the one kept in
 * `scripts/conformance/scores.json` fails the run; with `--update` the scores and `docs/conformance.md` are written anew.
 */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { sections } from "./conformance/index.ts";
import type { Outcome, Score } from "./conformance/section.ts";

type Scores = Record<string, Record<string, Score>>;

const kept = fileURLToPath(new URL("conformance/scores.json", import.meta.url));
const page = fileURLToPath(new URL("../docs/conformance.md", import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { suite: { type: "string" }, update: { type: "boolean", default: false } },
});
const unknown = positionals.filter((name) => !(name in sections));
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(", ")}; there are ${Object.keys(sections).join(", ")}.`);
  process.exit(2);
}

const scores = JSON.parse(await readFile(kept, "utf8")) as Scores;
const outcomes: Record<string, Outcome> = {};
let fallen = 0;
for (const [name, section] of Object.entries(sections)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const folder = values.suite ?? section.folder;
  if (folder !== undefined && !existsSync(folder)) {
    console.error(`${name.padEnd(12)}not run: there is no ${folder}`);
    if (positionals.includes(name)) process.exitCode = 1;
    continue;
  }
  const outcome = await section.run(folder ?? "");
  outcomes[name] = outcome;
  for (const [label, score] of Object.entries(outcome.scores)) {
    const before = scores[name]?.[label];
    const fell = before !== undefined && (score.passed < before.passed || score.total < before.total);
    if (fell) fallen += 1;
    console.log(`${name.padEnd(12)}${label.padEnd(44)}${percent(score)}${fell ? `  was ${percent(before)}` : ""}`);
  }
  for (const label of Object.keys(scores[name] ?? {}))
    if (!(label in outcome.scores)) {
      fallen += 1;
      console.log(`${name.padEnd(12)}${label.padEnd(44)}not measured any more`);
    }
}
if (values.update) {
  for (const [name, outcome] of Object.entries(outcomes)) scores[name] = { ...outcome.scores };
  await writeFile(kept, `${JSON.stringify(scores, null, 2)}\n`);
  await writeFile(page, withReports(await readFile(page, "utf8"), outcomes));
} else if (fallen > 0) {
  console.error(
    `${fallen} ${fallen === 1 ? "score" : "scores"} fell. If that is meant, run again with --update and say why in the commit.`,
  );
  process.exitCode = 1;
}

function percent({ passed, total }: Score): string {
  return `${String(passed).padStart(6)} of ${String(total).padEnd(6)}${((100 * passed) / total).toFixed(1).padStart(6)} %`;
}

/** The page with the text under each section's heading replaced; sections that did not run keep theirs. */
function withReports(text: string, reports: Readonly<Record<string, Outcome>>): string {
  const [head = "", ...rest] = text.split(/^(?=## )/m);
  const before = new Map(rest.map((part) => [part.slice(3, part.indexOf("\n")), part]));
  const parts = Object.entries(sections).map(([name, { title }]) => {
    const outcome = reports[name];
    return outcome === undefined ? (before.get(title) ?? "") : `## ${title}\n\n${outcome.report.trim()}\n\n`;
  });
  return `${head.trimEnd()}\n\n${parts.join("")}`.trimEnd() + "\n";
}
