/** Flags, defaults and `openapi-triad.config.*` become a Config. */
import { access } from "node:fs/promises";
import path from "node:path";
import { suggest } from "./diagnostics/suggest.ts";
import { formatTable, type Formats } from "./model/formats.ts";
import { defaultEmitters, emitterNames, type EmitterName } from "./emit/emitter.ts";

/** What a user writes, in `openapi-triad.config.ts` or as flags. Paths are relative to the file, or to the working folder. */
export interface UserConfig {
  /** The OpenAPI document: a path, relative to the config file, or an http(s) URL. Default: `spec/openapi.yaml`. */
  readonly spec?: string;
  /** The folder that is written; every file in it that we list in its manifest is ours. Default: `generated`. */
  readonly out?: string;
  /**
   * Which artefacts to make; what they need comes along. `"default"` stands for all but `openapi-fetch` and `msw`, which import packages
   * of these names, and `openapi`, the document itself: `["default", "msw"]`. Default: `["default"]`.
   */
  readonly emit?: readonly (EmitterName | "default")[];
  /** Folders beside the document's own that its `$ref`s may reach. Default: none. */
  readonly roots?: readonly string[];
  /**
   * Hosts that a document's `$ref`s may reach although they are private or speak http: names or addresses, with or without a port.
   * Public https needs no mention; see docs/safety.md. Default: none.
   */
  readonly allowHosts?: readonly string[];
  /**
   * OpenAPI Overlays to apply to the document, in this order; see docs/overlays.md. Default: none. Those of the config file
   * belong to its `spec`: they are left out when a flag names another document.
   */
  readonly overlay?: string | readonly string[];
  /** The npm package that is made. Default: named after the title, version `info.version` when it is a semver. */
  readonly package?: { readonly name?: string; readonly version?: string; readonly license?: string };
  /**
   * The TypeScript types of formats, such as `{ "date-time": "Date", int64: "bigint", byte: "Uint8Array" }`: types, client, server and
   * fixtures follow; see docs/formats.md. Default: what JSON has, a string or a number.
   */
  readonly formats?: Formats;
}

/** A UserConfig with its defaults filled in and its paths made absolute. */
export interface Config {
  readonly spec: string;
  readonly out: string;
  readonly emit: readonly EmitterName[];
  readonly roots: readonly string[];
  readonly allowHosts: readonly string[];
  readonly overlays: readonly string[];
  readonly package: { readonly name?: string; readonly version?: string; readonly license?: string };
  /** Default: none. */
  readonly formats?: Formats;
}

/** The command is wrong: one line for the user, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Types a configuration and returns it as it is: `export default defineConfig({ … })`. */
export function defineConfig(config: UserConfig): UserConfig {
  return config;
}

/** The names that a config file may have; the first that is there is read. */
export const configNames = ["ts", "mts", "js", "mjs", "json"].map((extension) => `openapi-triad.config.${extension}`);

/**
 * The configuration for a command run in `cwd`: flags win over the config file, the file over the defaults.
 * Throws a UsageError for a value that cannot be meant.
 */
export async function resolveConfig(cwd: string, flags: UserConfig): Promise<Config> {
  const file = await findConfig(cwd);
  const written = file === undefined ? {} : await loadConfig(file);
  const base = file === undefined ? cwd : path.dirname(file);
  const spec = flags.spec ?? absolute(base, written.spec);
  const elsewhere =
    flags.spec !== undefined && written.spec !== undefined && absolute(cwd, flags.spec) !== absolute(base, written.spec);
  return {
    spec: absolute(cwd, spec ?? "spec/openapi.yaml"),
    out: absolute(cwd, flags.out ?? absolute(base, written.out) ?? "generated"),
    emit: checkEmitters(flags.emit ?? written.emit ?? ["default"]),
    roots: [
      ...(flags.roots ?? []).map((root) => absolute(cwd, root)),
      ...(written.roots ?? []).map((root) => absolute(base, root)),
    ],
    allowHosts: [...(flags.allowHosts ?? []), ...(written.allowHosts ?? [])],
    overlays:
      flags.overlay === undefined ? pathsFrom(base, elsewhere ? [] : (written.overlay ?? [])) : pathsFrom(cwd, flags.overlay),
    package: { ...written.package, ...flags.package },
    formats: checkFormats({ ...written.formats, ...flags.formats }),
  };
}

