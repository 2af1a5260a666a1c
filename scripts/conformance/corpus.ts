/** Whether the fixtures of real documents are valid by Ajv: every component, every request and response, every pattern. */
import path from "node:path";
import { documentsOf } from "../corpus/documents.ts";
import { judgeDocument, type Judged } from "./fixtures/documents.ts";
import type { Outcome, Score, Section } from "./section.ts";

export const corpusSection: Section = { title: "Fixtures of real documents", folder: "../shared/corpus", run };

async function run(folder: string): Promise<Outcome> {
  const judged: Judged[] = [];
  for (const file of await documentsOf([path.resolve(folder)])) judged.push(await judgeDocument(file));
  const scores = judged.flatMap(({ name, components, messages, patterns, edges, variations, ...apart }): [string, Score][] => [
    [name, { passed: components.passed + messages.passed, total: components.total + messages.total }],
    ...(patterns.total === 0 ? [] : [[`${name}, patterns`, patterns] as [string, Score]]),
    ...(edges.total === 0 ? [] : [[`${name}, edges`, edges] as [string, Score]]),
    ...apartOf(apart).map(([what, count]): [string, Score] => [`${name}, ${what}`, { passed: count, total: count }]),
    ...(variations.total === 0 ? [] : [[`${name}, variations`, variations] as [string, Score]]),
  ]);
  return { scores: Object.fromEntries(scores), report: reportOf(judged) };
}

/** What has no valid value by the letter, as far as there is any: its number is held, too. */
function apartOf({ byTag, impossible, untypable }: Pick<Judged, "byTag" | "impossible" | "untypable">): [string, number][] {
  const all: [string, number][] = [
    ["by tag", byTag],
    ["impossible", impossible],
    ["untypable", untypable],
  ];
  return all.filter(([, count]) => count > 0);
}

/** More places of one document than these are not listed. */
const most = 12;

function reportOf(judged: readonly Judged[]): string {
  const cell = ({ passed, total }: Score): string => (total === 0 ? "" : `${passed} of ${total}`);
  return [
    "Each component, three samples for either direction; each request by media type; each response by status and media type; each of",
    "their edges; and each component and JSON body as factories vary it, for seven numbers and seeds (*variations*). Ajv 8 (with ajv-formats)",
    "judges them by the normalized document. Counted are those of which some value may be valid; the others stand apart:",
    "",
    "- *by tag*: Ajv takes `oneOf` to the letter, and of `discriminator` it knows nothing. Where several members match, it accepts these once it is told",
    "  which one the tag names (docs/decisions/0007-discriminators.md).",
    "- *impossible*: no value meets the schema. A search apart from the one that makes fixtures finds the keywords that contradict each other and where the",
    "  value must meet them (`generator/model/contradiction.ts`), and Ajv refuses there each constant and values of each type. A fixture that Ajv",
    "  accepts although such a proof was found would count as missed. `generate` tells of them as `fixture-impossible`.",
    "- *untypable*: as above, but for values against the TypeScript type, such as a property of another member with a value of another type.",
    "",
    "*None* below is a fixture that is not made, without such a proof.",
    "",
    "| document | components | messages | by tag | impossible | untypable | patterns | edges | variations |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...judged.map(({ name, components, messages, patterns, edges, variations, byTag, impossible, untypable }) => {
      const apart = [byTag, impossible, untypable].map((count) => (count === 0 ? "" : String(count)));
      return `| ${[name, cell(components), cell(messages), ...apart, cell(patterns), cell(edges), cell(variations)].join(" | ")} |`;
    }),
    ...judged.filter(({ faults }) => faults.length > 0).flatMap(({ name, faults }) => ["", `**${name}**`, "", ...listOf(faults)]),
  ].join("\n");
}

function listOf(faults: readonly string[]): string[] {
  const lines = faults.slice(0, most).map((fault) => `- ${fault.slice(0, 160).replaceAll("|", "\\|").trim()}`);
  return faults.length > most ? [...lines, `- … and ${faults.length - most} more`] : lines;
}
