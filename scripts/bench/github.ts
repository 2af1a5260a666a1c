import path from "node:path";
import { circumstances, measure, megabytes, seconds, table, type Contestant } from "./measure.ts";
import { ours, wholeChain } from "./ours.ts";
import type { PeerName } from "./peers.ts";
import type { Bench, Section } from "./section.ts";

interface Row {
  readonly name: string;
  readonly makes: string;
  readonly contestant: Contestant;
}

/** GitHub's document, through us and through the others. */
export const github: Section = {
  title: "GitHub's API",
  async run(bench) {
    const spec = path.join(bench.corpus, "github.json");
    const rows: readonly Row[] = [
      {
        name: "**openapi-triad**",
        makes: "types, client, server, validators, fixtures",
        contestant: ours(bench, spec, "whole", wholeChain),
      },
      { name: "openapi-triad", makes: "types, client", contestant: ours(bench, spec, "client", ["types", "client"]) },
      ...others(bench, spec),
    ];
    const costs = await measure(
      bench,
      rows.map(({ contestant }) => contestant),
    );
    const [first] = costs;
    const times = (value: number, base = 1): string => `${(value / base).toFixed(2)}×`;
    const body = table(
      ["generator", "makes", "wall", "CPU", "peak memory", "written", "wall, to ours", "CPU, to ours", "memory, to ours"],
      costs.map((cost, index) => [
        rows[index]?.name ?? "",
        rows[index]?.makes ?? "",
        seconds(cost.wall),
        seconds(cost.cpu),
        megabytes(cost.memory),
        megabytes(cost.written),
        times(cost.wall, first?.wall),
        times(cost.cpu, first?.cpu),
        times(cost.memory, first?.memory),
      ]),
    );
    return `One JSON file of 13 MB with 1,223 operations, each generator as its command line runs it. ${circumstances(bench)}\n\n${body}`;
  },
};

function others(bench: Bench, spec: string): Row[] {
  const peer = (name: PeerName, makes: string, out: string, args: (out: string) => readonly string[]): Row => {
    const place = path.join(bench.work, out);
    return {
      name: bench.peers.label(name),
      makes,
      contestant: { script: bench.peers.script(name), args: args(place), out: place },
    };
  };
  return [
    peer("@redocly/cli", "types, client", "redocly.ts", (out) => ["generate-client", spec, "--output", out]),
    peer("openapi-typescript", "types", "types.ts", (out) => [spec, "--output", out]),
    peer("@hey-api/openapi-ts", "types, client", "hey-api", (out) => [
      ...["--input", spec, "--output", out, "--no-log-file"],
      ...["--plugins", "@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch"],
    ]),
    peer("orval", "types, client", "orval.ts", (out) => ["--input", spec, "--output", out, "--client", "fetch"]),
  ];
}
