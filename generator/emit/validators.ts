import type { ApiModel, Direction, NamedSchema } from "../model/api-model.ts";
import { hookFamilies } from "../model/hook-families.ts";
import type { EmitContext, Emitter, FilePlan } from "./emitter.ts";
import { compileNamed, type Compiler } from "./validators/compile.ts";
import { ValidatorFile } from "./validators/file.ts";
import { compileOperations } from "./validators/operations.ts";

/**
 * `validators.ts`: the schemas, compiled to functions that call the checks of `runtime/validation/`, and
 * `operation-validators.ts`: what each operation takes and gives, checked and decoded.
 */
export const validatorsEmitter: Emitter = {
  name: "validators",
  needs: [],
  emit: (model, context) => emitValidators(model, context, { formats: true }),
};

/** The same with a choice: whether `format` is an assertion, or an annotation as JSON Schema has it by default (Validation, §7.2). */
export function emitValidators(model: ApiModel, context: EmitContext, { formats }: { readonly formats: boolean }): FilePlan[] {
  const schemas = schemasFile(model, context, formats);
  const operations = operationsFile(model, context, formats);
  return [
    { kind: "text", path: `${context.sourceFolder}validators.ts`, text: schemas.print() },
    { kind: "text", path: `${context.sourceFolder}operation-validators.ts`, text: operations.print() },
    ...(context.emitting.has("webhooks") ? hookFamilies(model) : []).map((family): FilePlan => ({
      kind: "text",
      path: `${context.sourceFolder}${family.kind}-validators.ts`,
      text: operationsFile(family.model, context, formats).print(),
    })),
    ...[...runtimeModules].map((module): FilePlan => ({
      kind: "runtime",
      path: `${context.sourceFolder}runtime/${module}`,
      module,
    })),
  ];
}

const runtimeModules = [
  "operation.ts",
  ...[
    "always",
    "arrays",
    "equal",
    "formats",
    "numbers",
    "objects",
    "operation-validators",
    "report",
    "strings",
    "unions",
    "validator",
  ].map((name) => `validation/${name}.ts`),
  ...["date-time", "network", "text", "uri"].map((name) => `validation/formats/${name}.ts`),
];

function schemasFile(model: ApiModel, context: EmitContext, formats: boolean): ValidatorFile {
  const file = new ValidatorFile();
  const compiler = compilerFor({ model, context, file, formats }, (name) => name);
  for (const schema of model.schemas) for (const { name } of exportsOf(schema)) file.export(name);
  for (const schema of model.schemas)
    for (const { name, direction } of exportsOf(schema)) compileNamed(compiler, schema, name, direction);
  return file;
}

function operationsFile(model: ApiModel, context: EmitContext, formats: boolean): ValidatorFile {
  const file = new ValidatorFile();
  for (const operation of model.operations) file.export(operation.name);
  const compiler = compilerFor(
    { model, context, file, formats },
    (name) => `${file.useAll("validators", "./validators.js")}.${name}`,
  );
  compileOperations(compiler);
  return file;
}

interface Compiling {
  readonly model: ApiModel;
  readonly context: EmitContext;
  readonly file: ValidatorFile;
  readonly formats: boolean;
}

function compilerFor({ model, context, file, formats }: Compiling, qualify: (name: string) => string): Compiler {
  return {
    model,
    file,
    formats,
    named: (schema, direction) => qualify(nameOf(schema, direction)),
    brokenPattern(pattern, at) {
      context.diagnostics.report("pattern-invalid", at ?? model.at, { pattern });
    },
  };
}

/** The validators of a schema: one, or one for each side. */
function exportsOf(schema: NamedSchema): { readonly name: string; readonly direction: Direction }[] {
  const response = { name: nameOf(schema, "response"), direction: "response" } as const;
  return schema.writableName === undefined ? [response] : [response, { name: nameOf(schema, "request"), direction: "request" }];
}

function nameOf(schema: NamedSchema, direction: Direction): string {
  return `validate${direction === "request" ? (schema.writableName ?? schema.name) : schema.name}`;
}
