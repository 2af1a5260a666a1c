/** Whether the fixtures of JSON-Schema-Test-Suite's schemas are valid by Ajv, an independent validator. */
import { recipeOf } from "../../generator/model/recipe.ts";
import { sample } from "../../generator/model/sample.ts";
import type { Json, SchemaObject, TypeName } from "../../generator/openapi/shapes.ts";
import { suiteJudge, type SuiteJudge } from "./fixtures/suite-judge.ts";
import { variationsOf } from "./fixtures/variations.ts";
import { modelReader, readSuite, suiteFolder, type Group } from "./json-schema-suite.ts";
import type { Outcome, Score, Section } from "./section.ts";

export const fixturesSection: Section = { title: "Fixtures", folder: suiteFolder, run };

/** One schema of the suite, with a type forced upon it. */
interface Case {
  readonly group: Group;
  /** Absent where the schema is tried as it is. */
  readonly type?: TypeName;
  /** Whether the suite has a valid instance of the type; without one there may be none, and to say so is right. */
  readonly possible: boolean;
}

interface Verdict extends Case {
  readonly lane: "typed" | "as they are" | "formats";
  /** Nothing when all samples are valid. */
  readonly fault: string | undefined;
  /** What a factory makes of a sample that is not valid; nothing when all of it is. */
  readonly varied?: string;
  readonly kind: "valid" | "wrong" | "none" | "reported";
}

/** So many different samples of each schema. */
const samples = 5;

async function run(folder: string): Promise<Outcome> {
  const { required, format } = await readSuite(folder);
  const understand = modelReader(folder);
  const judge = await suiteJudge(folder);
  const disputed = required.filter((group) => judge.dispute(group) !== undefined);
  const verdicts: Verdict[] = [];
  for (const [lane, cases] of [
    ["typed", required.filter((group) => !disputed.includes(group)).flatMap(typedCases)],
    ["as they are", required.filter((group) => !disputed.includes(group)).map(plainCase)],
    ["formats", format.flatMap((group): Case[] => [{ group, type: "string", possible: true }])],
  ] as const)
    for (const one of cases) verdicts.push({ ...one, lane, ...(await tried(one, understand, judge)) });
  const scored = (lane: Verdict["lane"], possible: boolean): Score => {
    const own = verdicts.filter((verdict) => verdict.lane === lane && verdict.possible === possible);
    return { passed: own.filter(({ fault }) => fault === undefined).length, total: own.length };
  };
  const scores = {
    "suite, typed": scored("typed", true),
    "suite, as they are": scored("as they are", true),
    "suite, formats": scored("formats", true),
    "suite, without a valid instance": scored("as they are", false),
    "suite, as factories vary it": variations(verdicts),
  };
  const faults = verdicts.filter(({ fault, varied }) => (fault ?? varied) !== undefined);
  return {
    scores,
    report: reportOf(
      scores,
      faults.map(lineOf),
      disputed.map((group) => `- ${group.file}: ${group.description}: ${judge.dispute(group) ?? ""}`),
    ),
  };
}

function variations(verdicts: readonly Verdict[]): Score {
  const sampled = verdicts.filter(({ kind }) => kind === "valid");
  return { passed: sampled.filter(({ varied }) => varied === undefined).length, total: sampled.length };
}

