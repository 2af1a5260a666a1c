/** Every suite, by the name that the command line takes, in the order of `docs/conformance.md`. */
import { fixturesSection } from "./fixtures.ts";
import type { Section } from "./section.ts";
import { spector } from "./spector.ts";
import { typesSection } from "./types.ts";
import { validatorsSection } from "./validators.ts";
import { wireSection } from "./wire.ts";

export const sections: Readonly<Record<string, Section>> = {
  types: typesSection,
  validators: validatorsSection,
  fixtures: fixturesSection,
  wire: wireSection,
  spector,
};
