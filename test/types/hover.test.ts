/** What an editor shows of a program that uses the published package. */
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const file = path.join(root, "generated/src/hover.ts");
const program = `import { createClient } from "./index.js";
import createPathsClient from "./paths-client.js";
const posthog = createClient({ projectId: "1" });
const call = posthog.query.retrieve("q");
const body = await call;
const result = await call.result();
const { data } = await call.withResponse();
const list = posthog.sessionRecordings.list();
const run = await posthog.query.run({ kind: "HogQLQuery", query: "select 1" });
const template = "/api/environments/{project_id}/query/{id}/";
const answer = await posthog.GET(template, { params: { path: { id: "q" } } });
const fetched = await createPathsClient().GET(template, { params: { path: { id: "q", project_id: "1" } } });
`;

test("An editor shows what is given by its name, and not the way to it", () => {
  const service = serviceOf(program);
  const shown = (name: string): string => {
    const at = program.indexOf(`const ${name} `) + "const ".length;
    return ts.displayPartsToString(service.getQuickInfoAtPosition(file, at)?.displayParts).replace(/^const /, "");
  };
  expect(service.getSemanticDiagnostics(file).map(({ messageText }) => messageText)).toEqual([]);
  expect(shown("call")).toBe(`call: ApiCall<"environments_query_retrieve">`);
  expect(shown("body")).toBe("body: QueryStatusResponse");
  expect(shown("list")).toBe(`list: PagedCall<"environments_session_recordings_list", SessionRecording>`);
  expect(shown("run")).toBe("run: CachedHogQLQueryResponse");
  expect(shown("result")).toMatch(/^result: Success<200, QueryStatusResponse, "application\/json", \{/);
  expect(shown("answer")).toBe("answer: Success<QueryStatusResponse> | Failure<QueryStatusResponse | ErrorResponse>");
  expect(shown("fetched")).toMatch(
    /^fetched: Success<200, QueryStatusResponse> \| Success<202, QueryStatusResponse> \| Failure<400, /,
  );
  const method = service.getQuickInfoAtPosition(file, program.indexOf('GET(template, { params: { path: { id: "q" } } }'));
  expect(ts.displayPartsToString(method?.displayParts)).toContain(
    `init: InitAt<paths, "/api/environments/{project_id}/query/{id}/", "get", "project_id">`,
  );
  // None of them is the whole operation.
  for (const name of ["result", "answer", "fetched"]) expect(shown(name)).not.toContain("requestBody");
});

/** The language service over one file that is not there, beside the sources of the package. */
function serviceOf(text: string): ts.LanguageService {
  const read = (name: string): string | undefined =>
    name === file ? text : ts.sys.fileExists(name) ? readFileSync(name, "utf8") : undefined;
  return ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot(name) {
      const source = read(name);
      return source === undefined ? undefined : ts.ScriptSnapshot.fromString(source);
    },
    getCurrentDirectory: () => path.dirname(file),
    getCompilationSettings: () => ({
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
    }),
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: read,
    directoryExists: (name) => ts.sys.directoryExists(name),
  });
}
