/** How true our types are: the instances of JSON-Schema-Test-Suite against the types of their schemas, with `tsc` as the judge. */
import type { Json } from "../../generator/openapi/shapes.ts";
import { readSuite, suiteFolder, type Group } from "./json-schema-suite.ts";
import type { Outcome, Score, Section } from "./section.ts";
import { judge, type TestVerdict, type Verdict } from "./types-judge.ts";

export const typesSection: Section = { title: "Types", folder: suiteFolder, run };

/** The files of the suite whose keywords no type can say, and why. Their invalid instances do not count; their valid ones do. */
const beyondTypes: readonly { readonly files: readonly string[]; readonly reason: string }[] = [
  {
    files: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "default"],
    reason: "a type of some numbers would have to list them (the one invalid instance of `default` breaks a `maximum`)",
  },
  { files: ["minLength", "maxLength", "pattern"], reason: "there is no type of the texts that a regular expression matches" },
  { files: ["minProperties", "maxProperties"], reason: "there is no type of objects with so many members" },
  {
    files: ["contains", "minContains", "maxContains", "uniqueItems"],
    reason: "there is no type of lists with an item of some type anywhere in them, or whose items differ",
  },
  {
    files: ["unevaluatedProperties"],
    reason:
      "TypeScript has no exact objects: a value may have more members than its type names; only an object written in place is refused for them (the last column)",
  },
];
const beyond = new Set(beyondTypes.flatMap(({ files }) => files));

async function run(folder: string): Promise<Outcome> {
  const { required } = await readSuite(folder);
  const verdicts = await judge(required, folder);
  const bare = await judge(required.map(withoutDialect), folder);
  const scores = { ...scoresOf(verdicts), ...scoresOf(bare, " (without $schema)") };
  return { scores, report: reportOf(scores, verdicts) };
}

/** The same schema as API documents have theirs, without a word of a dialect. */
function withoutDialect(group: Group): Group {
  return { ...group, schema: stripped(group.schema) };
}

function stripped<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => stripped(item)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "$schema")
      .map(([key, inner]: [string, unknown]) => [key, stripped(inner)]),
  ) as T; // Whatever it was, less one key.
}

function scoresOf(verdicts: readonly Verdict[], suffix = ""): Readonly<Record<string, Score>> {
  const sayable = verdicts.filter(({ group }) => !beyond.has(group.file));
  return {
    [`types that compile${suffix}`]: {
      passed: verdicts.filter(({ errors }) => errors.length === 0).length,
      total: verdicts.length,
    },
    [`valid instances accepted${suffix}`]: scoreOf(testsOf(verdicts, true), isRight),
    [`invalid instances refused, by keywords a type can say${suffix}`]: scoreOf(testsOf(sayable, false), isRight),
    [`invalid instances refused, by any keyword${suffix}`]: scoreOf(testsOf(verdicts, false), isRight),
  };
}

/** The answers about valid or invalid instances. Types that do not compile answer nothing. */
function testsOf(verdicts: readonly Verdict[], valid: boolean): readonly (TestVerdict | undefined)[] {
  return verdicts.flatMap(({ tests, errors }) =>
    tests.filter(({ test }) => test.valid === valid).map((verdict) => (errors.length === 0 ? verdict : undefined)),
  );
}

function isRight({ test, accepted }: TestVerdict): boolean {
  return accepted === test.valid;
}

function scoreOf(tests: readonly (TestVerdict | undefined)[], passes: (verdict: TestVerdict) => boolean): Score {
  return { passed: tests.filter((verdict) => verdict !== undefined && passes(verdict)).length, total: tests.length };
}

function reportOf(scores: Readonly<Record<string, Score>>, verdicts: readonly Verdict[]): string {
  const files = [...new Set(verdicts.map(({ group }) => group.file))];
  return [
    "JSON-Schema-Test-Suite, draft 2020-12, all required files. Each schema is a component of an OpenAPI 3.1 document and goes through the whole",
    "chain. For each instance the compiler (TypeScript 5.9, our harshest flags) reads `declare const value: <its literal type>` and",
    "`const typed: Root = value`; an error there is a refusal. A value that is not written in place is not looked through for members that its type",
    "does not name, so a closed object counts for nothing here. The compiler giving up, or an error in the types themselves, counts as wrong in all rows.",
    "",
    "| | passed |",
    "| --- | --- |",
    ...Object.entries(scores).map(
      ([name, { passed, total }]) =>
        `| ${name.replace("$schema", "`$schema`")} | ${told({ passed, total })} (${((100 * passed) / total).toFixed(1)} %) |`,
    ),
    "",
    "The schemas of the suite name their dialect with `$schema`, and are typed to the letter: `{ properties: … }` without `type: object` takes a text,",
    "too. The rows *without `$schema`* are the same schemas read as an API's document means them, where `properties` speaks of an object and",
    "`prefixItems` of items that are there; what is refused there is mostly valid by the letter alone. See `docs/decisions/0009-to-the-letter.md`.",
    "",
    "Keywords that no type can say, by the files whose invalid instances do not count:",
    "",
    ...beyondTypes.map(({ files: names, reason }) => `- ${names.map((name) => `\`${name}\``).join(", ")}: ${reason}.`),
    "",
    "All other files count whole, with the instances that break one of the above inside a composition, and with `additionalProperties: false`.",
    "",
    "| file | valid, accepted | invalid, refused | refused when written in place |",
    "| --- | --- | --- | --- |",
    ...files.map((file) =>
      rowOf(
        file,
        verdicts.filter(({ group }) => group.file === file),
      ),
    ),
    ...mistakesOf(verdicts),
  ].join("\n");
}

function rowOf(file: string, verdicts: readonly Verdict[]): string {
  const invalid = testsOf(verdicts, false);
  const refused = told(scoreOf(invalid, isRight));
  const fresh = told(scoreOf(invalid, ({ acceptedFresh }) => !acceptedFresh));
  return `| ${beyond.has(file) ? `*${file}*` : file} | ${told(scoreOf(testsOf(verdicts, true), isRight))} | ${refused} | ${fresh} |`;
}

function told({ passed, total }: Score): string {
  return total === 0 ? "–" : `${passed} of ${total}`;
}

/** A line for each valid instance that is refused, and for each schema whose types do not compile. */
function mistakesOf(verdicts: readonly Verdict[]): readonly string[] {
  const lines = verdicts.flatMap(({ group, errors, tests }) => [
    ...errors.map((error) => `- ${group.file}: ${group.description}: ${error}`),
    ...tests
      .filter(({ test, accepted }) => test.valid && !accepted)
      .map(({ test }) => `- ${group.file}: ${group.description}: ${test.description}: \`${shown(test.data)}\``),
  ]);
  return lines.length === 0 ? [] : ["", "Valid instances that are refused:", "", ...lines];
}

function shown(data: Json): string {
  return JSON.stringify(data);
}
