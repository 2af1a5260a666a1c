/** The whole program on one screen: load → overlay → bundle → normalize → build model → emit → render. Writing is the caller's. */
import type { Config } from "./config.ts";
import { Diagnostics, type Diagnostic } from "./diagnostics/diagnostic.ts";
import type { EmitterName, FilePlan } from "./emit/emitter.ts";
import { selectEmitters } from "./emit/index.ts";
import { packageIdentity } from "./emit/package-identity.ts";
import type { ApiModel } from "./model/api-model.ts";
import { buildModel } from "./model/build.ts";
import type { Document } from "./openapi/document.ts";
import { decodeText } from "./openapi/load/decode.ts";
import { createFetcher } from "./openapi/load/fetch.ts";
import { readDocument } from "./openapi/read.ts";
import { prerender, render, type EmittedFile, type Planned } from "./output/render.ts";
import { traceDisk, type Trace } from "./output/trace.ts";
import type { SourceFile } from "./diagnostics/source-file.ts";

/** Told as each stage begins, for people who wait. */
export type Progress = (stage: Stage, detail: string) => void;
export type Stage = "read" | "model" | "emit" | "render";

/** A document that was understood, with what was found on the way. */
export interface Understood {
  readonly diagnostics: Diagnostics;
  readonly sources: readonly SourceFile[];
  /** What was looked at on the disk. */
  readonly trace: Trace;
  /** Whether something came from elsewhere, which may be another thing the next time. */
  readonly remote: boolean;
  readonly document?: Document;
  /** Whole even when the document has errors, so that all of them are found; absent only without a document. */
  readonly model?: ApiModel;
}

/**
 * load → overlay → bundle → normalize → build model. Problems are gathered, never thrown; where they go `unheard`, since another thread
 * tells them, nobody looks for those that change nothing.
 */
export async function understand(
  config: Pick<Config, "spec" | "roots" | "overlays" | "allowHosts" | "formats">,
  progress: Progress = () => {},
  { unheard = false }: { readonly unheard?: boolean } = {},
): Promise<Understood> {
  const diagnostics = new Diagnostics(unheard);
  const { disk, trace } = traceDisk();
  let remote = false;
  const fetcher = createFetcher({ allowHosts: config.allowHosts });
  const entry = fetcher.typed(config.spec);
  progress("read", entry);
  const { document, sources } = await readDocument(entry, {
    diagnostics,
    roots: config.roots,
    overlays: config.overlays.map((overlay) => fetcher.typed(overlay)),
    readFile: async (file) => decodeText(await disk.readFile(file)),
    readUrl: (url) => {
      remote = true;
      return fetcher.read(url);
    },
    realPath: disk.realPath,
    listFolder: disk.listFolder,
  });
  const read = { diagnostics, sources, trace, remote };
  if (document === undefined) return read;
  progress("model", document.root.info.title);
  return { ...read, document, model: buildModel(document, diagnostics, config.formats) };
}

/** Everything that would be written, in memory. */
export interface Generated extends Understood {
  /** Absent when there are errors: then nothing may be written. */
  readonly files?: readonly EmittedFile[];
}

/** Another thread, which makes the plans of some emitters while this one makes the others. */
export interface Assistant {
  /** Whether an emitter is left to who asks; from then on it is, whatever it makes. */
  claim(name: EmitterName): boolean;
  /** What it has made; `undefined` when it could not, or when it has read something else. Tells how far it is while it is waited for. */
  emissions(understood: Understood, progress?: Progress): Promise<Emissions | undefined>;
}

/** What an emitter has made, and what it found wrong on the way; data, so that it can come from another thread. */
export interface Emission {
  readonly plans: readonly FilePlan[];
  readonly problems: readonly Diagnostic[];
}
export type Emissions = ReadonlyMap<EmitterName, Emission>;

/** The whole chain up to the rendered files. */
export async function generate(config: Config, progress: Progress = () => {}, assistant?: Assistant): Promise<Generated> {
  const understood = await understand(config, progress);
  const { model, diagnostics } = understood;
  if (model === undefined || diagnostics.failed) return understood;
  let own = emit(understood, model, config, (name) => assistant?.claim(name) !== false, progress);
  // While the other thread still makes its own.
  if (assistant !== undefined) own = await prerendered(own);
  const others = await assistant?.emissions(understood, progress);
  const rest = emit(understood, model, config, (name) => !own.has(name) && others?.has(name) !== true, progress);
  const plans = selectEmitters(config.emit).flatMap(({ name }): Planned[] => {
    const emission = own.get(name) ?? others?.get(name) ?? rest.get(name);
    diagnostics.adopt(emission?.problems ?? []);
    return (emission?.plans ?? []).map((plan) => ({ emitter: name, plan }));
  });
  if (diagnostics.failed) return understood;
  progress("render", `${plans.length} files`);
  return { ...understood, files: await render(plans) };
}

/** What the chosen ones of the emitters make, in their order. */
export function emit(
  understood: Understood,
  model: ApiModel,
  config: Pick<Config, "emit" | "package">,
  isChosen: (name: EmitterName) => boolean,
  progress: Progress = () => {},
): Emissions {
  const emissions = new Map<EmitterName, Emission>();
  for (const { emitter, told, context } of contexts(understood, model, config, progress)) {
    if (!isChosen(emitter.name)) continue;
    progress("emit", told);
    const plans = emitter.emit(model, context);
    emissions.set(emitter.name, { plans, problems: context.diagnostics.all });
  }
  return emissions;
}

/** The same, as far as they can be rendered by themselves. */
export async function prerendered(emissions: Emissions): Promise<Emissions> {
  const ready = new Map<EmitterName, Emission>();
  for (const [name, { plans, problems }] of emissions) ready.set(name, { plans: await prerender(plans), problems });
  return ready;
}

/** The emitters of a run with what each is told. */
function contexts(
  { diagnostics, document }: Understood,
  model: ApiModel,
  config: Pick<Config, "emit" | "package">,
  progress: Progress,
) {
  const emitters = selectEmitters(config.emit);
  const emitting = new Set(emitters.map((emitter) => emitter.name));
  return emitters.map((emitter, index) => {
    const told = `${emitter.name} ${index + 1}/${emitters.length}`;
    const context = {
      emitting,
      // A package keeps its sources in `src/`; without one, the output folder is a folder of the user's own sources.
      sourceFolder: emitting.has("package") ? "src/" : "",
      package: packageIdentity(model, config.package),
      written: () => document?.written(),
      diagnostics: diagnostics.branch(),
      // Not each of thousands: a terminal is slower than an emitter.
      progress: (done: number, of: number, what = "operation"): void => {
        if (done % 20 === 0) progress("emit", `${told}, ${what} ${done + 1}/${of}`);
      },
    };
    return { emitter, told, context };
  });
}
