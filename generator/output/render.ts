/** FilePlans become GeneratedFiles, in memory. The only wall that ts-morph and Handlebars stand behind. */
import type { StatementStructures } from "ts-morph";
import type { EmitterName, FilePlan, Statement } from "../emit/emitter.ts";
import { header } from "../emit/text/header.ts";
import { stringLiteral, templateLiteral } from "../emit/text/literal.ts";
import { readAsset, readRuntimeModule, readTemplate } from "./assets.ts";

/** A file as it will be written; `path` is relative to the output folder, with `/`. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** A plan with the emitter it came from, and a file likewise: for telling people what was made. */
export interface Planned {
  readonly emitter: EmitterName;
  readonly plan: FilePlan;
}
export interface EmittedFile extends GeneratedFile {
  readonly emitter: EmitterName;
}

/**
 * Renders every plan, in order. Two plans of one path must be the same runtime module; anything else is our own mistake.
 * The libraries are loaded only when a plan asks for them.
 */
export async function render(planned: readonly Planned[]): Promise<EmittedFile[]> {
  const byPath = new Map<string, Planned>();
  for (const one of planned) {
    const before = byPath.get(one.plan.path);
    if (before === undefined) byPath.set(one.plan.path, one);
    else if (!isSameModule(before.plan, one.plan)) throw new Error(`Two emitters plan ${one.plan.path}.`);
  }
  const text = await renderer(planned.map(({ plan }) => plan));
  return Promise.all(
    [...byPath.values()].map(async ({ emitter, plan }) => ({
      emitter,
      path: plan.path,
      text: await text(plan),
    })),
  );
}

/** The same plans with what the libraries make of them as text, so that they need not be loaded again: for another thread. */
export async function prerender(plans: readonly FilePlan[]): Promise<FilePlan[]> {
  const text = await renderer(plans);
  return Promise.all(
    plans.map(async (plan) => (plan.kind === "runtime" ? plan : { kind: "text", path: plan.path, text: await text(plan) })),
  );
}

async function renderer(plans: readonly FilePlan[]): Promise<(plan: FilePlan) => Promise<string> | string> {
  const structures = await structureRenderer(plans);
  const template = await templateRenderer(plans);
  return (plan) => {
    switch (plan.kind) {
      case "text":
        return plan.text;
      case "runtime":
        return readRuntimeModule(plan.module).then((source) => `${header}\n${source}`);
      case "files":
        return filesModule(plan);
      case "structures":
        return structures(plan);
      case "template":
        return template(plan);
    }
  };
}

async function filesModule({ folder, names }: PlanOf<"files">): Promise<string> {
  const members = names.map(async (name) => `  ${stringLiteral(name)}: ${templateLiteral(await readAsset(folder, name))},\n`);
  const text = (await Promise.all(members)).join("");
  return `${header}\nexport const files: { readonly [name: string]: string } = {\n${text}};\n`;
}

function isSameModule(one: FilePlan, other: FilePlan): boolean {
  return one.kind === "runtime" && other.kind === "runtime" && one.module === other.module;
}

type PlanOf<K extends FilePlan["kind"]> = Extract<FilePlan, { kind: K }>;

async function structureRenderer(plans: readonly FilePlan[]): Promise<(plan: PlanOf<"structures">) => string> {
  if (!plans.some((plan) => plan.kind === "structures")) return () => "";
  const { IndentationText, Project, QuoteKind, StructureKind } = await import("ts-morph");
  const project = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, quoteKind: QuoteKind.Double },
  });
  const withKind = (statement: Statement): string | StatementStructures =>
    // The name of the kind chose the structure's type (emit/emitter.ts), so the number of that name fits it.
    typeof statement === "string" ? statement : ({ ...statement, kind: StructureKind[statement.kind] } as StatementStructures);
  return ({ path, statements, text }) => {
    // One structure, handed over whole: adding declarations one by one is quadratic.
    const source = project.createSourceFile(path, { statements: statements.map(withKind) });
    return `${header}\n${source.getFullText().trim()}\n\n${text}`;
  };
}

async function templateRenderer(plans: readonly FilePlan[]): Promise<(plan: PlanOf<"template">) => Promise<string>> {
  if (!plans.some((plan) => plan.kind === "template")) return async () => "";
  const { default: Handlebars } = await import("handlebars");
  const environment = Handlebars.create();
  // Not HTML: views arrive with every document text already through `emit/text/`. `strict` makes a missing member an error.
  const options = { noEscape: true, strict: true };
  return async ({ template, view }) => environment.compile(await readTemplate(template), options)(view);
}
