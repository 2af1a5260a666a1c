/** TypeSpec's Spector: a mock server that judges each request, and a client that judges each answer, by scenarios of others. */
import type { Outcome, Section } from "./section.ts";
import { bodiesByHand, walked, walkScenario } from "./spector/by-hand.ts";
import { callScenario } from "./spector/client.ts";
import { type Api, makeApis, type Unconverted } from "./spector/documents.ts";
import { startMockServer } from "./spector/mock-server.ts";
import { installSpector, suiteVersion } from "./spector/packages.ts";
import { clientReason, serverReason } from "./spector/reasons.ts";
import { loadScenarios, type Scenario } from "./spector/scenarios.ts";
import { knock } from "./spector/server.ts";

export const spector: Section = { title: "TypeSpec's Spector: the wire", run };

/** What is wrong, by scenario. */
type Problems = ReadonlyMap<string, string>;

async function run(): Promise<Outcome> {
  const home = await installSpector();
  const { apis, unconverted } = await makeApis(home);
  try {
    const all = await loadScenarios(home);
    const asked = all.filter(({ spec }) => apis.some((api) => api.spec === spec));
    const client = await driveClient(home, apis, asked);
    const server = await knock(home, apis, asked);
    const score = (problems: Problems): { passed: number; total: number } => ({
      passed: asked.length - problems.size,
      total: asked.length,
    });
    return {
      scores: { "client, scenarios": score(client), "server, scenarios": score(server) },
      report: reportOf({ client, server, asked, all, apis, unconverted }),
    };
  } finally {
    for (const { modules } of apis) await modules.remove();
  }
}

/** A scenario is passed when Spector is content with every request, and the client gives what the suite answers. */
async function driveClient(home: string, apis: readonly Api[], scenarios: readonly Scenario[]): Promise<Problems> {
  const problems = new Map<string, string>();
  const bodies = await bodiesByHand(home);
  const server = await startMockServer(home);
  try {
    for (const scenario of scenarios) {
      const own = apis.filter((api) => api.spec === scenario.spec);
      const problem = walked.has(scenario.name)
        ? await walkScenario(own, scenario, server.url)
        : await callScenario(own, scenario, server.url, bodies[scenario.name]);
      if (problem !== undefined) problems.set(scenario.name, problem.replaceAll(server.url, "http://localhost"));
    }
    const verdicts = await server.verdicts();
    for (const { name } of scenarios)
      if (!problems.has(name) && verdicts[name] !== "pass") problems.set(name, `Spector says: ${verdicts[name]}.`);
  } finally {
    await server.close();
  }
  return problems;
}

interface Findings {
  readonly client: Problems;
  readonly server: Problems;
  readonly asked: readonly Scenario[];
  readonly all: readonly Scenario[];
  readonly apis: readonly Api[];
  readonly unconverted: readonly Unconverted[];
}

function reportOf({ client, server, asked, all, apis, unconverted }: Findings): string {
  const specs = new Set(apis.map(({ spec }) => spec)).size;
  const row = (what: string, problems: Problems): string =>
    `| ${what} | ${asked.length - problems.size} | ${asked.length} | ${(100 - (100 * problems.size) / asked.length).toFixed(1)} % |`;
  return [
    `[\`@typespec/http-specs\`](https://github.com/microsoft/typespec/tree/main/packages/http-specs) ${suiteVersion}: ${specs} of ${specs + unconverted.length} specs become OpenAPI by \`@typespec/openapi3\`, ${apis.length} documents with ${asked.length} of the ${all.length} scenarios. The generated client, in path style, is given what each request stands for; Spector's mock server judges the request, and we whether the answer is given as the suite has it. Then Spector sends its own requests to the generated servers, whose handlers answer only to what arrives as the values that were meant, and judges the answers.`,
    "",
    "| side | passed | scenarios | |",
    "| --- | ---: | ---: | ---: |",
    row("client", client),
    row("server", server),
    "",
    "Not passed by the client:",
    "",
    ...lines(client, clientReason),
    "",
    "Not passed by the server:",
    "",
    ...lines(server, serverReason),
    "",
    "Not asked, since the spec does not become OpenAPI:",
    "",
    ...unconverted.map(({ spec, reason }) => {
      const count = all.filter((scenario) => scenario.spec === spec).length;
      return `- \`${spec}\`, ${count} scenarios: ${reason}`;
    }),
  ].join("\n");
}

function lines(problems: Problems, reasonOf: (scenario: string) => string | undefined): string[] {
  return [...problems]
    .map(([name, problem]) => `- \`${name}\`: ${reasonOf(name) ?? problem.replace(/\s+/g, " ").slice(0, 300)}`)
    .sort();
}
