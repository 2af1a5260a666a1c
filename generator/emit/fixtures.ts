import type { ApiModel, NamedSchema } from "../model/api-model.ts";
import { schemaEdges, type EdgeValue } from "../model/edges.ts";
import { hookFamilies } from "../model/hook-families.ts";
import { sample } from "../model/sample.ts";
import { reportSkippedExamples } from "../model/skipped-examples.ts";
import { typedSample, type TypedValue } from "../model/typed-samples.ts";
import type { EmitContext, Emitter } from "./emitter.ts";
import { operationBlock } from "./fixtures/operation.ts";
import { edgesLayout } from "./fixtures/edges.ts";
import { arrowLayout, isCall, isObjectLiteral, objectLines, valueLayout } from "./fixtures/value.ts";
import { header } from "./text/header.ts";
import { jsdoc } from "./text/jsdoc.ts";
import { choice, concat, group, hardline, indent, line, lineWidth, print, softline, type Layout } from "./text/layout.ts";

/**
 * `fixtures.ts`: for each operation its valid request, its replies and requests that are wrong in one place; for each schema a factory.
 * Every value has been proven valid. What no value can be made for is left out, and reported.
 */
export const fixturesEmitter: Emitter = {
  name: "fixtures",
  needs: ["types"],
  emit(model, context) {
    const { sourceFolder } = context;
    reportSkippedExamples(model, context.diagnostics);
    const samples = new Map(model.schemas.flatMap((schema) => sampleOf(model, schema, context)));
    const factories = new Set(samples.keys());
    const operations = model.operations.map((operation, index) => {
      context.progress?.(index, model.operations.length);
      return operationBlock({ model, context, factories }, operation);
    });
    const schemas = [...samples].map(([schema, value]) => schemaBlock(schema, value));
    const families = context.emitting.has("webhooks") ? hookFamilies(model) : [];
    const modules = [
      "operation.ts",
      "fixtures/edges.ts",
      "fixtures/factory.ts",
      "fixtures/operation-fixtures.ts",
      "fixtures/values.ts",
    ];
    return [
      { kind: "text", path: `${sourceFolder}fixtures.ts`, text: fileText([...operations, ...schemas]) },
      ...families.map(({ kind, hooks }) => {
        const scope = { model, context, factories, hooks: kind };
        const text = fileText(hooks.map((hook) => operationBlock(scope, hook)));
        return { kind: "text" as const, path: `${sourceFolder}${kind}-fixtures.ts`, text };
      }),
      ...modules.map((module) => ({ kind: "runtime", path: `${sourceFolder}runtime/${module}`, module }) as const),
    ];
  },
};

/** The blocks that there are, below what they import. */
function fileText(all: readonly string[]): string {
  const blocks = all.filter((block) => block !== "");
  const code = blocks.map(codeOf);
  const imports = Object.entries(containers).flatMap(([name, from]) =>
    code.some((block) => block.includes(`${name}.`)) ? [`import ${from};\n`] : [],
  );
  return [
    `${header}${imports.length === 0 ? "" : `\n${imports.join("")}`}`,
    ...(blocks.length === 0 ? ["export {};\n"] : blocks),
  ].join("\n");
}

/** A block without what the document says in it: `https://webhooks.example.com/` uses no module. */
function codeOf(block: string): string {
  return block.replace(/\/\*[^]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "");
}

const containers: { readonly [name: string]: string } = {
  callbacks: 'type * as callbacks from "./callbacks.js"',
  fixtures: '* as fixtures from "./fixtures.js"',
  runtime: '* as runtime from "./runtime/fixtures/factory.js"',
  types: 'type * as types from "./types.js"',
  webhooks: 'type * as webhooks from "./webhooks.js"',
};

interface Made {
  readonly value: TypedValue;
  readonly edges: Layout | undefined;
}

function sampleOf(model: ApiModel, schema: NamedSchema, { diagnostics }: EmitContext): [NamedSchema, Made][] {
  const wire = sample(model, schema.schema, { direction: "response", name: schema.key });
  const made = wire.ok ? typedSample(model, schema.schema, wire.value) : wire;
  if (!made.ok) {
    diagnostics.report("fixture-impossible", schema.at, {
      what: `the schema "${schema.key}"`,
      pointer: made.pointer,
      reason: made.reason,
    });
    return [];
  }
  const typed = (edge: EdgeValue) => typedSample(model, schema.schema, edge.value());
  const edges = wire.ok ? edgesLayout(model, made.value, schemaEdges(model, schema, wire.value), typed) : undefined;
  return [[schema, { value: made.value, edges }]];
}

/** `export const pet: runtime.Factory<types.Pet> = runtime.factory(() => ({ … }));` */
function schemaBlock({ name, factoryName, schema }: NamedSchema, { value, edges }: Made): string {
  const described =
    typeof schema === "object" ? { text: [schema.title, schema.description], deprecated: schema.deprecated === true } : {};
  const start = `export const ${factoryName}: runtime.Factory<types.${name}> =`;
  const call = edges === undefined ? called(value, start.length) : planned(value, edges, start.length);
  return `${jsdoc(described)}${print(concat(start, call, ";"))}\n`;
}

/** `runtime.factory({ make: () => ({ … }), edges: { … } })` */
function planned(value: TypedValue, edges: Layout, column: number): Layout {
  const call = "runtime.factory(";
  const plan = objectLines([
    ["make", arrowLayout(valueLayout(value), isObjectLiteral(value))],
    ["edges", edges],
  ]);
  const room = lineWidth - column - ` ${call}`.length;
  if (room > 0) return concat(` ${call}`, plan, ")");
  if (room < 0) return indent(concat(hardline, call, plan, ")"));
  return concat(` ${call}`, indent(concat(hardline, plan, ",")), hardline, ")");
}

// As prettier has it: objects and lists open on the line of the call, or the call goes to lines of its own, or its argument does.
function called(value: TypedValue, column: number): Layout {
  const call = "runtime.factory(";
  const opening = isObjectLiteral(value) ? "() => (" : "() => ";
  const room = lineWidth - column - ` ${call}`.length;
  if (typeof value === "object" && value !== null && !isCall(value)) {
    const arrow = isObjectLiteral(value) ? concat(opening, valueLayout(value), ")") : concat(opening, valueLayout(value));
    if (room > opening.length) return concat(` ${call}`, arrow, ")");
    if (room < 0) return indent(concat(hardline, call, arrow, ")"));
    return concat(` ${call}`, indent(concat(hardline, arrow, ",")), hardline, ")");
  }
  const body = group(concat("() =>", group(indent(concat(line, valueLayout(value))))));
  const argument = group(concat(indent(concat(softline, body)), choice(","), softline));
  return room < 0 ? indent(concat(hardline, call, argument, ")")) : concat(` ${call}`, argument, ")");
}
