import type {
  ExportDeclarationStructure,
  FunctionDeclarationStructure,
  ImportDeclarationStructure,
  TypeAliasDeclarationStructure,
} from "ts-morph";
import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import type { ApiModel } from "../model/api-model.ts";

/** A file to be, as data: text, structures for ts-morph, a template with its ready-made view, files as they are, or a runtime module. */
export type FilePlan =
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  /** `text` stands below the structures: ts-morph would parse it, and add nothing. */
  | { readonly kind: "structures"; readonly path: string; readonly statements: readonly Statement[]; readonly text: string }
  | { readonly kind: "template"; readonly path: string; readonly template: string; readonly view: object }
  /** A module with files of `templates/`, as `files`, by their names. */
  | { readonly kind: "files"; readonly path: string; readonly folder: string; readonly names: readonly string[] }
  /** A module of `generator/runtime/`, shipped as it is. Two emitters may ship the same one. */
  | { readonly kind: "runtime"; readonly path: string; readonly module: string };

/**
 * A statement of a file: one of ts-morph's structures, or text that is already laid out. The kind is told by its name, so that
 * emitters need ts-morph's types alone; ts-morph itself is loaded when the file is rendered.
 */
export type Statement =
  | string
  | Structure<"ImportDeclaration", ImportDeclarationStructure>
  | Structure<"ExportDeclaration", ExportDeclarationStructure>
  | Structure<"TypeAlias", TypeAliasDeclarationStructure>
  | Structure<"Function", FunctionDeclarationStructure>;
type Structure<Kind extends string, S> = Omit<S, "kind"> & { readonly kind: Kind };

/** What an emitter is told beside the model. */
export interface EmitContext {
  /** Where TypeScript goes, relative to the output folder: `src/` when a package is emitted, else ``. */
  readonly sourceFolder: string;
  /** The names of all emitters of this run. */
  readonly emitting: ReadonlySet<EmitterName>;
  /** npm package of the output, when one is emitted. */
  readonly package: PackageIdentity;
  /** The document in one file as its authors have it. */
  readonly written: () => unknown;
  /** For what an emitter must leave out or change: never in silence. */
  readonly diagnostics: Diagnostics;
  /** Told how many operations, or other things, are done of a file that takes long. Default: nobody listens. */
  readonly progress?: Counted;
}

/** How far a file is: so many of so many things, which are operations unless told otherwise. */
export type Counted = (done: number, of: number, what?: string) => void;

/** What is made of each of the things, counted as it goes. */
export function counting<T, R>(
  progress: Counted | undefined,
  what: string,
  things: readonly T[],
  make: (thing: T, index: number) => R,
): R[] {
  return things.map((thing, index) => {
    progress?.(index, things.length, what);
    return make(thing, index);
  });
}

/** The npm package that the output makes. */
export interface PackageIdentity {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The emitters, in the order they run and are listed. */
export const emitterNames = [
  "types",
  "operations",
  "client",
  "paths-client",
  "openapi-fetch",
  "validators",
  "server",
  "webhooks",
  "openapi",
  "fixtures",
  "msw",
  "package",
  "docs",
] as const;
export type EmitterName = (typeof emitterNames)[number];

/** Those whose files import a package that nobody has who does not ask for them, and the document itself, which is as large as it is. */
const askedFor: readonly EmitterName[] = ["openapi-fetch", "msw", "openapi"];

/** What is made when nothing is asked: all that compiles by itself. */
export const defaultEmitters: readonly EmitterName[] = emitterNames.filter((name) => !askedFor.includes(name));

/** Makes the files of one artefact. It sees the model and nothing else: no disk, no YAML, no other emitter. */
export interface Emitter {
  readonly name: EmitterName;
  /** Other emitters whose files its own import; they run too. */
  readonly needs: readonly EmitterName[];
  emit(model: ApiModel, context: EmitContext): FilePlan[];
}