async function findConfig(cwd: string): Promise<string | undefined> {
  for (const name of configNames) {
    const file = path.resolve(cwd, name);
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return undefined;
}

async function loadConfig(file: string): Promise<UserConfig> {
  let written: unknown;
  try {
    // jiti reads TypeScript on every Node we support; see docs/decisions/0004-dependencies.md.
    const { createJiti } = await import("jiti");
    // Anew each time: `--watch` reads it again, and what it imports.
    written = await createJiti(file, { moduleCache: false }).import(file, { default: true });
  } catch (error) {
    throw new UsageError(`${path.basename(file)} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return checkConfig(written, path.basename(file));
}

function checkConfig(written: unknown, name: string): UserConfig {
  if (!isRecord(written)) throw new UsageError(`${name} must export a configuration as its default.`);
  checkMembers(written, options, (key) => `${name}: "${key}"`);
  if (isRecord(written["package"])) checkMembers(written["package"], packageOptions, (key) => `${name}: "package.${key}"`);
  return written as UserConfig; // Every key is known and its value of the right kind; the names of artefacts are checked below.
}

function checkMembers(
  written: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, Kind>>,
  say: (key: string) => string,
): void {
  for (const [key, value] of Object.entries(written)) {
    const kind = Object.hasOwn(known, key) ? known[key] : undefined;
    if (kind === undefined) throw new UsageError(`${say(key)} is not an option.${didYouMean(key, Object.keys(known))}`);
    if (value !== undefined && !kinds[kind](value)) throw new UsageError(`${say(key)} must be ${kind}.`);
  }
}

type Kind = keyof typeof kinds;
const kinds = {
  "a text": (value: unknown): boolean => typeof value === "string" && value !== "",
  "a list of texts": (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === "string"),
  "a text or a list of texts": (value: unknown): boolean => kinds["a text"](value) || kinds["a list of texts"](value),
  "an object": isRecord,
};

const options = {
  spec: "a text",
  out: "a text",
  emit: "a list of texts",
  roots: "a list of texts",
  allowHosts: "a list of texts",
  overlay: "a text or a list of texts",
  package: "an object",
  formats: "an object",
} satisfies Record<keyof UserConfig, Kind>;
const packageOptions = { name: "a text", version: "a text", license: "a text" } satisfies Record<
  keyof NonNullable<UserConfig["package"]>,
  Kind
>;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkEmitters(names: readonly string[]): readonly EmitterName[] {
  const known = [...emitterNames, "default"];
  if (names.length === 0) throw new UsageError(`No artefact is named; there are ${known.join(", ")}.`);
  const asked = new Set(
    names.flatMap((name) => {
      if (name === "default") return defaultEmitters;
      const emitter = emitterNames.find((one) => one === name);
      if (emitter === undefined)
        throw new UsageError(`"${name}" is not an artefact; there are ${known.join(", ")}.${didYouMean(name, known)}`);
      return emitter;
    }),
  );
  return [...asked];
}

function checkFormats(formats: Readonly<Record<string, unknown>>): Formats {
  for (const [format, type] of Object.entries(formats)) {
    const known = Object.keys(formatTable);
    const row = Object.hasOwn(formatTable, format) ? formatTable[format] : undefined;
    if (row === undefined)
      throw new UsageError(
        `"formats.${format}" is no format whose type can be chosen; there are ${known.join(", ")}.${didYouMean(format, known)}`,
      );
    const types = [...new Set([row.default, ...row.choices.map((choice) => choice.type)])];
    if (typeof type !== "string" || !types.includes(type))
      throw new UsageError(
        `"formats.${format}" must be ${types.map((one) => `"${one}"`).join(" or ")}.${didYouMean(String(type), types)}`,
      );
  }
  return formats as Formats; // Each value is one of the texts that the table lists.
}

function didYouMean(word: string, candidates: readonly string[]): string {
  const near = suggest(word, candidates);
  return near === undefined ? "" : ` Did you mean "${near}"?`;
}

function pathsFrom(base: string, files: string | readonly string[]): readonly string[] {
  return (typeof files === "string" ? [files] : files).map((file) => absolute(base, file));
}

function absolute(base: string, file: string): string;
function absolute(base: string, file: string | undefined): string | undefined;
function absolute(base: string, file: string | undefined): string | undefined {
  if (file === undefined || /^https?:\/\//i.test(file)) return file;
  return path.resolve(base, file);
}
