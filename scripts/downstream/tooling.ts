/** A user of the Node API; compiled, not run. */
import { defineConfig, generate, lint, verify, type Diagnostic, type OperationVerdict } from "openapi-triad";

export const config = defineConfig({ spec: "api/openapi.yaml", emit: ["client", "fixtures"] });

export async function report(): Promise<readonly string[]> {
  const { diagnostics, files = [] } = await generate(config);
  const found: readonly Diagnostic[] = [...diagnostics, ...(await lint(config))];
  const verdicts: OperationVerdict[] = [];
  for await (const verdict of verify(config)) verdicts.push(verdict);
  return [
    ...found.map(({ code, message }) => `${code}: ${message}`),
    ...files.map(({ path }) => path),
    ...verdicts.flatMap(({ failures }) => failures.map(({ message }) => message)),
  ];
}

// @ts-expect-error there is no such option
defineConfig({ specification: "api/openapi.yaml" });
