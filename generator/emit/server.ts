/** ApiModel → `server.ts` and the runtime that it stands on: a handler for each operation, and the router that calls it. */
import type { ApiModel, Operation } from "../model/api-model.ts";
import { errorShapes } from "../model/error-shapes.ts";
import type { Emitter, Statement } from "./emitter.ts";
import { errorBodyTypes, errorShapesText } from "./server/error-shapes.ts";
import { errorType, routerText } from "./server/router.ts";
import { hasStreams, streamedText, streamExports } from "./server/streamed.ts";
import { schemaKeysText } from "./server/schema-keys.ts";
import { serverModules } from "./server/runtime-modules.ts";
import { braces, genericLayout, neededSchemes, principalsInterface, schemeTable, securityInterface } from "./server/security.ts";
import { jsdoc } from "./text/jsdoc.ts";
import { concat, print } from "./text/layout.ts";
import { propertyKey, stringLiteral } from "./text/literal.ts";
import { requirementsInterface } from "./text/requirements.ts";

/** The typed route stubs: `Handlers`, in which a missing operation does not compile, and `createRouter`. */
export const serverEmitter: Emitter = {
  name: "server",
  needs: ["types", "operations", "validators"],
  emit(model, { sourceFolder }) {
    const shapes = errorShapesText(model);
    const keys = schemaKeysText(model);
    return [
      { kind: "structures", path: `${sourceFolder}server.ts`, ...serverFile(model) },
      ...(shapes === undefined ? [] : [{ kind: "text" as const, path: `${sourceFolder}error-shapes.ts`, text: shapes }]),
      ...(keys === undefined ? [] : [{ kind: "text" as const, path: `${sourceFolder}schema-keys.ts`, text: keys }]),
      ...serverModules.map((module) => ({ kind: "runtime" as const, path: `${sourceFolder}runtime/${module}`, module })),
    ];
  },
};

/** `server.ts`: its doors as structures, and what has to be laid out to the width of a line as text. */
export function serverFile(model: ApiModel): { readonly statements: readonly Statement[]; readonly text: string } {
  const schemes = neededSchemes(model);
  const secured = schemes.length > 0;
  const shaped = errorShapes(model).length > 0;
  const keyed = schemaKeysText(model) !== undefined;
  return {
    statements: [
      ...imports(
        secured,
        shaped,
        errorBodyTypes(model).some((type) => type.startsWith("components")),
        hasStreams(model),
        keyed,
      ),
      ...exports(secured),
      ...(hasStreams(model) ? streamExports : []),
    ],
    text: [
      handlerTypes(secured),
      handlersInterface(model, secured),
      ...(secured
        ? [
            principalsInterface(schemes),
            requirementsInterface(
              "OperationSecurity<Who extends Principals = Principals>",
              model.operations.map(({ id, security }) => ({ key: id, alternatives: security })),
              (some) => `Pick<Who, ${some}>`,
            ),
            securityInterface(schemes),
            errorType(model),
            routerText(true, shaped, keyed),
            ...streamedText(model, secured),
            partialHandlers(secured),
            schemeTable(schemes),
          ]
        : [errorType(model), routerText(false, shaped, keyed), ...streamedText(model, secured), partialHandlers(secured)]),
    ].join("\n"),
  };
}

function imports(secured: boolean, shaped: boolean, typed: boolean, streams: boolean, keyed: boolean): Statement[] {
  const types = [
    ...(secured ? [] : ["ContextOption"]),
    "OperationHandler",
    "Router",
    ...(secured ? ["SecuredOptions", "SecuritySchemeDescriptor"] : ["ServerOptions"]),
    ...(streams ? ["StreamedHandler"] : []),
    ...(secured ? ["Verifier"] : []),
  ];
  const typeNames = typed ? ["components", "operations"] : ["operations"];
  return [
    ...(shaped
      ? [{ kind: "ImportDeclaration" as const, namedImports: ["errorShapes"], moduleSpecifier: "./error-shapes.js" }]
      : []),
    { kind: "ImportDeclaration", namespaceImport: "validators", moduleSpecifier: "./operation-validators.js" },
    { kind: "ImportDeclaration", namespaceImport: "descriptors", moduleSpecifier: "./operations.js" },
    { kind: "ImportDeclaration", namedImports: ["withDocuments"], moduleSpecifier: "./runtime/server/documents.js" },
    { kind: "ImportDeclaration", namedImports: ["fillHandlers"], moduleSpecifier: "./runtime/server/not-implemented.js" },
    { kind: "ImportDeclaration", namedImports: ["createOperationRouter"], moduleSpecifier: "./runtime/server/router.js" },
    ...(streams
      ? [
          {
            kind: "ImportDeclaration" as const,
            namedImports: ["markStreamed"],
            moduleSpecifier: "./runtime/server/streamed-handler.js",
          },
        ]
      : []),
    ...(keyed ? [{ kind: "ImportDeclaration" as const, namedImports: ["schemaKeys"], moduleSpecifier: "./schema-keys.js" }] : []),
    // ts-morph writes an import on one line, however long.
    print(concat("import type ", braces(types), ` from "./runtime/server/types.js";`)),
    { kind: "ImportDeclaration", isTypeOnly: true, namedImports: typeNames, moduleSpecifier: "./types.js" },
  ];
}

