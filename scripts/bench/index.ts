/** Every section, by the name that the command line takes, in the order of `docs/benchmarks.md`. */
import { curve } from "./curve.ts";
import { github } from "./github.ts";
import { mock } from "./mock.ts";
import { server } from "./server.ts";
import { size } from "./size.ts";
import { unchanged } from "./unchanged.ts";
import { types } from "./types.ts";
import type { Section } from "./section.ts";

export const sections: Readonly<Record<string, Section>> = { github, curve, unchanged, types, size, server, mock };
