import type { ApiModel, Operation } from "../../model/api-model.ts";
import { valueIdentifier } from "../../model/names.ts";
import { header } from "../text/header.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { stringLiteral } from "../text/literal.ts";
import {
  longOperations,
  longRunningAliases,
  longRunningDeclarations,
  longRunningImports,
  longRunningMethod,
  optionsNames,
} from "./long-running.ts";
import { operationMethod, type Alias, type Method } from "./operation.ts";
import { clientOptions, type Options } from "./options.ts";
import { assignment, importing } from "./statements.ts";
import { descendants, resourceTree, type Resource } from "./resources.ts";
import { tellingAliases, tellingCall } from "./select.ts";

/** The text of `client.ts`: the types at the top, `createClient`, and one class for each resource. */
export function clientFile(model: ApiModel): string {
  const root = resourceTree(model);
  const options = clientOptions(model);
  const shared = new Set(model.sharedPathParameters.map(({ name }) => name));
  const used: Method[] = [];
  const methods = (resource: Resource): string[] =>
    resource.operations.flatMap((operation) => {
      const found = [operationMethod(model, operation, shared), ...followed(model, operation, shared)];
      used.push(...found);
      return found.map(({ text }) => text);
    });
  const client = clientClass(model, root, options, methods(root));
  const classes = descendants(root).map((resource) => resourceClass(model, resource, methods(resource)));
  const aliases = aliasOrder.filter((alias) => used.some((method) => method.aliases.includes(alias)));
  return [
    header,
    imports(model, options, { aliases, used }),
    callTypes(model, { aliases, used }),
    options.declarations,
    ...longRunningDeclarations(model),
    factory(model, options),
    client,
    ...classes,
  ].join("\n");
}

/** The methods beside an operation's own that follow it to its end. */
function followed(model: ApiModel, operation: Operation, shared: ReadonlySet<string>): Method[] {
  const long = longOperations({ operations: [operation] });
  return long.map((one) => longRunningMethod(model, one, { shared, options: optionsNames(model).get(one.id) ?? "CallOptions" }));
}

interface Used {
  readonly aliases: readonly Alias[];
  readonly used: readonly Method[];
}

const aliasOrder: readonly Alias[] = ["Body", "Content", "Named", "Located"];

const aliasTexts: { readonly [A in Alias]: { readonly helper: string; readonly text: string } } = {
  Body: alias("Body", "BodyOf"),
  Content: {
    helper: "ContentOf",
    text: "type Content<Id extends keyof Operations, Default> = ContentOf<Operations[Id], Default>;\n",
  },
  Named: alias("Named", "NamedParametersOf"),
  Located: alias("Located", "LocatedParametersOf"),
};

function alias(name: string, helper: string): { readonly helper: string; readonly text: string } {
  return { helper, text: `type ${name}<Id extends keyof Operations> = ${helper}<Operations[Id]>;\n` };
}

function imports(model: ApiModel, options: Options, { aliases, used }: Used): string {
  const helpers = [...new Set(aliases.map((alias) => aliasTexts[alias].helper))].sort();
  const credential = authTypes(options.declarations);
  const paged = used.flatMap(({ items }) => items ?? []);
  const tells = used.some((method) => method.tells);
  const finishes = longOperations(model).length > 0;
  const lines = [
    `import { errors, type Errors } from "./errors.js";`,
    `import * as operations from "./operations.js";`,
    ...(helpers.length === 0 ? [] : [importing(helpers, "./runtime/client/arguments.js", "import type")]),
    ...(credential.length === 0 ? [] : [`import type { ${credential.join(", ")} } from "./runtime/client/auth.js";`]),
    ...(used.some((method) => method.sorts) ? [`import { byLocation } from "./runtime/client/by-location.js";`] : []),
    ...(tells ? [] : [`import type { ApiCall as Call } from "./runtime/client/call.js";`]),
    `import { createCore } from "./runtime/client/core.js";`,
    ...(used.length === 0 ? [] : [`import type { Send } from "./runtime/client/exchange.js";`]),
    ...(options.readsEnvironment ? [`import { environment } from "./runtime/client/environment.js";`] : []),
    ...longRunningImports(model),
    `import type { CallOptions as CoreCallOptions, CoreConfig } from "./runtime/client/options.js";`,
    ...(paged.length === 0
      ? []
      : [
          `import { sendPaged, type ${paged.includes("placed") ? "ItemAt, type " : ""}PagedCall as Paged } from "./runtime/client/pages.js";`,
        ]),
    `import { PathClient } from "./runtime/client/path-client.js";`,
    `import { withRetries } from "./runtime/client/retry.js";`,
    ...(tells
      ? [
          importing(
            ["SelectedCall", ...(finishes ? ["SelectedFor"] : []), "TellingBody", "ValueAt"],
            "./runtime/client/select.js",
            "import type",
          ),
        ]
      : []),
    ...(options.serverFunctions.length === 0 ? [] : [importing(options.serverFunctions, "./runtime/client/server-url.js")]),
    ...(used.some((method) => method.streams)
      ? [`import { sendStreamed, type StreamedCall as Streamed } from "./runtime/client/streams.js";`]
      : []),
    ...(paged.includes("named") ? [`import type * as types from "./types.js";`] : []),
    `import type { operations as Operations, paths${tells ? ", selections as Selections" : ""} } from "./types.js";`,
  ];
  return `${lines.join("\n")}\n`;
}

