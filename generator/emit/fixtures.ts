import type { ApiModel } from "../model/api-model.ts";
import { namedExamples } from "../model/named-examples.ts";
import { hookFamilies } from "../model/hook-families.ts";
import { reportSkippedExamples } from "../model/skipped-examples.ts";
import type { Emitter } from "./emitter.ts";
import { operationBlock } from "./fixtures/operation.ts";
import { operationParts, showParts } from "./fixtures/parts.ts";
import { schemaBlock, schemaEdgesText } from "./fixtures/schema.ts";
import { fixtureOf } from "./fixtures/schema-fixture.ts";
import { Sharing } from "./fixtures/sharing.ts";
import { operationVariants } from "./fixtures/variants.ts";
import { header } from "./text/header.ts";

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
    const examples = namedExamples(model);
    const fixtures = model.schemas.flatMap(
      (schema) => fixtureOf(model, schema, examples.get(schema) ?? new Map(), context) ?? [],
    );
    const sharing = new Sharing([
      ...model.operations.map(({ name }) => name),
      ...fixtures.map(({ schema }) => schema.factoryName),
    ]);
    for (const { schema, value } of fixtures) sharing.own(schema, value);
    for (const fixture of fixtures) {
      const all = [fixture, ...(fixture.members?.values.values() ?? []), ...fixture.examples.values()];
      // The first member of a union is its value.
      for (const { value, recipe } of new Set(all)) sharing.see(value, recipe, "response");
    }
    const scope = { model, context, factories: new Set(fixtures.map(({ schema }) => schema)), sharing };
    // What is seen in several places is written once, so all is seen before any is written.
    const parts = model.operations.map((operation) => operationParts(scope, operation));
    for (const one of parts) showParts(sharing, one);
    const operations = parts.map((one, index) => {
      context.progress?.(index, parts.length);
      return operationBlock(scope, one, operationVariants(scope, one));
    });
    const blocks = fixtures.map((fixture) => schemaBlock(fixture, schemaEdgesText(fixture), sharing.refer("response")));
    const schemas = fixtures.flatMap(({ schema }, index) => [blocks[index] ?? "", ...sharing.functionsOf(schema)]);
    const families = context.emitting.has("webhooks") ? hookFamilies(model) : [];
    const modules = [
      "operation.ts",
      ...["build", "edges", "factory", "operation-fixtures", "overrides", "sequence", "unions", "values", "vary"].map(
        (name) => `fixtures/${name}.ts`,
      ),
    ];
    return [
      {
        kind: "text",
        path: `${sourceFolder}fixtures.ts`,
        text: fileText([...operations, ...schemas, ...(fixtures.length === 0 ? [] : sequenceBlock(model))]),
      },
      ...families.map(({ kind, hooks }) => {
        const own = { ...scope, hooks: kind };
        const text = fileText(
          hooks.map((hook) => {
            const one = operationParts(own, hook);
            return operationBlock(own, one, operationVariants(own, one));
          }),
        );
        return { kind: "text" as const, path: `${sourceFolder}${kind}-fixtures.ts`, text };
      }),
      ...modules.map((module) => ({ kind: "runtime", path: `${sourceFolder}runtime/${module}`, module }) as const),
    ];
  },
};

/** What counts in overrides; an operation of that name has it for itself. */
function sequenceBlock(model: ApiModel): string[] {
  return model.operations.some(({ name }) => name === "sequence")
    ? []
    : ['export { sequence } from "./runtime/fixtures/factory.js";\n'];
}

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
