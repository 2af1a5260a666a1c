/** Whether what we emit to check values, and the interpreter that fixtures and lint rely on, agree with JSON-Schema-Test-Suite. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import type { EmitContext } from "../../generator/emit/emitter.ts";
import { emitValidators } from "../../generator/emit/validators.ts";
import { validate } from "../../generator/model/validate.ts";
import { render } from "../../generator/output/render.ts";
import type { Problem, Validator } from "../../generator/runtime/validation/validator.ts";
import { modelReader, readSuite, suiteFolder, type Group } from "./json-schema-suite.ts";
import type { Outcome, Section } from "./section.ts";

export const validatorsSection: Section = { title: "Validators", folder: suiteFolder, run };

/** What both ways of checking say of one instance. */
interface Verdict {
  readonly group: Group;
  readonly test: Group["tests"][number];
  /** What went wrong: nothing, when the answer is the suite's. */
  readonly emitted: string | undefined;
  readonly interpreted: string | undefined;
  /** What was reported of the schema: the likely reason. */
  readonly problems: readonly string[];
}

async function run(folder: string): Promise<Outcome> {
  const { required, format } = await readSuite(folder);
  const runs = [
    { name: "required", verdicts: await judge(required, folder, false) },
    { name: "format", verdicts: await judge(format, folder, true) },
  ];
  const scores = runs.flatMap(({ name, verdicts }) =>
    (["emitted", "interpreted"] as const).map((way) => {
      const passed = verdicts.filter((verdict) => verdict[way] === undefined).length;
      return [`${name}, ${way}`, { passed, total: verdicts.length }] as const;
    }),
  );
  return {
    scores: Object.fromEntries(scores),
    report: reportOf(
      scores,
      runs.flatMap(({ verdicts }) => verdicts),
    ),
  };
}

/** Emits a module for each schema, imports them all, and tries every instance. */
async function judge(groups: readonly Group[], folder: string, formats: boolean): Promise<Verdict[]> {
  const target = await mkdtemp(join(tmpdir(), "openapi-triad-"));
  try {
    const understand = modelReader(folder);
    const verdicts: Verdict[] = [];
    const written = new Set<string>();
    for (const [index, group] of groups.entries()) {
      const { model, problems } = await understand(group.schema);
      const subject = model.schemas.find(({ key }) => key === "Root");
      if (subject === undefined) throw new Error(`${group.file}: ${group.description}: the schema is gone.`);
      const context: EmitContext = { ...surroundings, diagnostics: new Diagnostics() };
      // One module a schema, in a folder with one runtime for all.
      const plans = emitValidators(model, context, { formats })
        .filter(({ path }) => path !== "operation-validators.ts")
        .map((plan) => (plan.path === "validators.ts" ? { ...plan, path: `schema-${index}.ts` } : plan))
        .filter(({ path }) => !written.has(path));
      for (const { path, text } of await render(plans.map((plan) => ({ emitter: "validators", plan })))) {
        written.add(path);
        await writeModule(join(target, path), text);
      }
      const module: unknown = await import(pathToFileURL(join(target, `schema-${index}.js`)).href);
      const emitted = (module as Readonly<Record<string, Validator>>)[`validate${subject.name}`];
      if (emitted === undefined) throw new Error(`${group.file}: ${group.description}: there is no validator.`);
      for (const test of group.tests)
        verdicts.push({
          group,
          test,
          problems,
          emitted: faultOf(emitted, test),
          interpreted: wrong(validate(model, subject.schema, test.data, { formats }).length === 0, test),
        });
    }
    return verdicts;
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

const surroundings: Omit<EmitContext, "diagnostics"> = {
  sourceFolder: "",
  emitting: new Set(["validators"]),
  package: { name: "suite", version: "1.0.0", license: "MIT" },
  written: () => ({}),
};

async function writeModule(path: string, text: string): Promise<void> {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, verbatimModuleSyntax: true };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path.replace(/\.ts$/, ".js"), ts.transpileModule(text, { compilerOptions }).outputText);
}

/** A validator answers fast, or gathers what is wrong: both must be right, and the second must name something. */
function faultOf(validator: Validator, test: Group["tests"][number]): string | undefined {
  try {
    const gathered: Problem[] = [];
    const explained = validator(test.data, gathered, null);
    if (explained !== (gathered.length === 0)) return `says ${explained} and names ${gathered.length} problems`;
    if (explained !== validator(test.data, null, null)) return `says ${explained} when it explains, and ${!explained} when not`;
    return wrong(explained, test);
  } catch (error) {
    return String(error);
  }
}

function wrong(answer: boolean, { valid }: Group["tests"][number]): string | undefined {
  return answer === valid ? undefined : answer ? "accepts what is invalid" : "refuses what is valid";
}

type Row = readonly [string, { readonly passed: number; readonly total: number }];

/** Why the tests of a file are not passed, where that is a decision. */
const reasons: Readonly<Record<string, string>> = {
  "optional/format/hostname": "Punycode is not decoded: `xn--…` is a label like any other.",
  "optional/format/idn-hostname":
    "the tables of RFC 5892 and the Bidi rule of RFC 5893 are not consulted; they would be most of what is shipped.",
};

function reportOf(scores: readonly Row[], verdicts: readonly Verdict[]): string {
  const failed = verdicts.filter(({ emitted, interpreted }) => emitted !== undefined || interpreted !== undefined);
  const files = [...new Set(failed.map(({ group }) => group.file))];
  const count = (file: string, way: "emitted" | "interpreted"): string => {
    const all = verdicts.filter(({ group }) => group.file === file);
    return `${all.filter((verdict) => verdict[way] === undefined).length} of ${all.length}`;
  };
  return [
    "JSON-Schema-Test-Suite, draft 2020-12: each schema is a component of an OpenAPI 3.1 document and goes through the whole chain. *Emitted* is the",
    "generated validator, asked twice: for yes or no, and for what is wrong. *Interpreted* is what fixtures and lint use. In the required tests `format`",
    "is an annotation, as JSON Schema has it by default; in the tests of formats it is an assertion, as in what we generate.",
    "",
    "| tests | passed |",
    "| --- | --- |",
    ...scores.map(
      ([name, { passed, total }]) => `| ${name} | ${passed} of ${total} (${((100 * passed) / total).toFixed(1)} %) |`,
    ),
    ...(files.length === 0
      ? []
      : ["", "Files with tests that are not passed:", "", "| file | emitted | interpreted |", "| --- | --- | --- |"]),
    ...files.map((file) => `| ${file} | ${count(file, "emitted")} | ${count(file, "interpreted")} |`),
    ...files.flatMap((file) => ["", `**${file}**: ${reasons[file] ?? "not known why."}`, "", ...linesOf(failed, file)]),
  ].join("\n");
}

/** A line for each test of a file that is not passed: those that fail alike in both ways say so once. */
function linesOf(failed: readonly Verdict[], file: string): string[] {
  return failed
    .filter(({ group }) => group.file === file)
    .map(({ group, test, emitted, interpreted, problems }) => {
      const fault =
        emitted === interpreted ? emitted : [`emitted ${emitted ?? "right"}`, `interpreted ${interpreted ?? "right"}`].join(", ");
      const reported = problems.length === 0 ? "" : ` (${problems.join("; ")})`;
      return `- ${group.description}: ${test.description}: ${fault}${reported}`;
    });
}
