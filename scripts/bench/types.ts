import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { resolveConfig } from "../../generator/config.ts";
import { compare, write } from "../../generator/output/write.ts";
import { generate } from "../../generator/pipeline.ts";
import { table } from "./measure.ts";
import type { Section } from "./section.ts";
import { countInstantiations, githubPrograms } from "./type-cost.ts";

/** What four calls against GitHub's API cost the compiler. Counted, not timed. */
export const types: Section = {
  title: "What a client costs the compiler",
  async run(bench) {
    const out = path.join(bench.work, "types");
    await mkdir(out, { recursive: true });
    const config = await resolveConfig(out, {
      spec: path.join(bench.corpus, "github.json"),
      out,
      emit: ["client", "paths-client"],
    });
    const { files = [] } = await generate(config);
    await write(out, files, await compare(out, files));
    await writeFile(path.join(out, "package.json"), `{ "type": "module" }`);
    const empty = await countInstantiations(out, "export {};\n");
    const resource = await countInstantiations(out, githubPrograms.resource("."));
    const byPath = await countInstantiations(out, githubPrograms.path("."));
    const ownPath = await countInstantiations(out, githubPrograms.ownPath("."));
    const rows = [
      ["an empty program, with the DOM", empty],
      ["resource style", resource],
      ["path style", byPath],
      ["path style, on its own", ownPath],
    ].map(([name, count]) => [String(name), count === undefined ? "" : count.toLocaleString("en-US")]);
    return `Type instantiations of a whole program with four calls against GitHub's API, TypeScript 5.9, strict, \`skipLibCheck\` off, the sources of the client included.\n\n${table(["program", "instantiations"], rows)}`;
  },
};