/** Samples of a schema, and what is wrong with them, or with what factories make of them. */
async function tried(
  { group, type, possible }: Case,
  understand: ReturnType<typeof modelReader>,
  judge: SuiteJudge,
): Promise<Pick<Verdict, "fault" | "kind" | "varied">> {
  const schema = type === undefined || typeof group.schema === "boolean" ? group.schema : { ...group.schema, type };
  const { model } = await understand(schema);
  const root = model.schemas.find(({ key }) => key === "Root");
  if (root === undefined) throw new Error(`${group.file}: ${group.description}: the schema is gone.`);
  const isValid = judge.compile(schema);
  let varied: string | undefined;
  for (let index = 0; index < samples; index++) {
    const made = sample(model, root.schema, { direction: "response", index });
    if (!made.ok) {
      if (!possible) return { fault: undefined, kind: "reported" };
      return { fault: `no sample: ${made.reason}${made.pointer === "" ? "" : ` at ${made.pointer}`}`, kind: "none" };
    }
    if (!isValid(made.value)) return { fault: `invalid by Ajv: ${JSON.stringify(made.value)}`, kind: "wrong" };
    const recipe = recipeOf(model, root.schema, made.value, { direction: "response" });
    const bad = variationsOf(made.value, recipe).find(({ value }) => !isValid(value));
    if (bad !== undefined) varied ??= `invalid by Ajv as ${bad.place}: ${JSON.stringify(bad.value)}`;
  }
  return { fault: undefined, kind: "valid", ...(varied === undefined ? {} : { varied }) };
}

/** The type that a file's keyword speaks of; of the other files, each type that the schema has a valid instance of. */
function typedCases(group: Group): Case[] {
  const { schema } = group;
  if (typeof schema === "boolean" || schema.type !== undefined) return [];
  const own = typesByFile[group.file];
  const valid = group.tests.flatMap(({ data, valid: isValid }) => (isValid ? [typeOf(data)] : []));
  const types = own === undefined ? [...new Set(valid)] : [own];
  return types.filter((type) => valid.includes(type)).map((type): Case => ({ group, type, possible: true }));
}

function plainCase(group: Group): Case {
  return { group, possible: group.tests.some(({ valid }) => valid) };
}

function typeOf(value: Json): TypeName {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : (typeof value as TypeName);
}

const keywords: Readonly<Partial<Record<TypeName, readonly (keyof SchemaObject)[]>>> = {
  string: ["pattern", "minLength", "maxLength", "format"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  array: [
    "items",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "minItems",
    "maxItems",
    "uniqueItems",
    "unevaluatedItems",
  ],
  object: [
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "required",
    "dependentRequired",
    "dependentSchemas",
    "minProperties",
    "maxProperties",
    "unevaluatedProperties",
  ],
};
const typesByFile: Readonly<Record<string, TypeName>> = Object.fromEntries(
  Object.entries(keywords).flatMap(([type, files]) => files.map((file) => [file, type as TypeName])),
);

function lineOf({ group, type, lane, fault, varied }: Verdict): string {
  const what = type === undefined ? lane : type;
  return `- ${group.file}: ${group.description} (${what}): ${(fault ?? varied ?? "").slice(0, 200)}`;
}

function reportOf(scores: Readonly<Record<string, Score>>, faults: readonly string[], disputed: readonly string[]): string {
  return [
    "JSON-Schema-Test-Suite, draft 2020-12: five samples of each schema, all of which must be valid by Ajv 8 (with ajv-formats), which has no part in",
    "making them. Most schemas of the suite have no `type`, so that a constant `null` is valid by two thirds of them. *Typed* is therefore what",
    "counts: the type that the file's keyword speaks of is forced upon the schema, or, where it speaks of none, each type of which the suite has a valid",
    "instance. A schema of which the suite has no valid instance may be reported as impossible; a sample of it, if there is one, must be valid. *As",
    "factories vary it* are the valid ones once more, each as factories make it for seven numbers and seeds.",
    "",
    "| schemas | valid |",
    "| --- | --- |",
    ...Object.entries(scores).map(
      ([name, { passed, total }]) => `| ${name} | ${passed} of ${total} (${((100 * passed) / total).toFixed(1)} %) |`,
    ),
    ...(faults.length === 0 ? [] : ["", "Not passed:", "", ...faults]),
    "",
    "Left out of the required tests, since Ajv itself disagrees with the suite about an instance:",
    "",
    ...disputed,
  ].join("\n");
}
