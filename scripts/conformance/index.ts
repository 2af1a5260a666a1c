/** Every suite, by the name that the command line takes, in the order of `docs/conformance.md`. */
import { corpusSection } from "./corpus.ts";
import { fixturesSection } from "./fixtures.ts";
import { prismSection } from "./prism.ts";
import type { Section } from "./section.ts";
import { spector } from "./spector.ts";
import { typesSection } from "./types.ts";
import { validatorsSection } from "./validators.ts";
import { wireSection } from "./wire.ts";

export const sections: Readonly<Record<string, Section>> = {
  types: typesSection,
  validators: validatorsSection,
  fixtures: fixturesSection,
  corpus: corpusSection,
  wire: wireSection,
  spector,
  prism: prismSection,
};
