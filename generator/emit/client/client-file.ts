import type { ApiModel } from "../../model/api-model.ts";
import { valueIdentifier } from "../../model/names.ts";
import { header } from "../text/header.ts";
import { freeName, isIdentifier } from "../text/identifier.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { stringLiteral } from "../text/literal.ts";
import { concat, print, type Layout } from "../text/layout.ts";
import { clientOptions } from "./options.ts";
import { descendants, type Resource } from "./resources.ts";
import { braces } from "./statements.ts";

/** The text of `client.ts`: `createClient`, and an interface for each resource, over the functions of its module. */
export function clientFile(model: ApiModel, root: Resource): string {
  const modules = moduleNames(root);
  return [
    header,
    imports(root, modules),
    factory(model),
    ...(root.operations.length === 0 ? [] : [rootInterface(modules.get(root) ?? "")]),
    clientClass(model, root, modules),
    ...descendants(root).map((resource) => resourceInterface(model, resource, modules)),
  ].join("\n");
}

type Modules = ReadonlyMap<Resource, string>;

/** The identifiers that the modules of resources are imported by. */
function moduleNames(root: Resource): Modules {
  const taken = new Set([
    "PathClient",
    "createCore",
    "errors",
    "operations",
    "options",
    "core",
    "coreOf",
    "resource",
    "coreConfig",
    "withRetries",
  ]);
  const names = new Map<Resource, string>();
  for (const one of [root, ...descendants(root)]) {
    if (one.operations.length === 0) continue;
    const wanted = valueIdentifier(one.module);
    const name = freeName(isIdentifier(wanted) ? wanted : `${wanted}_`, taken);
    taken.add(name);
    names.set(one, name);
  }
  return names;
}

function imports(root: Resource, modules: Modules): string {
  const resources = descendants(root).length > 0;
  const lines = [
    `import { coreConfig, type ClientOptions } from "./core.js";`,
    `import { errors, type Errors } from "./errors.js";`,
    `import * as operations from "./operations.js";`,
    ...[...modules].map(([{ module }, name]) => `import * as ${name} from ${stringLiteral(`./resources/${module}.js`)};`),
    ...(modules.size === 0 && !resources
      ? []
      : [
          `import { ${[...(root.operations.length > 0 ? ["core as coreOf"] : []), ...(resources ? ["resource"] : []), "type Resource"].join(", ")} } from "./runtime/client/caller.js";`,
        ]),
    `import { createCore } from "./runtime/client/core.js";`,
    `import { PathClient } from "./runtime/client/path-client.js";`,
    `import { withRetries } from "./runtime/client/retry.js";`,
    `import type { paths } from "./types.js";`,
  ];
  return `${lines.join("\n")}\n`;
}

function factory(model: ApiModel): string {
  const documentation = jsdoc([
    `Makes a client of ${model.info.title}.`,
    model.info.description,
    "Throws an `Error` when the URL of the server is relative and there is no page that it could be relative to.",
  ]);
  const parameter = clientOptions(model).optional ? "options: ClientOptions = {}" : "options: ClientOptions";
  return `${documentation}export function createClient(${parameter}): Client {\n  return new Client(options);\n}\n`;
}

// Operations of no resource are methods of the client itself.
function rootInterface(module: string): string {
  return `export interface Client extends Resource<typeof ${module}> {}\n`;
}

function clientClass(model: ApiModel, root: Resource, modules: Modules): string {
  const shared = model.sharedPathParameters.map(({ name }) => stringLiteral(name)).join(" | ");
  const own = modules.get(root);
  const fields = [
    jsdoc(["The classes of what a call can throw."], 2) + "  readonly errors: Errors = errors;\n",
    ...(root.resources.length === 0
      ? []
      : [root.resources.map((resource) => `  readonly ${resource.name}: ${resource.className};\n`).join("")]),
    `  readonly #options: ClientOptions;\n`,
  ];
  const constructor = [
    "  constructor(options: ClientOptions) {",
    "    const core = createCore({ ...coreConfig(options), attempts: withRetries });",
    "    super(core, operations);",
    "    this.#options = options;",
    ...(own === undefined ? [] : [`    Object.assign(this, { [coreOf]: core }, ${own});`]),
    ...root.resources.map(
      (resource) => `    ${print(concat(`this.${resource.name} = `, made(resource, modules), ";"), { indent: 4 })}`,
    ),
    "  }\n",
  ].join("\n");
  const overrides =
    jsdoc(["A client like this one, with some of its options changed."], 2) +
    "  withOptions(overrides: Partial<ClientOptions>): Client {\n    return new Client({ ...this.#options, ...overrides });\n  }\n";
  const documentation = jsdoc([`A client of ${model.info.title}: by resource, or by method and path.`]);
  return `${documentation}export class Client extends PathClient<paths${shared === "" ? "" : `, ${shared}`}> {\n${[...fields, constructor, overrides].join("\n")}}\n`;
}

/** `resource(core, sessionRecordings, { sharing: resource(core, sharing) })` */
function made(one: Resource, modules: Modules): Layout {
  const children = one.resources.map((child) => concat(`${child.name}: `, made(child, modules)));
  const others = children.length === 0 ? "" : concat(", ", braces(children));
  return concat(`resource(core, ${modules.get(one) ?? "{}"}`, others, ")");
}

function resourceInterface(model: ApiModel, resource: Resource, modules: Modules): string {
  const tag = model.tags.find(({ name }) => valueIdentifier(name) === resource.name);
  const module = modules.get(resource);
  const members = resource.resources.map((child) => `  readonly ${child.name}: ${child.className};\n`);
  const base = `Resource<${module === undefined ? "{}" : `typeof ${module}`}>`;
  const start = print(concat(`export interface ${resource.className} extends ${base} {`));
  return `${jsdoc([tag?.description ?? tag?.summary])}${start}${members.length === 0 ? "" : `\n${members.join("")}`}}\n`;
}
