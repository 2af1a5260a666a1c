/** Prism's own test harness (stoplightio/prism, test-harness/specs), run against our mock: curl on the one side, what Prism answers on the other. */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { mockOf } from "../../generator/mock/mock.ts";
import { understand } from "../../generator/pipeline.ts";
import { serve } from "../../generator/runtime/server/node.ts";
import { type Answer, compare, readAnswer } from "./prism/answer.ts";
import { readCase, type Case } from "./prism/case.ts";
import type { Outcome, Section } from "./section.ts";

export const prismSection: Section = { title: "Prism's test harness", folder: "suites/prism/test-harness/specs", run };

const run_ = promisify(execFile);

interface Verdict extends Case {
  readonly lane: "OpenAPI 3" | "OpenAPI 3, refusals" | "OpenAPI 2" | "OpenAPI 2, refusals";
  readonly fault: string | undefined;
  /** Whether the body is the same text of JSON, and not only of the same structure. */
  readonly exact: boolean;
}

async function run(folder: string): Promise<Outcome> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".txt"))
    .sort();
  const cases = files.map((file) => readCase(file.replaceAll("\\", "/"), readFileSync(path.join(folder, file), "utf8")));
  const apart = {
    proxy: cases.filter(({ proxy }) => proxy).length,
    postman: cases.filter(({ version }) => version === "postman").length,
  };
  const work = await mkdtemp(path.join(tmpdir(), "openapi-triad-prism-"));
  const verdicts: Verdict[] = [];
  try {
    for (const one of cases) if (!one.proxy && one.version !== "postman") verdicts.push(await tried(one, work));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const lanes = ["OpenAPI 3", "OpenAPI 3, refusals", "OpenAPI 2", "OpenAPI 2, refusals"] as const;
  const scores = Object.fromEntries(
    lanes.map((lane) => {
      const own = verdicts.filter((verdict) => verdict.lane === lane);
      return [lane, { passed: own.filter(({ fault }) => fault === undefined).length, total: own.length }];
    }),
  );
  const exact = verdicts.filter(({ fault, exact }) => fault === undefined && exact).length;
  const faults = verdicts.filter(({ fault }) => fault !== undefined);
  const report = [
    "Status, media type, the headers that a case names, and the structure of the body (the names and types of JSON) must be Prism's. Where Prism answers a problem of its own (`https://stoplight.io/prism/errors#…`), the status must be the same (400 counts as 422, which is for documents that declare it): the errors of the mock are those of the generated server, in other words. The mock runs with `--auth`, since Prism always asks for credentials.",
    `Left out: ${apart.proxy} cases of the proxy, which a mock is not, and ${apart.postman} with Postman collections.`,
    [
      "| lane | pass |",
      "| --- | --- |",
      ...Object.entries(scores).map(([lane, { passed, total }]) => `| ${lane} | ${passed} of ${total} |`),
    ].join("\n"),
    why,
    `Of those that pass, ${exact} have the same body to the letter.`,
    ...(faults.length === 0 ? [] : [`Not the same:\n\n${faults.map(({ file, fault }) => `- \`${file}\`: ${fault}`).join("\n")}`]),
  ].join("\n\n");
  return { scores, report };
}

const why = `Why the others do not pass:

- Violations of the document in its own examples: Prism sends 500 or tells of them in a header; the mock takes a fixture that is valid in their place, or the example that was asked for as it is.
- HEAD and OPTIONS are answered wherever GET, or anything, is declared (RFC 9110, §9.3.2 and §9.3.7); Prism sends 405. It has its own list of headers for pages of other origins.
- A media type with a parameter that the document does not have (\`version=1\`) is not what is declared (RFC 9110, §12.5.1): 406.
- Forms: \`allowEmptyValue\` and \`allowReserved\` say what a sender may write, and \`byte\` is not looked into; a member that is not declared is none of the schema's business, and neither is a body that no request body is declared for.
- A \`default\` of \`null\` says what absence means; the fixture shows a value.
- Documents that are no OpenAPI: a media type that is a text is an error to us.`;

async function tried(one: Case, work: string): Promise<Verdict> {
  // With `curl -I` there is no body to tell by: the media type of problem details does.
  const refusal =
    one.expected.body.includes("stoplight.io/prism/errors") ||
    (one.expected.body === "" && one.expected.headers.get("content-type") === "application/problem+json");
  const lane: Verdict["lane"] = `${one.version === "2" ? "OpenAPI 2" : "OpenAPI 3"}${refusal ? ", refusals" : ""}`;
  try {
    const found = await asked(one, work);
    return { ...one, lane, ...compare(one.expected, found, refusal) };
  } catch (error) {
    return { ...one, lane, exact: false, fault: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
  }
}

async function asked(one: Case, work: string): Promise<Answer> {
  const spec = path.join(work, "spec.yaml");
  await writeFile(spec, one.spec);
  const { model, diagnostics } = await understand({ spec, roots: [], overlays: [], allowHosts: [] });
  const [error] = diagnostics.all.filter(({ severity }) => severity === "error");
  if (model === undefined || error !== undefined) throw new Error(`the document is refused: ${error?.message ?? ""}`);
  const { router } = mockOf(model, { auth: true, cors: one.cors, dynamic: one.dynamic, page: false });
  const server = await serve(router, { port: 0 });
  try {
    const argv = one.command.map((word) => word.replace(/(?:localhost|127\.0\.0\.1):4010/g, `127.0.0.1:${server.port}`));
    // Nothing but curl is run, without a shell, and against this server alone.
    const { stdout } = await run_("curl", ["-s", "--max-time", "20", ...argv], { cwd: work, encoding: "utf8" });
    return readAnswer(stdout);
  } finally {
    await server.close();
  }
}
