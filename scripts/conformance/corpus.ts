/** Whether the fixtures of real documents are valid by Ajv: every component, every request and response, every pattern. */
import path from "node:path";
import { documentsOf } from "../corpus/documents.ts";
import { judgeDocument, type Judged } from "./fixtures/documents.ts";
import type { Outcome, Score, Section } from "./section.ts";

export const corpusSection: Section = { title: "Fixtures of real documents", folder: "../shared/corpus", run };

async function run(folder: string): Promise<Outcome> {
  const judged: Judged[] = [];
  for (const file of await documentsOf([path.resolve(folder)])) judged.push(await judgeDocument(file));
  const scores = judged.flatMap(({ name, components, messages, patterns, edges, variations }): [string, Score][] => [
    [name, { passed: components.passed + messages.passed, total: components.total + messages.total }],
    ...(patterns.total === 0 ? [] : [[`${name}, patterns`, patterns] as [string, Score]]),
    ...(edges.total === 0 ? [] : [[`${name}, edges`, edges] as [string, Score]]),
    ...(variations.total === 0 ? [] : [[`${name}, variations`, variations] as [string, Score]]),
  ]);
  return { scores: Object.fromEntries(scores), report: reportOf(judged) };
}

/** More places of one document than these are not listed. */
const most = 12;

function reportOf(judged: readonly Judged[]): string {
  const cell = ({ passed, total }: Score): string => (total === 0 ? "" : `${passed} of ${total}`);
  return [
    "Each component, three samples for either direction; each request by media type; each response by status and media type; each of",
    "their edges; and each component and JSON body as factories vary it, for seven numbers and seeds (*variations*). Ajv 8 (with",
    "ajv-formats) judges them by the normalized document. It takes `oneOf` to the letter: of `discriminator` it knows nothing. *None* is",
    "a fixture that is not made, which `generate` reports as `fixture-impossible`; *invalid* is one of a `oneOf` of which several members match whatever",
    "the value, and the discriminator's word counts (docs/decisions/0007-discriminators.md).",
    "",
    "| document | components | messages | patterns | edges | variations |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...judged.map(
      ({ name, components, messages, patterns, edges, variations }) =>
        `| ${[name, ...[components, messages, patterns, edges, variations].map(cell)].join(" | ")} |`,
    ),
    ...judged.filter(({ faults }) => faults.length > 0).flatMap(({ name, faults }) => ["", `**${name}**`, "", ...listOf(faults)]),
  ].join("\n");
}

function listOf(faults: readonly string[]): string[] {
  const lines = faults.slice(0, most).map((fault) => `- ${fault.slice(0, 160).replaceAll("|", "\\|").trim()}`);
  return faults.length > most ? [...lines, `- … and ${faults.length - most} more`] : lines;
}
