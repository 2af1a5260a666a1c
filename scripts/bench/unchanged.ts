import path from "node:path";
import { circumstances, measure, seconds, table } from "./measure.ts";
import { ours, wholeChain } from "./ours.ts";
import type { Section } from "./section.ts";

/** A second run on a folder that a first one has just written, with nothing changed between. */
export const unchanged: Section = {
  title: "A run with nothing changed",
  async run(bench) {
    const documents = [
      { name: "the contract of this repository", spec: path.join(bench.root, "spec/openapi.yaml"), out: "contract" },
      { name: "GitHub's API", spec: path.join(bench.corpus, "github.json"), out: "unchanged" },
    ];
    const contestants = documents.map(({ spec, out }) => ours(bench, spec, out, wholeChain));
    const firsts = await measure({ ...bench, rounds: 1 }, contestants);
    const again = await measure(
      bench,
      contestants.map((one) => ({ ...one, keepsOutput: true })),
    );
    const rows = documents.map(({ name }, index) => [
      name,
      seconds(firsts[index]?.wall ?? 0),
      seconds(again[index]?.wall ?? 0),
      seconds(again[index]?.cpu ?? 0),
    ]);
    return `${circumstances(bench)}\n\n${table(["document", "first run, wall", "next run, wall", "next run, CPU"], rows)}`;
  },
};
