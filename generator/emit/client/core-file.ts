import type { ApiModel } from "../../model/api-model.ts";
import { header } from "../text/header.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { longRunningAliases, longRunningTypes } from "./long-running.ts";
import type { Alias, OperationFunction } from "./operation.ts";
import { clientOptions, type Options } from "./options.ts";
import { tellingAliases, tellingCall } from "./select.ts";
import { importing } from "./statements.ts";

/** The text of `core.ts`: the options, the types of calls, and what a core of this API is made with. */
export function coreFile(model: ApiModel, used: readonly OperationFunction[]): string {
  const options = clientOptions(model);
  const aliases = aliasOrder.filter((alias) => used.some((one) => one.aliases.includes(alias)));
  return [
    header,
    imports(model, options, { aliases, used }),
    callTypes(model, { aliases, used }),
    options.declarations,
    configuration(options),
  ].join("\n");
}

interface Used {
  readonly aliases: readonly Alias[];
  readonly used: readonly OperationFunction[];
}

const aliasOrder: readonly Alias[] = ["Body", "Content", "Named", "Located"];

const aliasTexts: { readonly [A in Alias]: { readonly helper: string; readonly text: string } } = {
  Body: alias("Body", "BodyOf"),
  Content: {
    helper: "ContentOf",
    text: "export type Content<Id extends keyof Operations, Default> = ContentOf<Operations[Id], Default>;\n",
  },
  Named: alias("Named", "NamedParametersOf"),
  Located: alias("Located", "LocatedParametersOf"),
};

function alias(name: string, helper: string): { readonly helper: string; readonly text: string } {
  return { helper, text: `export type ${name}<Id extends keyof Operations> = ${helper}<Operations[Id]>;\n` };
}

function imports(model: ApiModel, options: Options, { aliases, used }: Used): string {
  const helpers = [...new Set(aliases.map((one) => aliasTexts[one].helper))].sort();
  const credential = authTypes(options.declarations);
  const paged = used.flatMap(({ items }) => items ?? []);
  const tells = used.some((one) => one.tells);
  const long = longRunningTypes(model);
  const lines = [
    ...(helpers.length === 0 ? [] : [importing(helpers, "./runtime/client/arguments.js", "import type")]),
    ...authImports(options, credential),
    ...(tells ? [] : [`import type { ApiCall as Call } from "./runtime/client/call.js";`]),
    ...(options.features.includes("sendCookies") ? [`import { sendCookies } from "./runtime/client/cookies.js";`] : []),
    ...(options.environment.length === 0 ? [] : [importing(options.environment, "./runtime/client/environment.js")]),
    ...(long.length === 0 ? [] : [importing(long, "./runtime/client/long-running-plan.js", "import type")]),
    `import type { CallOptions as CoreCallOptions, CoreConfig } from "./runtime/client/options.js";`,
    ...(paged.length === 0
      ? []
      : [`import type { ${paged.includes("placed") ? "ItemAt, " : ""}PagedCall as Paged } from "./runtime/client/pages.js";`]),
    ...(tells
      ? [
          importing(
            ["SelectedCall", ...(long.includes("FinalBody") ? ["SelectedFor"] : []), "TellingBody", "ValueAt"],
            "./runtime/client/select.js",
            "import type",
          ),
        ]
      : []),
    ...(options.serverFunctions.length === 0 ? [] : [importing(options.serverFunctions, "./runtime/client/server-url.js")]),
    ...(options.features.includes("sendCookies") ? [`import { restOf } from "./runtime/client/rest.js";`] : []),
    ...(options.shares ? [`import { sharedValues } from "./runtime/client/shared.js";`] : []),
    ...(used.some((one) => one.streams) ? [`import type { StreamedCall as Streamed } from "./runtime/client/streams.js";`] : []),
    `import type { operations as Operations${tells ? ", selections as Selections" : ""} } from "./types.js";`,
  ];
  return `${lines.join("\n")}\n`;
}

function authImports({ features }: Options, types: readonly string[]): string[] {
  const values = [
    ...(features.includes("addKeys") ? ["addKeys"] : []),
    ...features.slice(0, 1).map((adds) => adds.replace("authenticate: ", "")),
  ];
  const names = [...values, ...types.map((type) => (values.length === 0 ? type : `type ${type}`))];
  if (names.length === 0) return [];
  return [`import ${values.length === 0 ? "type " : ""}{ ${names.join(", ")} } from "./runtime/client/auth.js";`];
}

function authTypes(declarations: string): string[] {
  return ["BasicLogin", "Token"].filter((name) => declarations.includes(`?: ${name} | undefined;`));
}

function callTypes(model: ApiModel, { aliases, used }: Used): string {
  const tells = used.some((one) => one.tells);
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
  const item = "export type Item<Id extends keyof Operations, Place> = ItemAt<Operations[Id], Place>;\n";
  const texts = [
    ...aliases.map((one) => aliasTexts[one].text),
    ...(tells ? [tellingAliases] : []),
    ...longRunningAliases(model, tells),
  ];
  return [
    call,
    ...(paged.length === 0 ? [] : [pagedCall]),
    ...(used.some((one) => one.streams) ? [streamedCall] : []),
    ...(paged.includes("placed") ? [documented(item)] : []),
    ...(texts.length === 0 ? [] : [documented(texts.join(""))]),
  ].join("\n");
}

/** Short names for types of operations, each with a word about it. */
function documented(declarations: string): string {
  return declarations
    .split(/^(?=export type )/m)
    .map((declaration) => {
      const name = /^export type (\w+)/.exec(declaration)?.[1] ?? "";
      return jsdoc([aliasWords.get(name)]) + declaration;
    })
    .join("\n");
}

const aliasWords: ReadonlyMap<string, string> = new Map([
  ["Body", "The body that a request of an operation takes."],
  ["Content", "The body of a request with its media type, which may be left out where it is the default."],
  ["Named", "The parameters of an operation, by name, but for those in the path."],
  ["Located", "The parameters of an operation, by where they stand, since two of them share a name."],
  ["Item", "An item of a page, by the place of the list in the body of the answer."],
  ["ValueIn", "What stands at a place in the body of a request."],
  ["Telling", "The body of a request, with the values that tell the type of its answer."],
  ["Finished", "The body of the answer once a long-running operation is at its end."],
  ["StatusValue", "What may stand where the body of an answer tells how a long-running operation is doing."],
]);

function configuration(options: Options): string {
  const members = options.configuration.map((text) => `    ${text}\n`);
  return `/** What a core of this API is made with. */
export function coreConfig(options: ClientOptions & Pick<CoreConfig, "features">): CoreConfig {
  return {
    ...options,
${members.join("")}  };
}
`;
}
