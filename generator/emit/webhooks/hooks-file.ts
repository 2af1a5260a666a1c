import type { Hook, SecurityScheme } from "../../model/api-model.ts";
import type { HookFamily } from "../../model/hook-families.ts";
import { assignNames, typeIdentifier } from "../../model/names.ts";
import { wireMethod } from "../../model/route.ts";
import { securityDescriptor } from "../../model/security-descriptor.ts";
import { header } from "../text/header.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { choice, concat, group, indent, join, line, print, softline, type Layout } from "../text/layout.ts";
import { holdsInheritedName, literal, propertyKey, stringLiteral } from "../text/literal.ts";
import { requirementsInterface } from "../text/requirements.ts";

/** The text of `webhooks.ts`, or of `callbacks.ts`. */
export function hooksText(family: HookFamily): string {
  const words = wordsOf(family);
  const schemes = schemesOf(family);
  return [
    header,
    imports(family, words, schemes.length > 0),
    operationsInterface(family, words),
    ...payloads(family, words),
    handlers(family, words, schemes.length > 0),
    ...(schemes.length === 0 ? [] : [securityInterface(schemes, words)]),
    receiver(words, schemes.length > 0),
    sender(words, schemes.length > 0),
    validation(words),
    ...(schemes.length === 0 ? [] : [schemeTable(schemes)]),
  ].join("\n");
}

/** How a family is spoken of. */
interface Words {
  readonly kind: HookFamily["kind"];
  /** `Webhook`, at the start of identifiers. */
  readonly Kind: "Webhook" | "Callback";
  readonly isCallback: boolean;
}

function wordsOf({ kind }: HookFamily): Words {
  return { kind, Kind: kind === "webhook" ? "Webhook" : "Callback", isCallback: kind === "callback" };
}

function imports({ hooks }: HookFamily, { kind, isCallback }: Words, secured: boolean): string {
  const bears = hooks.some(({ body }) => body !== undefined);
  const serverTypes = secured
    ? ["OperationHandler", "Router", "SecuritySchemeDescriptor", "Verifier"]
    : ["OperationHandler", "Router"];
  return [
    `import * as descriptors from "./${kind}-operations.js";`,
    `import * as validators from "./${kind}-validators.js";`,
    ...(isCallback ? [`import type { CallbackSource } from "./runtime/hooks/expression.js";`] : []),
    `import type { Validation } from "./runtime/client/options.js";`,
    `import { validateOperations } from "./runtime/client/validation.js";`,
    importing(
      [
        "createReceiver",
        "createReceivingRouter",
        "type Receiver",
        "type ReceiverOptions as BaseOptions",
        "type ReceivingRouterOptions as RoutingOptions",
      ],
      "./runtime/hooks/receiver.js",
    ),
    importing(
      [
        ...(isCallback ? ["type Address"] : []),
        "createSender",
        ...(bears ? ["type PayloadOf"] : []),
        "type Sender",
        "type SenderOptions",
      ],
      "./runtime/hooks/sender.js",
    ),
    importing(serverTypes, "./runtime/server/types.js", "import type"),
    `import type { ${kind}s } from "./types.js";`,
    "",
    `export type { Receiver, Sender, SenderOptions };`,
    "",
  ].join("\n");
}

function importing(names: readonly string[], module: string, kind: "import" | "import type" = "import"): string {
  return print(concat(`${kind} `, braces(names), ` from ${stringLiteral(module)};`));
}

function braces(members: readonly Layout[]): Layout {
  return group(concat("{", indent(concat(line, join(concat(",", line), members))), choice(","), line, "}"));
}

