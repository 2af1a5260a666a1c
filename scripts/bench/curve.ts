import { writeFile } from "node:fs/promises";
import path from "node:path";
import { circumstances, measure, megabytes, seconds, table } from "./measure.ts";
import { ours, wholeChain } from "./ours.ts";
import type { Section } from "./section.ts";
import { syntheticDocument } from "./synthetic.ts";

const sizes = [100, 300, 1000, 3000, 10_000];

/** Made-up documents of one kind and of many sizes: what an operation costs must not depend on how many there are. */
export const curve: Section = {
  title: "From 100 to 10,000 operations",
  async run(bench) {
    const contestants = [];
    for (const size of sizes) {
      const spec = path.join(bench.work, `synthetic-${size}.json`);
      await writeFile(spec, JSON.stringify(syntheticDocument(size)));
      contestants.push(ours(bench, spec, `curve-${size}`, wholeChain));
    }
    const costs = await measure(bench, contestants);
    const start = costs[0];
    const rows = costs.map((cost, index) => {
      const size = sizes[index] ?? 1;
      // The first row holds the start of the program, which all share; beyond it, what is left is the operations' own.
      const own = index === 0 ? undefined : (cost.cpu - (start?.cpu ?? 0)) / (size - (sizes[0] ?? 0));
      return [
        size.toLocaleString("en"),
        seconds(cost.wall),
        seconds(cost.cpu),
        own === undefined ? "" : `${(own * 1000).toFixed(2)} ms`,
        megabytes(cost.memory),
        megabytes(cost.written),
      ];
    });
    const head = ["operations", "wall", "CPU", "CPU of each operation beyond the first 100", "peak memory", "written"];
    return `Types, client, server, validators and fixtures of made-up documents: five operations and three schemas a resource, each
resource referring to others. ${circumstances(bench)}\n\n${table(head, rows)}`;
  },
};