function authTypes(declarations: string): string[] {
  return ["Credential", "Token"].filter((name) => declarations.includes(`?: ${name} | undefined;`));
}

function callTypes(model: ApiModel, { aliases, used }: Used): string {
  const tells = used.some((method) => method.tells);
  const paged = used.flatMap(({ items }) => items ?? []);
  const call =
    jsdoc([
      "A call that is under way. Awaited, it gives the body of the success response and throws one of the `errors` for all else; " +
        "`.result()` gives the answer told apart by `status`, `.withResponse()` the body and the response, `.asResponse()` the raw " +
        "response.",
      tells ? "`Told` are the values of the request that tell the type of the body." : undefined,
    ]) + (tells ? tellingCall : "export interface ApiCall<in out Id extends keyof Operations> extends Call<Operations, Id> {}\n");
  const pagedCall =
    jsdoc([
      "A call for a list that comes in pages. Awaited it is the first page; `for await` walks over the items of all pages, `.pages()` " +
        "over the pages themselves.",
    ]) + "export interface PagedCall<in out Id extends keyof Operations, Item> extends Paged<Operations, Id, Item> {}\n";
  const streamedCall =
    jsdoc([
      "A call whose answer may be a stream. `for await` walks over its items as they arrive, and leaving the loop closes the connection; " +
        "awaited it is the body of the success response.",
    ]) + "export interface StreamedCall<in out Id extends keyof Operations> extends Streamed<Operations, Id> {}\n";
  const item = "type Item<Id extends keyof Operations, Place> = ItemAt<Operations[Id], Place>;\n";
  const texts = [
    ...aliases.map((one) => aliasTexts[one].text),
    ...(tells ? [tellingAliases] : []),
    ...longRunningAliases(model, tells),
  ];
  return [
    call,
    ...(paged.length === 0 ? [] : [pagedCall]),
    ...(used.some((method) => method.streams) ? [streamedCall] : []),
    ...(paged.includes("placed") ? [item] : []),
    ...(texts.length === 0 ? [] : [texts.join("")]),
  ].join("\n");
}

function factory(model: ApiModel, options: Options): string {
  const documentation = jsdoc([
    `Makes a client of ${model.info.title}.`,
    model.info.description,
    "Throws an `Error` when the URL of the server is relative and there is no page that it could be relative to.",
  ]);
  const parameter = options.optional ? "options: ClientOptions = {}" : "options: ClientOptions";
  return `${documentation}export function createClient(${parameter}): Client {\n  return new Client(options);\n}\n`;
}

function clientClass(model: ApiModel, root: Resource, options: Options, methods: readonly string[]): string {
  const shared = model.sharedPathParameters.map(({ name }) => stringLiteral(name)).join(" | ");
  const fields = [
    jsdoc(["The classes of what a call can throw."], 2) + "  readonly errors: Errors = errors;\n",
    ...(root.resources.length === 0
      ? []
      : [root.resources.map((resource) => `  readonly ${resource.name}: ${resource.className};\n`).join("")]),
    `  readonly #options: ClientOptions;\n${methods.length === 0 ? "" : "  readonly #call: Send;\n"}`,
  ];
  const constructor = [
    "  constructor(options: ClientOptions) {",
    "    const call = createCore({",
    ...options.configuration.map((text) => `      ${text}`),
    "      validation: options.validation,",
    "    });",
    "    super(call, operations);",
    "    this.#options = options;",
    ...(methods.length === 0 ? [] : ["    this.#call = call;"]),
    ...root.resources.map((resource) => assignment(`this.${resource.name}`, `new ${resource.className}(call)`, 4)),
    "  }\n",
  ].join("\n");
  const overrides =
    jsdoc(["A client like this one, with some of its options changed."], 2) +
    "  withOptions(overrides: Partial<ClientOptions>): Client {\n    return new Client({ ...this.#options, ...overrides });\n  }\n";
  const documentation = jsdoc([`A client of ${model.info.title}: by resource, or by method and path.`]);
  return `${documentation}export class Client extends PathClient<paths${shared === "" ? "" : `, ${shared}`}> {\n${[...fields, constructor, overrides, ...methods].join("\n")}}\n`;
}

function resourceClass(model: ApiModel, resource: Resource, methods: readonly string[]): string {
  const fields = [
    ...resource.resources.map((child) => `  readonly ${child.name}: ${child.className};\n`),
    ...(methods.length === 0 ? [] : ["  readonly #call: Send;\n"]),
  ].join("");
  const constructor = [
    "  constructor(call: Send) {",
    ...(methods.length === 0 ? [] : ["    this.#call = call;"]),
    ...resource.resources.map((child) => assignment(`this.${child.name}`, `new ${child.className}(call)`, 4)),
    "  }\n",
  ].join("\n");
  const tag = model.tags.find(({ name }) => valueIdentifier(name) === resource.name);
  return `${jsdoc([tag?.description ?? tag?.summary])}export class ${resource.className} {\n${[fields, constructor, ...methods].join("\n")}}\n`;
}
