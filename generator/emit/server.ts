/** ApiModel → `server.ts` and the runtime that it stands on: a handler for each operation, and the router that calls it. */
import type { ApiModel, Operation, SecurityScheme } from "../model/api-model.ts";
import type { Json } from "../openapi/shapes.ts";
import type { Emitter, Statement } from "./emitter.ts";
import { serverModules } from "./server/runtime-modules.ts";
import { jsdoc } from "./text/jsdoc.ts";
import { choice, concat, group, indent, join, type Layout, line, print, softline } from "./text/layout.ts";
import { holdsInheritedName, literal, propertyKey, stringLiteral } from "./text/literal.ts";

/** The typed route stubs: `Handlers`, in which a missing operation does not compile, and `createRouter`. */
export const serverEmitter: Emitter = {
  name: "server",
  needs: ["types", "operations", "validators"],
  emit(model, { sourceFolder }) {
    return [
      { kind: "structures", path: `${sourceFolder}server.ts`, statements: serverStatements(model) },
      ...serverModules.map((module) => ({ kind: "runtime" as const, path: `${sourceFolder}runtime/${module}`, module })),
    ];
  },
};

/** The statements of `server.ts`: its doors as structures, and what has to be laid out to the width of a line as text. */
export function serverStatements(model: ApiModel): Statement[] {
  const schemes = neededSchemes(model);
  const secured = schemes.length > 0;
  return [
    ...imports(secured),
    ...exports,
    // One text with its own blank lines: ts-morph sets none before text.
    [
      "",
      handlerType(secured),
      handlersInterface(model, secured),
      ...(secured ? [securityInterface(schemes), securedRouter, schemeTable(schemes)] : [openRouter]),
    ].join("\n"),
  ];
}

function imports(secured: boolean): Statement[] {
  const types = [
    "BaseRouterOptions",
    "ContextOption",
    "OperationHandler",
    "Router",
    ...(secured ? ["SecurityHandler", "SecuritySchemeDescriptor"] : []),
  ];
  return [
    { kind: "ImportDeclaration", namespaceImport: "validators", moduleSpecifier: "./operation-validators.js" },
    { kind: "ImportDeclaration", namespaceImport: "descriptors", moduleSpecifier: "./operations.js" },
    { kind: "ImportDeclaration", namedImports: ["createOperationRouter"], moduleSpecifier: "./runtime/server/router.js" },
    // ts-morph writes an import on one line, however long.
    print(concat("import type ", braces(types), ` from "./runtime/server/types.js";`)),
    { kind: "ImportDeclaration", isTypeOnly: true, namedImports: ["operations"], moduleSpecifier: "./types.js" },
  ];
}

const exports: readonly Statement[] = [
  {
    kind: "ExportDeclaration",
    leadingTrivia: "\n",
    namedExports: ["Forbidden", "ReplyError"],
    moduleSpecifier: "./runtime/server/failure.js",
  },
  {
    kind: "ExportDeclaration",
    isTypeOnly: true,
    namedExports: ["Failure", "FailureReply"],
    moduleSpecifier: "./runtime/server/failure.js",
  },
  {
    kind: "ExportDeclaration",
    isTypeOnly: true,
    namedExports: ["HandlerInput", "ReplyMaker", "ReplyOf", "Router"],
    moduleSpecifier: "./runtime/server/types.js",
  },
];

function handlerType(secured: boolean): string {
  return `${jsdoc(["Answers one operation. The request that it gets meets the contract, and so must its reply."])}${secured ? securedHandler : openHandler}`;
}

// A handler that is written by itself must fit among the others, whoever they take for a principal.
const securedHandler = `export type Handler<Id extends keyof operations, Context = undefined, Principal = unknown> = OperationHandler<
  operations[Id],
  Context,
  Principal
>;
`;

const openHandler = `export type Handler<
  Id extends keyof operations,
  Context = undefined,
  Principal = undefined,
> = OperationHandler<operations[Id], Context, Principal>;
`;

