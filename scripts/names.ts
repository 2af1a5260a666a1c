/**
 * `names.ts [--list] FOLDER|FILE… [PART…]`: how the resource names of documents read. One line for each document, with how many names
 * stutter, say a word twice, are too long to read, or had to be numbered; `--list` shows each of them.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { resolveConfig } from "../generator/config.ts";
import { wordsOf } from "../generator/model/names.ts";
import { isPreposition, singular } from "../generator/model/resources/words.ts";
import { understand } from "../generator/pipeline.ts";
import { documentsOf } from "./corpus/documents.ts";

const { values, positionals } = parseArgs({ options: { list: { type: "boolean", default: false } }, allowPositionals: true });

interface Named {
  readonly resource: readonly string[];
  readonly action: string;
  readonly id: string;
}

/** What may be wrong with a name. */
const faults: { readonly [fault: string]: (named: Named) => boolean } = {
  /** `pets.listPets`; what follows a preposition, as in `gists.listForUser`, says which of them. */
  stutters({ resource, action }) {
    const words = wordsOf(action).map(singular);
    const end = words.findIndex(isPreposition);
    const spoken = ` ${words.slice(0, end < 0 ? undefined : end).join(" ")} `;
    const name = wordsOf(resource.at(-1) ?? "").map(singular);
    return name.length > 0 && spoken.includes(` ${name.join(" ")} `);
  },
  doubled({ action }) {
    const words = wordsOf(action)
      .map(singular)
      .filter((word) => !isPreposition(word));
    return new Set(words).size < words.length;
  },
  long: ({ action }) => action.length > 45 || wordsOf(action).length > 7,
  /** The rule had no other name for it: the operationId has not this number. */
  numbered: ({ action, id }) => /\D\d+$/.test(action) && !/\d/.test(id),
};

const columns = ["operations", ...Object.keys(faults)];
console.log(`${"document".padEnd(36)}${columns.map((column) => column.padStart(12)).join("")}`);
const total = new Map(columns.map((column) => [column, 0]));
for (const file of await documentsOf(positionals.length === 0 ? ["corpus"] : positionals)) {
  const config = await resolveConfig(path.dirname(file), { spec: file, out: "unused" });
  const { model } = await understand({ ...config, roots: [path.dirname(file)] });
  const operations = model?.operations ?? [];
  const wrong = Object.entries(faults).map(([fault, isWrong]) => ({ fault, found: operations.filter(isWrong) }));
  const row = [operations.length, ...wrong.map(({ found }) => found.length)];
  for (const [index, column] of columns.entries()) total.set(column, (total.get(column) ?? 0) + (row[index] ?? 0));
  show(path.basename(file), row);
  if (!values.list) continue;
  for (const { fault, found } of wrong)
    for (const { resource, action, method, path: at, id } of found)
      console.log(`    ${fault.padEnd(10)}${[...resource, action].join(".")}   ${method.toUpperCase()} ${at}   ${id}`);
}
show("all", [...total.values()]);

function show(name: string, row: readonly number[]): void {
  console.log(`${name.padEnd(36)}${row.map((one) => String(one).padStart(12)).join("")}`);
}
