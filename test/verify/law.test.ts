import { describe, expect, it } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import type { GeneratedFile } from "../../generator/output/render.ts";
import { generate } from "../../generator/pipeline.ts";
import { describeFinding } from "../../generator/verify/failure.ts";
import { proveLaw, type LawOptions, type OperationVerdict } from "../../generator/verify/law.ts";
import { openWorkspace } from "../support/command-line.ts";
import { document } from "./shop.ts";

const place = openWorkspace({ "api.yaml": document });
const { model, files } = await generate(
  await resolveConfig(place.folder, { spec: "api.yaml", emit: ["client", "server", "fixtures"] }),
);
place.close();

/** The verdicts on what was generated, of which one file is another. */
async function verdictsOf(
  file = "",
  change = (text: string): string => text,
  options: LawOptions = {},
): Promise<OperationVerdict[]> {
  if (model === undefined || files === undefined) throw new Error("The shop cannot be generated.");
  const changed = files.map((one): GeneratedFile => (one.path === file ? { ...one, text: change(one.text) } : one));
  if (file !== "" && changed.every((one, index) => one.text === files[index]?.text)) throw new Error(`${file} is as it was.`);
  const verdicts: OperationVerdict[] = [];
  for await (const verdict of proveLaw(model, changed, options)) verdicts.push(verdict);
  return verdicts;
}

const broken = (verdicts: readonly OperationVerdict[]): string[] =>
  verdicts.flatMap(({ operation, failures }) =>
    failures.map((failure) => `${operation.id} ${describeFinding(failure)} ${failure.at.replace(/^.*#/, "#")}`),
  );

/** Node 20 knows no TypeScript, and a thread does not have what the test's own loads it by. */
const loader = `import { register } from ${JSON.stringify(import.meta.resolve("tsx/esm/api"))}; register();`;
const execArgv = ["--import", `data:text/javascript,${encodeURIComponent(loader)}`];

describe("the law", () => {
  it("finds the same on two threads as on one, in the order of the document", async () => {
    const alone = await verdictsOf();
    const together = await verdictsOf("", undefined, { threads: 2, execArgv });
    expect(broken(alone)).toEqual([]);
    expect(together.map(({ operation, ...rest }) => [operation.id, rest])).toEqual(
      alone.map(({ operation, ...rest }) => [operation.id, rest]),
    );
    expect(alone.reduce((sum, verdict) => sum + verdict.refused, 0)).toBeGreaterThan(3);
  });

  it("goes on by itself when threads cannot start", async () => {
    const verdicts = await verdictsOf("", undefined, {
      threads: 2,
      execArgv: ["--import", "data:text/javascript,throw new Error()"],
    });
    expect(verdicts.map(({ failures }) => failures.length)).toEqual([0, 0, 0]);
  });

  it("holds a default that the server adds to the document's", async () => {
    const fixtures = (text: string): string => text.replace(/query: \{ limit: 20 \},?/g, "");
    expect(broken(await verdictsOf("fixtures.ts", fixtures))).toEqual([]);
    if (files === undefined) throw new Error("There are no files.");
    const at = files.find((file) => file.path === "fixtures.ts");
    if (at === undefined || model === undefined) throw new Error("There are no fixtures.");
    const without = files.map((file) =>
      file === at
        ? { ...file, text: fixtures(file.text) }
        : file.path === "operation-validators.ts"
          ? { ...file, text: file.text.replace("default: 20", "default: 30") }
          : file,
    );
    const verdicts: OperationVerdict[] = [];
    for await (const verdict of proveLaw(model, without)) verdicts.push(verdict);
    expect(broken(verdicts)).toContain(
      'listPets 200 application/json · document ≠ server: the server adds query parameter "limit", whose default arrives as 30 instead of 20 #/paths/~1pets/get/parameters/0/schema',
    );
  });

  it("tells of a value that changes on its way back, and where the document has it", async () => {
    const change = (text: string): string =>
      text.replaceAll('name: "X-Total", required: true, shape: "integer"', 'name: "X-Total", required: true');
    const found = broken(await verdictsOf("operations.ts", change));
    expect(found).toEqual([
      expect.stringMatching(
        /^listPets 200 .* server ≠ client: the header "X-Total" arrives as "\d+" instead of \d+ #\/paths\/~1pets\/get\/responses\/200\/headers\/X-Total\/schema$/,
      ),
    ]);
  });

  it("wants the right place of what is refused", async () => {
    const change = (text: string): string =>
      text.replace('in: "body", pointer: "/name", keyword: "required"', 'in: "body", pointer: "/age", keyword: "required"');
    const found = broken(await verdictsOf("fixtures.ts", change));
    expect(found).toEqual([expect.stringContaining("fixtures ≠ server")]);
  });

  it("sends what is at the edge, both ways", async () => {
    const verdicts = await verdictsOf();
    expect(broken(verdicts)).toEqual([]);
    expect(verdicts.map(({ edges }) => edges)).toEqual([
      // Requests: no query, and three values of its parameter. Replies: six with 200, one with 400.
      11,
      // Requests: five bodies. Replies: one with 400.
      6,
      // Replies: the pet by itself, and one with `default`; a text in a path has none.
      7,
    ]);
  });

  it("finds a server that refuses what is at the edge", async () => {
    const change = (text: string): string => text.replace("maximum(value, 100,", "maximum(value, 99,");
    expect(broken(await verdictsOf("operation-validators.ts", change))).toEqual([
      expect.stringMatching(
        /^listPets query limit is at its maximum · client ≠ server: the server answers 400 without .* #.*parameters\/0/,
      ),
    ]);
  });

  it("finds a reply at the edge that the document does not allow", async () => {
    const change = (text: string): string => text.replace('"/body/0/age": 0', '"/body/0/age": -1');
    expect(broken(await verdictsOf("fixtures.ts", change))).toEqual([
      expect.stringMatching(/^listPets 200 body \/0\/age is at its minimum · fixtures ≠ server: .*age must be 0 or more/),
    ]);
  });
});
