import type { ApiModel, Direction, NamedSchema } from "../model/api-model.ts";
import { hasChoices } from "../model/codecs.ts";
import { hookFamilies } from "../model/hook-families.ts";
import { counting, type EmitContext, type Emitter, type FilePlan } from "./emitter.ts";
import { header } from "./text/header.ts";
import { jsdoc } from "./text/jsdoc.ts";
import { choice, concat, group, hardline, indent, lineWidth, print, softline } from "./text/layout.ts";
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
  const files = [
    { name: "validators", text: schemasFile(model, context, formats).print() },
    { name: "operation-validators", text: operationsFile(model, context, formats).print() },
    ...(context.emitting.has("webhooks") ? hookFamilies(model) : []).map((family) => ({
      name: `${family.kind}-validators`,
      text: operationsFile(family.model, context, formats).print(),
    })),
  ];
  // Few documents have patterns that backtracking could take long for.
  const linear = files.some(({ text }) => text.includes(' from "./runtime/validation/linear.js";'));
  return [
    ...files.map(({ name, text }): FilePlan => ({ kind: "text", path: `${context.sourceFolder}${name}.ts`, text })),
    ...(context.emitting.has("types")
      ? [{ kind: "text" as const, path: `${context.sourceFolder}schemas.ts`, text: schemasText(model) }]
      : []),
    ...[
      ...runtimeModules,
      ...(linear ? linearModules : []),
      ...(hasChoices(model) ? ["formats/wire-schema.ts", "formats/wire-type.ts"] : []),
    ].map((module): FilePlan => ({
      kind: "runtime",
      path: `${context.sourceFolder}runtime/${module}`,
      module,
    })),
  ];
}

const runtimeModules = [
  "operation.ts",
  "standard-schema.ts",
  ...[
    "always",
    "arrays",
    "equal",
    "formats",
    "members",
    "numbers",
    "objects",
    "operation-validators",
    "report",
    "standard",
    "strings",
    "unions",
    "validator",
  ].map((name) => `validation/${name}.ts`),
  ...["date-time", "network", "text", "uri"].map((name) => `validation/formats/${name}.ts`),
];

const linearModules = ["linear", "regex"].map((name) => `validation/${name}.ts`);

/** Each validator as a Standard Schema, under the name of its type. */
function schemasText(model: ApiModel): string {
  // What is judged has its wire form, whatever types were chosen for formats.
  const coded = hasChoices(model);
  const blocks = model.schemas.flatMap(exportsOf).map(({ name }) => {
    const type = name.replace(/^validate/, "");
    const made = group(concat("standard.make(", indent(concat(softline, `validators.${name}`)), choice(","), softline, ")"));
    const schema = coded ? "runtime.WireSchema" : "standard.Schema";
    const left = `export const ${type}: ${schema}<types.${type}> =`;
    const right = concat("/* @__PURE__ */ ", made, ";");
    // What cannot stand beside the name up to its parenthesis goes below.
    const beside = `${left} /* @__PURE__ */ standard.make(`.length <= lineWidth;
    const text = print(beside ? concat(left, " ", right) : concat(left, indent(concat(hardline, right))));
    return `${jsdoc([`Checks against \`${type}\`: a Standard Schema.`])}${text}\n`;
  });
  if (blocks.length === 0) return `${header}\nexport {};\n`;
  const imports = [
    ...(coded ? [`import type * as runtime from "./runtime/formats/wire-schema.js";`] : []),
    `import * as standard from "./runtime/validation/standard.js";`,
    `import type * as types from "./types.js";`,
    `import * as validators from "./validators.js";`,
  ];
  return [header, `${imports.join("\n")}\n`, ...blocks].join("\n");
}

function schemasFile(model: ApiModel, context: EmitContext, formats: boolean): ValidatorFile {
  const file = new ValidatorFile();
  const compiler = compilerFor({ model, context, file, formats }, (name) => name);
  for (const schema of model.schemas) for (const { name } of exportsOf(schema)) file.export(name);
  counting(context.progress, "schema", model.schemas, (schema) => {
    for (const { name, direction } of exportsOf(schema)) compileNamed(compiler, schema, name, direction);
  });
  return file;
}

function operationsFile(model: ApiModel, context: EmitContext, formats: boolean): ValidatorFile {
  const file = new ValidatorFile();
  for (const operation of model.operations) file.export(operation.name);
  const compiler = compilerFor(
    { model, context, file, formats },
    (name) => `${file.useAll("validators", "./validators.js")}.${name}`,
  );
  compileOperations(compiler, context.progress);
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
