import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** What a command left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A temporary folder in which the real command line runs, as its users have it: in a pipe, and in their folder. */
export interface Workspace {
  readonly folder: string;
  run(argv: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Outcome>;
  put(file: string, text: string): void;
  read(file: string): string;
  remove(file: string): void;
  /** Every file under a folder, by its path in there, with its text. */
  texts(folder: string): Readonly<Record<string, string>>;
  /** Removes the folder and all in it. */
  close(): void;
}

export function openWorkspace(files: Readonly<Record<string, string>> = {}): Workspace {
  const folder = mkdtempSync(path.join(tmpdir(), "openapi-triad-cli-"));
  const place = (file: string): string => path.join(folder, file);
  const workspace: Workspace = {
    folder,
    run: (argv, environment = {}) => run(argv, folder, environment),
    put(file, text) {
      mkdirSync(path.dirname(place(file)), { recursive: true });
      writeFileSync(place(file), text);
    },
    read: (file) => readFileSync(place(file), "utf8"),
    remove: (file) => rmSync(place(file), { recursive: true }),
    texts: (inside) => textsOf(place(inside)),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
  for (const [file, text] of Object.entries(files)) workspace.put(file, text);
  return workspace;
}

/** A small document that is well; what is said of it can be replaced. */
export function smallDocument(replacements: Readonly<Record<string, string>> = {}): string {
  let text = `openapi: 3.1.0
info:
  title: Pets
  version: 1.0.0
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters:
        - name: id
          in: path
          required: true
          schema:
            type: integer
      responses:
        "200":
          description: The pet.
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Pet"
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name:
          type: string
`;
  for (const [from, to] of Object.entries(replacements)) {
    if (!text.includes(from)) throw new Error(`The document does not say ${from}.`);
    text = text.replace(from, to);
  }
  return text;
}

const tool = fileURLToPath(new URL("../../generator/cli.ts", import.meta.url));

function run(argv: readonly string[], cwd: string, environment: Readonly<Record<string, string>>): Promise<Outcome> {
  const { CI: _ci, NO_COLOR: _none, FORCE_COLOR: _forced, NODE_OPTIONS: _options, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), tool, ...argv], {
      cwd,
      env: { ...inherited, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const outcome = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (outcome.out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (outcome.err += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...outcome }));
  });
}

function textsOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = entries.filter((file) => statSync(path.join(folder, file)).isFile());
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(folder, file), "utf8")]));
}
