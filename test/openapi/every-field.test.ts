import { describe, expect, test } from "vitest";
import { emitterNames } from "../../generator/emit/emitter.ts";
import { selectEmitters } from "../../generator/emit/index.ts";
import { buildModel } from "../../generator/model/build.ts";
import { readFiles } from "../support/read.ts";
import { subjects, type Subject, type Version } from "./every-field.ts";

// What is in a document changes what is made of it, or something is said of it at its place. Nothing is dropped in silence.
const versions: Readonly<Record<Version, object>> = {
  "2.0": { swagger: "2.0" },
  "3.0": { openapi: "3.0.4" },
  "3.1": { openapi: "3.1.1" },
  "3.2": { openapi: "3.2.0" },
};

describe.each(["2.0", "3.0", "3.1", "3.2"] as const)("of %s, every field is used or spoken of", (version) => {
  const rows = subjects
    .filter((subject) => subject.versions.includes(version))
    .flatMap((subject) =>
      Object.entries(subject.fields).map(([field, value]) => ({ name: subject.name, field, subject, value })),
    );
  test.each(rows)("$name: $field", async ({ subject, field, value }) => {
    const [without, made] = await Promise.all([outcome(version, subject, {}), outcome(version, subject, { [field]: value })]);
    const place = `${subject.at}/${field.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    // Of "xml" it is said as a whole.
    const spoken = made.problems.filter(
      (at) => at === place || at.startsWith(`${place}/`) || (at === subject.at && at.endsWith("/xml")),
    );
    expect(made.files !== without.files || spoken.length > 0, `${place} is dropped in silence`).toBe(true);
  });
});

async function outcome(
  version: Version,
  { document }: Subject,
  more: Readonly<Record<string, unknown>>,
): Promise<{ readonly files: string; readonly problems: readonly string[] }> {
  const { document: read, diagnostics } = await readFiles({ "spec.json": { ...versions[version], ...document(more) } });
  if (read === undefined) throw new Error(diagnostics.all.map(({ message }) => message).join("\n"));
  const model = buildModel(read, diagnostics);
  const context = {
    emitting: new Set(emitterNames),
    sourceFolder: "src/",
    package: { name: "fields", version: "1.0.0", license: "MIT" },
    // The document itself would hold every field, whoever reads it.
    written: () => ({}),
    diagnostics,
  };
  const files = selectEmitters(emitterNames).flatMap((emitter) => emitter.emit(model, context));
  return { files: JSON.stringify(files), problems: diagnostics.all.map(({ at }) => at.replace("/api/spec.json#", "")) };
}
