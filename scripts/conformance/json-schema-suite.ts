/** JSON-Schema-Test-Suite: the groups of its draft 2020-12, and the document and model that each becomes. */
import { readdir, readFile as readText } from "node:fs/promises";
import { join, relative } from "node:path";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { buildModel } from "../../generator/model/build.ts";
import type { Json, Schema } from "../../generator/openapi/shapes.ts";
import { readDocument } from "../../generator/openapi/read.ts";

/** A schema and the instances it is tried on. */
export interface Group {
  /** Its file, relative to `tests/draft2020-12`, without the extension: `optional/format/date`. */
  readonly file: string;
  readonly description: string;
  readonly schema: Schema;
  readonly tests: readonly { readonly description: string; readonly data: Json; readonly valid: boolean }[];
}

/** Where the suite lies when nobody says. */
export const suiteFolder = "../shared/suites/json-schema";

/** The groups of the required tests, and those of the optional tests of formats. */
export async function readSuite(folder: string): Promise<{ readonly required: Group[]; readonly format: Group[] }> {
  const root = join(folder, "tests/draft2020-12");
  return { required: await groupsIn(root, root), format: await groupsIn(join(root, "optional/format"), root) };
}

async function groupsIn(folder: string, root: string): Promise<Group[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  const groups = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const file = relative(root, path).replace(/\.json$/, "");
      return (JSON.parse(await readText(path, "utf8")) as Omit<Group, "file">[]).map((group): Group => ({ ...group, file }));
    }),
  );
  return groups.flat();
}

const server = "http://localhost:1234/";

/**
 * Reads schemas as a user's document would hold them: `Root` among the components of an OpenAPI 3.1 document that lies beside the
 * suite's remotes. What was reported on the way is told as `code place: message`.
 */
export function modelReader(
  folder: string,
): (schema: Schema) => Promise<{ readonly model: ApiModel; readonly problems: readonly string[] }> {
  return (schema) => understand(schema, folder);
}

async function understand(
  schema: Schema,
  folder: string,
): Promise<{ readonly model: ApiModel; readonly problems: readonly string[] }> {
  const document = {
    openapi: "3.1.0",
    info: { title: "Suite", version: "1" },
    paths: {},
    components: { schemas: { Root: { $ref: "schema.json" } } },
  };
  // No network: the suite says what its server at port 1234 has, and everything else is missing.
  const textOf = async (name: string): Promise<string> => {
    if (name === "openapi.json") return JSON.stringify(document);
    return name === "schema.json" ? JSON.stringify(schema) : readText(join(folder, "remotes", name), "utf8");
  };
  const readUrl = async (url: string): Promise<string> => {
    if (!url.startsWith(server)) throw new Error(`${url} is not part of the suite`);
    return textOf(url.slice(server.length));
  };
  const diagnostics = new Diagnostics();
  const readFile: (file: string) => Promise<string> = (file) => Promise.reject(new Error(`no ${file}`));
  const { document: read } = await readDocument(`${server}openapi.json`, { diagnostics, readFile, readUrl });
  if (read === undefined) throw new Error("The document of the suite could not be read.");
  const model = buildModel(read, diagnostics);
  return { model, problems: diagnostics.all.map(({ code, at, message }) => `${code} ${at}: ${message}`) };
}
