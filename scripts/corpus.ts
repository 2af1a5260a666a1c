/**
 * `corpus.ts [--quick] FOLDER|FILE… [PART…]`: documents through the whole chain, and one line for each: does it stand, and does the law
 * hold? `--quick` is for many small ones: no second run, and one compiler for twenty documents at once.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { compile, type CompilerVersion } from "./compile.ts";
import { documentsOf } from "./corpus/documents.ts";
import { examine, type Examined } from "./corpus/examine.ts";

interface Row extends Examined {
  readonly document: string;
  readonly errors: Partial<Record<CompilerVersion, readonly string[]>>;
}

const { values, positionals } = parseArgs({ options: { quick: { type: "boolean", default: false } }, allowPositionals: true });
const documents = await documentsOf(positionals.length === 0 ? ["corpus"] : positionals);
const versions: readonly CompilerVersion[] = values.quick ? ["7"] : ["5.9", "7"];
const columns = ["operations", "lawful", "impossible", ...versions.map((version) => `TS ${version}`), "seconds"];
console.log(
  `${"document".padEnd(44)} ${"outcome".padEnd(10)}${columns.map((column) => column.padStart(11)).join("")}  second run`,
);
const failed: string[] = [];
const batch = values.quick ? 20 : 1;
for (let start = 0; start < documents.length; start += batch) {
  for (const row of await rowsOf(documents.slice(start, start + batch))) {
    show(row);
    if (!stands(row)) failed.push(row.document);
  }
}
console.log(`${documents.length - failed.length} of ${documents.length} documents pass`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Examines documents beside one another and compiles them in one program. */
async function rowsOf(files: readonly string[]): Promise<readonly Row[]> {
  const work = await mkdtemp(path.join(tmpdir(), "openapi-triad-corpus-"));
  try {
    const examined: Examined[] = [];
    for (const [index, file] of files.entries()) examined.push(await examine(file, path.join(work, `${index}`), !values.quick));
    const compiled = await Promise.all(versions.map((version) => compile(work, version, ["*/src/**/*.ts"])));
    return files.map((file, index): Row => {
      const own = (lines: readonly string[] = []): readonly string[] => lines.filter((line) => line.startsWith(`${index}/`));
      return {
        ...(examined[index] ?? {
          outcome: "crashed",
          operations: 0,
          lawful: 0,
          impossible: 0,
          hooks: { total: 0, lawful: 0 },
          seconds: 0,
          identical: undefined,
          details: [],
        }),
        document: values.quick ? path.relative("", file) : path.basename(file),
        errors: Object.fromEntries(versions.map((version, at) => [version, own(compiled[at])])),
      };
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function show(row: Row): void {
  const numbers = [
    row.operations,
    row.lawful,
    row.impossible,
    ...versions.map((version) => row.errors[version]?.length ?? 0),
    row.seconds.toFixed(1),
  ];
  const second = row.identical === undefined ? "" : row.identical ? "identical" : "differs";
  console.log(
    `${row.document.padEnd(44)} ${row.outcome.padEnd(10)}${numbers.map((one) => String(one).padStart(11)).join("")}  ${second}`,
  );
  const details = [...row.details, ...new Set(versions.flatMap((version) => row.errors[version] ?? []))];
  for (const detail of details.slice(0, 20)) console.log(`    ${detail}`);
  if (details.length > 20) console.log(`    … ${details.length - 20} more`);
}

function stands(row: Row): boolean {
  const compiles = versions.every((version) => row.errors[version]?.length === 0);
  return (
    row.outcome === "generated" &&
    row.lawful + row.impossible === row.operations &&
    row.hooks.lawful === row.hooks.total &&
    compiles &&
    row.identical !== false
  );
}
