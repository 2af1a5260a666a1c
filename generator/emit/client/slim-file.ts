import type { ApiModel } from "../../model/api-model.ts";
import { header } from "../text/header.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { coreTypes } from "./index-file.ts";

/** The text of `slim.ts`: a client of those operations alone that it is given. */
export function slimFile(model: ApiModel): string {
  const documentation = jsdoc([
    `Makes a client of ${model.info.title} that has those operations alone that it is given; a bundler leaves out all others.`,
    "Operations are given by the names that they are to be called by, as deep as is wished; they come from the modules in `resources/`.",
    "Throws an `Error` when the URL of the server is relative and there is no page that it could be relative to.",
  ]);
  return `${header}
import { coreConfig, type ClientOptions } from "./core.js";
import { bind, type Bound } from "./runtime/client/caller.js";
import { createSend } from "./runtime/client/exchange.js";
import type { Features } from "./runtime/client/wire.js";

export type { ${coreTypes(model).join(", ")} } from "./core.js";

export * from "./runtime/client/features.js";

/** How a slim client is made. */
export interface SlimOptions extends Omit<ClientOptions, "hooks" | "onDeprecation" | "validation"> {
  /** What it does beyond sending, trying again and reading: imports of this module. Default: nothing. */
  readonly features?: readonly Features[] | undefined;
}

${documentation}export function createClient<Operations extends object>(
  options: SlimOptions,
  operations: Operations,
): Bound<Operations> {
  return bind(createSend(coreConfig(options)), operations);
}
`;
}
