/** ApiModel → `server.ts` and the runtime that it stands on: a handler for each operation, and the router that calls it. */
import type { ApiModel, Operation, SecurityScheme } from "../model/api-model.ts";
import type { Json } from "../openapi/shapes.ts";
import type { Emitter } from "./emitter.ts";
import { serverModules } from "./server/runtime-modules.ts";
import { header } from "./text/header.ts";
import { jsdoc } from "./text/jsdoc.ts";
import { concat, group, indent, join, type Layout, line, print, softline } from "./text/layout.ts";
import { literal, propertyKey, stringLiteral } from "./text/literal.ts";

/** The typed route stubs: `Handlers`, in which a missing operation does not compile, and `createRouter`. */
export const serverEmitter: Emitter = {
  name: "server",
  needs: ["types", "operations", "validators"],
  emit(model, { sourceFolder }) {
    return [
      { kind: "text", path: `${sourceFolder}server.ts`, text: serverText(model) },
      ...serverModules.map((module) => ({ kind: "runtime" as const, path: `${sourceFolder}runtime/${module}`, module })),
    ];
  },
};

/** The whole text of `server.ts`. */
export function serverText(model: ApiModel): string {
  const schemes = neededSchemes(model);
  const secured = schemes.length > 0;
  return [
    header,
    imports(secured),
    exports,
    handlerType,
    handlersInterface(model, secured),
    ...(secured ? [securityInterface(schemes), securedRouter, schemeTable(schemes)] : [openRouter]),
  ].join("\n");
}

function imports(secured: boolean): string {
  const types = ["BaseRouterOptions", "ContextOption", "OperationHandler", "Router", ...(secured ? ["SecurityHandler", "SecuritySchemeDescriptor"] : [])];
  const list = secured ? `{\n${types.map((type) => `  ${type},\n`).join("")}}` : `{ ${types.join(", ")} }`;
  return `import * as validators from "./operation-validators.js";
import * as descriptors from "./operations.js";
import { createOperationRouter } from "./runtime/server/router.js";
import type ${list} from "./runtime/server/types.js";
import type { operations } from "./types.js";
`;
}

const exports = `export { Forbidden, ReplyError } from "./runtime/server/failure.js";
export type { Failure, FailureReply } from "./runtime/server/failure.js";
export type { HandlerInput, ReplyMaker, ReplyOf, Router } from "./runtime/server/types.js";
`;

const handlerType = `${jsdoc(["Answers one operation. The request that it gets meets the contract, and so must its reply."])}export type Handler<
  Id extends keyof operations,
  Context = undefined,
  Principal = undefined,
> = OperationHandler<operations[Id], Context, Principal>;
`;

function handlersInterface(model: ApiModel, secured: boolean): string {
  const documentation = jsdoc([
    "A handler for each operation: leave one out, and the compiler names it. `Context` is what the option `context`\nmakes for every request" +
      (secured ? ", `Principal` what the security handlers tell of who asks." : "."),
  ]);
  const parameters = secured ? "<Context = undefined, Principal = unknown>" : "<Context = undefined>";
  if (model.operations.length === 0) return `${documentation}export type Handlers${parameters} = Record<string, Handler<never, Context>>;\n`;
  return `${documentation}export interface Handlers${parameters} {\n${model.operations.map(entry).join("\n")}}\n`;
}

function entry(operation: Operation): string {
  const documentation = jsdoc(
    {
      text: [operation.summary, operation.description, `\`${operation.method.toUpperCase()} ${operation.path}\``],
      deprecated: operation.deprecated,
    },
    2,
  );
  const principal = principalOf(operation);
  const type = genericLayout("Handler", [stringLiteral(operation.id), "Context", ...(principal === undefined ? [] : [principal])]);
  return `${documentation}  ${print(concat(`readonly ${propertyKey(operation.name)}: `, type, ";"), { indent: 2 })}\n`;
}

function genericLayout(name: string, parameters: readonly string[]): Layout {
  return group(concat(`${name}<`, indent(concat(softline, join(concat(",", line), parameters))), softline, ">"));
}

/** An empty alternative lets anybody in, and then there is nobody to name. */
function principalOf(operation: Operation): string | undefined {
  if (operation.security.length === 0 || operation.security.every((alternative) => alternative.length === 0)) return undefined;
  return operation.security.some((alternative) => alternative.length === 0) ? "Principal | undefined" : "Principal";
}

function neededSchemes(model: ApiModel): SecurityScheme[] {
  const named = new Set(model.operations.flatMap((operation) => operation.security.flat().map(({ scheme }) => scheme)));
  return model.securitySchemes.filter(({ key }) => named.has(key));
}

function securityInterface(schemes: readonly SecurityScheme[]): string {
  const members = schemes.map(
    (scheme) => `${jsdoc([scheme.description], 2)}  readonly ${propertyKey(scheme.key)}: SecurityHandler<${stringLiteral(descriptorOf(scheme).kind)}, Principal>;\n`,
  );
  const documentation = jsdoc([
    "Tells who shows the credentials of a scheme. It is asked with the scopes that the operation needs, and\nreturns a principal, or nothing for nobody (401); it throws `Forbidden` for somebody who may not do this (403).",
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
  return `const securitySchemes: { readonly [scheme: string]: SecuritySchemeDescriptor } = ${literal(table, { expand: true })};\n`;
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
