/** `corpus.ts DIR`: every document of a folder through the whole chain, and one line for each: does it stand, and does the law hold? */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { resolveConfig, type Config } from "../generator/config.ts";
import type { EmittedFile } from "../generator/output/render.ts";
import { compare, write } from "../generator/output/write.ts";
import { generate } from "../generator/pipeline.ts";
import { proveLaw } from "../generator/verify/law.ts";
import { compile, type CompilerVersion } from "./compile.ts";

interface Row {
  readonly document: string;
  readonly outcome: string;
  readonly operations: number;
  readonly lawful: number;
  readonly errors: Readonly<Record<CompilerVersion, number>>;
  readonly seconds: number;
  readonly identical: boolean;
  readonly details: readonly string[];
}

const [folder = "corpus", ...only] = process.argv.slice(2);
const documents = (await documentsOf(path.resolve(folder))).filter(
  (file) => only.length === 0 || only.some((part) => file.includes(part)),
);
const failed: string[] = [];
console.log(
  `${"document".padEnd(44)}${"outcome".padEnd(12)}${"operations".padStart(11)}${"lawful".padStart(8)}${"TS 5.9".padStart(8)}${"TS 7".padStart(8)}${"seconds".padStart(9)}  second run`,
);
for (const file of documents) {
  const row = await examine(file);
  const numbers = [
    String(row.operations).padStart(11),
    String(row.lawful).padStart(8),
    String(row.errors["5.9"]).padStart(8),
    String(row.errors["7"]).padStart(8),
    row.seconds.toFixed(1).padStart(9),
  ];
  console.log(
    `${row.document.padEnd(44)}${row.outcome.padEnd(12)}${numbers.join("")}  ${row.identical ? "identical" : "differs"}`,
  );
  for (const detail of row.details.slice(0, 20)) console.log(`    ${detail}`);
  if (row.details.length > 20) console.log(`    … ${row.details.length - 20} more`);
  const whole =
    row.outcome === "generated" && row.lawful === row.operations && row.errors["5.9"] + row.errors["7"] === 0 && row.identical;
  if (!whole) failed.push(row.document);
}
console.log(`${documents.length - failed.length} of ${documents.length} documents pass`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function documentsOf(root: string): Promise<readonly string[]> {
  const index = await readFile(path.join(root, "INDEX.tsv"), "utf8").catch(() => undefined);
  // An index names the entry of documents that are spread over many files; without one, each file is a document.
  const names =
    index === undefined
      ? (await readdir(root)).filter((name) => /\.(ya?ml|json)$/.test(name))
      : index
          .trim()
          .split("\n")
          .slice(1)
          .map((line) => line.split("\t")[0] ?? "");
  return names
    .filter((name) => name !== "")
    .sort()
    .map((name) => path.join(root, name));
}

async function examine(file: string): Promise<Row> {
  const out = await mkdtemp(path.join(tmpdir(), "openapi-triad-corpus-"));
  const config = { ...(await resolveConfig(out, { spec: file, out })), roots: [path.dirname(file)] };
  const started = performance.now();
  const empty = { document: path.basename(file), operations: 0, lawful: 0, errors: { "5.9": 0, "7": 0 }, identical: false };
  try {
    const generated = await generate(config);
    const seconds = (performance.now() - started) / 1000;
    if (generated.files === undefined || generated.model === undefined) {
      const errors = generated.diagnostics.all.filter(({ severity }) => severity === "error");
      return {
        ...empty,
        outcome: "refused",
        seconds,
        details: errors.map(({ code, at, message }) => `${code} ${at} ${message}`),
      };
    }
    await write(out, generated.files, await compare(out, generated.files));
    const details: string[] = [];
    let lawful = 0;
    // The law runs on sources that lie at the top of the output, as `verify` has them.
    const bare = generated.files
      .filter(({ path: name }) => name.startsWith("src/"))
      .map((one) => ({ ...one, path: one.path.slice(4) }));
    for await (const verdict of proveLaw(generated.model, bare)) {
      if (verdict.failures.length === 0) lawful += 1;
      for (const failure of verdict.failures)
        details.push(`${verdict.operation.method.toUpperCase()} ${verdict.operation.path}  ${failure}`);
    }
    const errors = { "5.9": await compile(out, "5.9", ["src/**/*.ts"]), "7": await compile(out, "7", ["src/**/*.ts"]) };
    details.push(...errors["5.9"], ...errors["7"].filter((line) => !errors["5.9"].includes(line)));
    return {
      document: path.basename(file),
      outcome: "generated",
      operations: generated.model.operations.length,
      lawful,
      errors: { "5.9": errors["5.9"].length, "7": errors["7"].length },
      seconds,
      identical: await isRepeatable(config, generated.files),
      details,
    };
  } catch (error) {
    return {
      ...empty,
      outcome: "crashed",
      seconds: (performance.now() - started) / 1000,
      details: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

async function isRepeatable(config: Config, files: readonly EmittedFile[]): Promise<boolean> {
  const again = await generate(config);
  return (
    again.files !== undefined &&
    again.files.length === files.length &&
    again.files.every((file, index) => file.path === files[index]?.path && file.text === files[index]?.text)
  );
}
