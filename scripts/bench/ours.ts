import path from "node:path";
import type { EmitterName } from "../../generator/emit/emitter.ts";
import type { Contestant } from "./measure.ts";
import type { Bench } from "./section.ts";

/** The built command of this repository, on a document. */
export function ours(bench: Bench, spec: string, name: string, emit: readonly EmitterName[]): Contestant {
  const out = path.join(bench.work, name);
  return {
    script: path.join(bench.root, "dist/cli.js"),
    args: ["generate", spec, "--out", out, "--emit", emit.join(",")],
    out,
  };
}

/** Everything that bears on the wire: what the bars of speed are about. */
export const wholeChain: readonly EmitterName[] = ["types", "client", "server", "validators", "fixtures"];
