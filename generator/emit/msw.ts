import type { ApiModel, Operation } from "../model/api-model.ts";
import { errorShapes } from "../model/error-shapes.ts";
import { assignNames, typeIdentifier } from "../model/names.ts";
import { hasFixtures } from "../model/request-samples.ts";
import { wireMethod } from "../model/route.ts";
import type { Emitter } from "./emitter.ts";
import { header } from "./text/header.ts";
import { jsdoc } from "./text/jsdoc.ts";
import { choice, concat, group, hardline, indent, join, line, print, softline, type Layout } from "./text/layout.ts";
import { stringLiteral } from "./text/literal.ts";

/** `msw.ts`: handlers for Mock Service Worker, each of which is the generated server of one operation, answering with fixtures. */
export const mswEmitter: Emitter = {
  name: "msw",
  needs: ["types", "operations", "validators", "server", "fixtures"],
  emit(model, { sourceFolder }) {
    return [
      { kind: "text", path: `${sourceFolder}msw.ts`, text: mswFile(model) },
      ...modules.map((module) => ({ kind: "runtime", path: `${sourceFolder}runtime/${module}`, module }) as const),
    ];
  },
};

const modules = ["msw/bases.ts", "msw/complete.ts", "msw/find.ts", "msw/mocks.ts", "msw/types.ts"];

// One import of it in the whole output, so that only those who use this module need MSW.
function mswFile(model: ApiModel): string {
  const { operations } = model;
  if (operations.length === 0) return [header, emptyFile].join("\n");
  const { names } = assignNames(
    operations.map(({ name }) => ({ key: name, wanted: `mock${typeIdentifier(name)}` })),
    new Set(["mock"]),
  );
  const nameOf = ({ name }: Operation): string => names.get(name) ?? name;
  const shaped = errorShapes(model).length > 0;
  const fixed = operations.filter((operation) => hasFixtures(model, operation));
  return [
    `${header}\n${imports(shaped, fixed.length > 0)}`,
    'export type { MockInput, MockOptions, MockReply, OneMockOptions, Override } from "./runtime/msw/mocks.js";\n',
    `${shared(model, shaped)}\n${handlerOf}`,
    ...operations.map((operation) => mockFunction(operation, nameOf(operation), fixed.includes(operation))),
    createHandlers(operations.map(nameOf)),
    constant,
  ].join("\n");
}

function imports(shaped: boolean, hasFixed: boolean): string {
  return [
    'import { HttpHandler } from "msw";',
    ...(shaped ? ['import { errorShapes } from "./error-shapes.js";'] : []),
    ...(hasFixed ? ['import * as fixtures from "./fixtures.js";'] : []),
    'import * as validators from "./operation-validators.js";',
    'import * as descriptors from "./operations.js";',
    "import {",
    "  createApi,",
    "  mock,",
    "  type MockOptions,",
    "  type OneMockOptions,",
    "  type Override,",
    "  type Subject,",
    '} from "./runtime/msw/mocks.js";',
    'import type { operations } from "./types.js";',
    "",
  ].join("\n");
}

/** Where the document has no servers, its paths begin at any origin (OpenAPI 3.1, §4.8.1.1: the default is `/`). */
function shared({ servers }: ApiModel, shaped: boolean): string {
  const urls = servers.length === 0 ? ["/"] : servers.map(({ url }) => url);
  const list = print(concat("const servers = ", listed(urls.map(stringLiteral)), ";"));
  const given = ["descriptors", "servers", ...(shaped ? ["errorShapes"] : [])].join(", ");
  return `${list}\nconst api = /* @__PURE__ */ createApi(${given});\n`;
}

const handlerOf = `function handlerOf(subject: Subject, override: unknown, options: OneMockOptions | undefined): HttpHandler {
  const { header, method, predicate, resolver, options: once } = mock(api, subject, override, options);
  const handler = new HttpHandler(method, predicate, resolver, once);
  handler.info.header = header;
  return handler;
}
`;

function mockFunction(operation: Operation, name: string, fixed: boolean): string {
  const documentation = jsdoc({
    text: [operation.summary ?? operation.description, `\`${wireMethod(operation.method)} ${operation.path}\``],
    deprecated: operation.deprecated,
  });
  const members = [
    `operation: descriptors.${operation.name}`,
    `validators: validators.${operation.name}`,
    ...(fixed ? [`fixtures: fixtures.${operation.name}`] : []),
  ];
  const subject = group(concat("{", indent(concat(line, join(concat(",", line), members))), choice(","), line, "}"));
  const parameters = [concat("override?: Override<operations[", stringLiteral(operation.id), "]>"), "options?: OneMockOptions"];
  const signature = concat(called(`export function ${name}`, parameters), ": HttpHandler {");
  const body = concat("return ", called("handlerOf", [subject, "override", "options"]), ";");
  return `${documentation}${print(concat(signature, indent(concat(hardline, body)), hardline, "}"))}\n`;
}

function createHandlers(names: readonly string[]): string {
  const calls = names.map((name) => called(name, ["undefined", "options"]));
  const list = concat("return ", listed(calls), ";");
  return `${allDocumentation}${print(concat("export function createHandlers(options: MockOptions = {}): HttpHandler[] {", indent(concat(hardline, list)), hardline, "}"))}\n`;
}

/** A call: on one line, or each argument on a line of its own. */
function called(start: string, given: readonly Layout[]): Layout {
  return group(concat(`${start}(`, separated(given), ")"));
}

function listed(items: readonly Layout[]): Layout {
  return group(concat("[", separated(items), "]"));
}

function separated(parts: readonly Layout[]): Layout {
  return concat(indent(concat(softline, join(concat(",", line), parts))), choice(","), softline);
}

const allDocumentation = jsdoc([
  "A handler for each operation, in the order of the document. Each answers with the fixture of its first success, once the request is checked as the server does it. MSW asks the first handler that fits: what is mocked apart stands before these.",
]);

const constant = `${jsdoc(["The same on the servers of the document: `setupServer(...handlers)`, `setupWorker(...handlers)`."])}export const handlers: readonly HttpHandler[] = /* @__PURE__ */ createHandlers();
`;

const emptyFile = `import type { HttpHandler } from "msw";
import type { MockOptions } from "./runtime/msw/mocks.js";

${jsdoc(["The document has no operations."])}export function createHandlers(_options: MockOptions = {}): HttpHandler[] {
  return [];
}

${constant}`;