const exports = (secured: boolean): readonly Statement[] => [
  {
    kind: "ExportDeclaration",
    isTypeOnly: true,
    leadingTrivia: "\n",
    namedExports: ["DocsPage", "OpenApiDocument"],
    moduleSpecifier: "./runtime/server/document-types.js",
  },
  {
    kind: "ExportDeclaration",
    namedExports: ["Forbidden", "problemDetails", "ReplyError"],
    moduleSpecifier: "./runtime/server/failure.js",
  },
  {
    kind: "ExportDeclaration",
    isTypeOnly: true,
    namedExports: ["Failure", "FailureReply", "ProblemDetails"],
    moduleSpecifier: "./runtime/server/failure.js",
  },
  {
    kind: "ExportDeclaration",
    namedExports: ["HandlerTimeout"],
    moduleSpecifier: "./runtime/server/handler-time.js",
  },
  {
    kind: "ExportDeclaration",
    namedExports: ["notImplemented"],
    moduleSpecifier: "./runtime/server/not-implemented.js",
  },
  {
    kind: "ExportDeclaration",
    isTypeOnly: true,
    namedExports: ["Breach", "BreachProblem", "ResponseCheck"],
    moduleSpecifier: "./runtime/server/response-check.js",
  },
  {
    kind: "ExportDeclaration",
    namedExports: ["timingSafeEqual"],
    moduleSpecifier: "./runtime/server/timing-safe-equal.js",
  },
  print(
    concat(
      "export type ",
      braces(["HandlerInput", ...(secured ? ["PrincipalsOf"] : []), "ReplyMaker", "ReplyOf", "Router", "Verifier"]),
      ` from "./runtime/server/types.js";`,
    ),
  ),
];

function handlerTypes(secured: boolean): string {
  const parameters = secured ? securedParameters : openParameters;
  const names = secured ? "Id, Context, Who" : "Id, Context";
  return [
    jsdoc(["Answers one operation. The request that it gets meets the contract, and so must its reply."]),
    `export type Handler<${parameters}> = ${secured ? securedHandler : openHandler};\n`,
    "\n",
    jsdoc(["What the handler of an operation gets, for one that is a method of a class."]),
    `export type Input<${parameters}> = Parameters<Handler<${names}>>[0];\n`,
  ].join("");
}

// A handler that is written by itself must fit among the others, whoever they take for a principal.
const securedParameters = `
  Id extends keyof operations,
  Context = undefined,
  Who extends Principals = Principals,
`;
const openParameters = "Id extends keyof operations, Context = undefined";
const securedHandler = "OperationHandler<operations[Id], Context, OperationSecurity<Who>[Id], Who>";
const openHandler = "OperationHandler<\n  operations[Id],\n  Context,\n  undefined\n>";

function handlersInterface(model: ApiModel, secured: boolean): string {
  const documentation = jsdoc([
    "A handler for each operation: leave one out, and the compiler names it. `Context` is what the option `context` makes for every request" +
      (secured ? ", `Who` names the principals of the schemes." : "."),
  ]);
  const parameters = secured ? "<Context = undefined, Who extends Principals = Principals>" : "<Context = undefined>";
  if (model.operations.length === 0)
    return `${documentation}export type Handlers${parameters} = Record<string, Handler<never, Context>>;\n`;
  return `${documentation}export interface Handlers${parameters} {\n${model.operations.map((operation) => entry(operation, secured)).join("\n")}}\n`;
}

function entry(operation: Operation, secured: boolean): string {
  const documentation = jsdoc(
    {
      text: [operation.summary, operation.description, `\`${operation.method.toUpperCase()} ${operation.path}\``],
      deprecated: operation.deprecated,
    },
    2,
  );
  const type = genericLayout("Handler", [stringLiteral(operation.id), "Context", ...(secured ? ["Who"] : [])]);
  return `${documentation}  ${print(concat(`readonly ${propertyKey(operation.name)}: `, type, ";"), { indent: 2 })}\n`;
}

function partialHandlers(secured: boolean): string {
  const documentation = jsdoc([
    "These handlers, and `notImplemented` for every other operation, which is answered 501: for taking up the contract step by step.",
  ]);
  const [parameters, type] = secured
    ? ["<Context = undefined, Who extends Principals = Principals>", "Handlers<Context, Who>"]
    : ["<Context = undefined>", "Handlers<Context>"];
  return `${documentation}export function partialHandlers${parameters}(\n  handlers: Partial<${type}>,\n): ${type} {\n  return fillHandlers(descriptors, handlers);\n}\n`;
}