function operationsInterface({ hooks }: HookFamily, { kind, Kind, isCallback }: Words): string {
  const members = hooks.map((hook) => {
    const keys = [...(isCallback ? [hook.callback?.operation ?? "", hook.event, hook.path] : [hook.event]), hook.method];
    return `  ${propertyKey(hook.name)}: ${kind}s${keys.map((key) => `[${stringLiteral(key)}]`).join("")};\n`;
  });
  const documentation = jsdoc([
    isCallback
      ? "The callbacks by the names of their handlers: the operation, and the callback's key."
      : "The webhooks by the names of their handlers.",
  ]);
  return `${documentation}export interface ${Kind}Operations {\n${members.join("")}}\n`;
}

/** A type for each body: `NewPetPayload`. */
function payloads({ hooks }: HookFamily, { Kind }: Words): string[] {
  const bearing = hooks.filter(({ body }) => body !== undefined);
  const { names } = assignNames(bearing.map(({ name }) => ({ key: name, wanted: `${typeIdentifier(name)}Payload` })));
  return bearing.map((hook) => {
    const documentation = jsdoc([hook.body?.description ?? `The body of ${hook.name}.`]);
    const type = generic("PayloadOf", `${Kind}Operations[${stringLiteral(hook.name)}]`);
    return `${documentation}${print(concat(`export type ${names.get(hook.name) ?? hook.name} = `, type, ";"))}\n`;
  });
}

function generic(name: string, argument: string): Layout {
  return group(concat(`${name}<`, indent(concat(softline, argument)), softline, ">"));
}

function handlers({ hooks }: HookFamily, { kind, Kind }: Words, secured: boolean): string {
  const one = jsdoc([`Answers one ${kind}. What it gets meets the contract, and so must its reply.`]);
  const all = jsdoc([`A handler for each ${kind}.`]);
  const handler = [
    `export type ${Kind}Handler<Name extends keyof ${Kind}Operations> = OperationHandler<`,
    `  ${Kind}Operations[Name],`,
    "  undefined,",
    secured ? `  ${Kind}Callers[Name]` : "  undefined",
    ">;",
  ].join("\n");
  const table = secured
    ? `${requirementsInterface(
        `${Kind}Callers`,
        hooks.map(({ name, security }) => ({ key: name, alternatives: security })),
        (some) => `Record<${some}, unknown>`,
      )}\n`
    : "";
  return `${one}${handler}\n\n${table}${all}export interface ${Kind}Handlers {\n${hooks.map((hook) => entry(hook, Kind)).join("\n")}}\n`;
}

function entry(hook: Hook, Kind: Words["Kind"]): string {
  const { event, callback } = hook;
  const documentation = jsdoc(
    {
      text: [
        hook.summary,
        hook.description === hook.summary ? undefined : hook.description,
        callback === undefined
          ? `\`${wireMethod(hook.method)}\` of the webhook \`${event}\``
          : `\`${wireMethod(hook.method)} ${callback.expression}\` of the operation \`${callback.operation}\``,
      ],
      deprecated: hook.deprecated,
      ...(hook.externalDocs === undefined ? {} : { see: [hook.externalDocs] }),
    },
    2,
  );
  const type = generic(`${Kind}Handler`, stringLiteral(hook.name));
  return `${documentation}  ${print(concat(`readonly ${propertyKey(hook.name)}: `, type, ";"), { indent: 2 })}\n`;
}