function handlersInterface(model: ApiModel, secured: boolean): string {
  const documentation = jsdoc([
    "A handler for each operation: leave one out, and the compiler names it. `Context` is what the option `context` makes for every request" +
      (secured ? ", `Principal` what the security handlers tell of who asks." : "."),
  ]);
  const parameters = secured ? "<Context = undefined, Principal = unknown>" : "<Context = undefined>";
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
  const type = genericLayout("Handler", [stringLiteral(operation.id), "Context", ...(secured ? [principalOf(operation)] : [])]);
  return `${documentation}  ${print(concat(`readonly ${propertyKey(operation.name)}: `, type, ";"), { indent: 2 })}\n`;
}

function braces(members: readonly string[]): Layout {
  return group(concat("{", indent(concat(line, join(concat(",", line), members))), choice(","), line, "}"));
}

function genericLayout(name: string, parameters: readonly string[]): Layout {
  return group(concat(`${name}<`, indent(concat(softline, join(concat(",", line), parameters))), softline, ">"));
}

/** An empty alternative lets anybody in, and then there is nobody to name. */
function principalOf(operation: Operation): string {
  if (operation.security.every((alternative) => alternative.length === 0)) return "undefined";
  return operation.security.some((alternative) => alternative.length === 0) ? "Principal | undefined" : "Principal";
}

function neededSchemes(model: ApiModel): SecurityScheme[] {
  const named = new Set(model.operations.flatMap((operation) => operation.security.flat().map(({ scheme }) => scheme)));
  return model.securitySchemes.filter(({ key }) => named.has(key));
}

function securityInterface(schemes: readonly SecurityScheme[]): string {
  const members = schemes.map(
    (scheme) =>
      `${jsdoc([scheme.description], 2)}  readonly ${propertyKey(scheme.key)}: SecurityHandler<${stringLiteral(descriptorOf(scheme).kind)}, Principal>;\n`,
  );
  const documentation = jsdoc([
    "Tells who shows the credentials of a scheme. It is asked with the scopes that the operation needs, and returns a principal, or nothing for nobody (401); it throws `Forbidden` for somebody who may not do this (403).",
  ]);
  return `${documentation}export interface Security<Principal> {\n${members.join("\n")}}\n`;
}

const securedRouter = `/** How a router is made. */
export type RouterOptions<Context = undefined, Principal = unknown> = BaseRouterOptions &
  ContextOption<Context> & { readonly security: Security<Principal> };

/** Serves the operations with these handlers, by the Fetch standard. Throws an Error when a handler is missing. */
export function createRouter<Context = undefined, Principal = unknown>(
  handlers: Handlers<Context, Principal>,
  options: RouterOptions<Context, Principal>,
): Router {
  return createOperationRouter({ operations: descriptors, validators, securitySchemes, handlers, options });
}
`;

const openRouter = `/** How a router is made. */
export type RouterOptions<Context = undefined> = BaseRouterOptions & ContextOption<Context>;

/** Serves the operations with these handlers, by the Fetch standard. Throws an Error when a handler is missing. */
export function createRouter<Context = undefined>(
  handlers: Handlers<Context>,
  ...[options]: undefined extends Context
    ? [options?: RouterOptions<Context>]
    : [options: RouterOptions<Context>]
): Router {
  return createOperationRouter({
    operations: descriptors,
    validators,
    securitySchemes: {},
    handlers,
    options,
  });
}
`;

function schemeTable(schemes: readonly SecurityScheme[]): string {
  const table = Object.fromEntries(schemes.map((scheme) => [scheme.key, descriptorOf(scheme)]));
  return `const securitySchemes: { readonly [scheme: string]: SecuritySchemeDescriptor } = ${literal(table, { expand: true })}${holdsInheritedName(table) ? " as const" : ""};\n`;
}

function descriptorOf(scheme: SecurityScheme): { readonly kind: string; readonly [member: string]: Json } {
  switch (scheme.kind) {
    case "apiKey":
      return { kind: "apiKey", in: scheme.in ?? "header", name: scheme.name ?? scheme.key };
    case "http":
      return { kind: "http", name: scheme.name ?? scheme.key };
    case "basic":
      return { kind: "basic" };
    case "mutualTLS":
      return { kind: "none" };
    case "bearer":
    case "oauth2":
    case "openIdConnect":
      return { kind: "bearer" };
  }
}