function receiver({ kind, Kind }: Words, secured: boolean): string {
  const security = secured ? ` & { readonly security: ${Kind}Security }` : "";
  const parts = `{ operations: descriptors, validators, securitySchemes${secured ? "" : ": {}"}, handlers, options }`;
  return [
    jsdoc([`How ${kind}s are received.`]),
    `export type ${Kind}ReceiverOptions = BaseOptions${security};\n`,
    "\n",
    jsdoc([`How a router of ${kind}s is made; \`paths\` says where each of them arrives.`]),
    `export type ${Kind}RouterOptions<Name extends keyof ${Kind}Operations> = RoutingOptions<Name>${secured ? ` & {\n  readonly security: ${Kind}Security;\n}` : ""};\n`,
    "\n",
    jsdoc([
      `Takes ${kind}s in. For each handler there is a function of its name, to be mounted wherever its requests arrive; what breaks ` +
        "the contract is answered 400 and never reaches the handler.",
    ]),
    `export function create${Kind}Receiver<Name extends keyof ${Kind}Operations>(\n`,
    `  handlers: Pick<${Kind}Handlers, Name>,\n`,
    `  options${secured ? "" : "?"}: ${Kind}ReceiverOptions,\n`,
    "): Receiver<Name> {\n",
    `  return createReceiver(${parts});\n`,
    "}\n",
    "\n",
    jsdoc([
      `Takes ${kind}s in by paths of one's own choice. Throws an \`Error\` when a handler has no path, or when two share one.`,
    ]),
    `export function create${Kind}Router<Name extends keyof ${Kind}Operations>(\n`,
    `  handlers: Pick<${Kind}Handlers, Name>,\n`,
    `  options: ${Kind}RouterOptions<Name>,\n`,
    "): Router {\n",
    "  return createReceivingRouter(\n",
    `    ${parts},\n`,
    "    options.paths,\n",
    "  );\n",
    "}\n",
  ].join("");
}

function sender({ kind, isCallback }: Words, secured: boolean): string {
  const documentation = jsdoc([
    `Sends ${kind}s. For each there is a function of its name, which takes the address and the parts of the request.`,
    isCallback
      ? "The address may be left to the expression of the document: given what the handler of the operation got, and what it replies, it is evaluated."
      : undefined,
    isCallback
      ? "An address that came with a request is its sender's word: the option `fetch` is the place to refuse those that must not be asked."
      : undefined,
  ]);
  const head = isCallback
    ? [
        "export function createCallbackSender(",
        "  options: SenderOptions = {},",
        "): Sender<CallbackOperations, Address | CallbackSource> {",
      ]
    : ["export function createWebhookSender(options: SenderOptions = {}): Sender<WebhookOperations> {"];
  const config = secured ? "{ ...options, securitySchemes }" : "options";
  const call = `  return createSender(descriptors, ${config});`;
  return `${documentation}${[...head, call, "}"].join("\n")}\n`;
}

function validation({ kind, Kind }: Words): string {
  const documentation = jsdoc([
    `Checks ${kind}s against the document before they are sent: \`create${Kind}Sender({ validation: create${Kind}Validation() })\`. A body of JSON ` +
      "that does not meet its schema is a `RequestValidationError`, and nothing is sent; of an answer, the body is checked.",
  ]);
  return [
    documentation,
    `export function create${Kind}Validation(): Validation {\n`,
    "  return validateOperations(descriptors, validators, { requests: true });\n",
    "}\n",
  ].join("");
}

function schemesOf({ model, hooks }: HookFamily): SecurityScheme[] {
  const named = new Set(hooks.flatMap((hook) => hook.security.flat().map(({ scheme }) => scheme)));
  return model.securitySchemes.filter(({ key }) => named.has(key));
}

function securityInterface(schemes: readonly SecurityScheme[], { kind, Kind }: Words): string {
  const members = schemes.map(
    (scheme) =>
      `${jsdoc([scheme.description], 2)}  readonly ${propertyKey(scheme.key)}: Verifier<${stringLiteral(securityDescriptor(scheme).kind)}, unknown>;\n`,
  );
  const documentation = jsdoc([
    `Tells who sends a ${kind}, by the credentials of a scheme: a principal, or nothing for nobody (401).`,
  ]);
  return `${documentation}export interface ${Kind}Security {\n${members.join("\n")}}\n`;
}

function schemeTable(schemes: readonly SecurityScheme[]): string {
  const table = Object.fromEntries(schemes.map((scheme) => [scheme.key, securityDescriptor(scheme)]));
  return `const securitySchemes: { readonly [scheme: string]: SecuritySchemeDescriptor } = ${literal(table, { expand: true })}${holdsInheritedName(table) ? " as const" : ""};\n`;
}
