import type { ApiModel } from "../model/api-model.ts";
import { hasChoices } from "../model/codecs.ts";
import { nameServers, ownServers } from "../model/servers.ts";
import type { Emitter } from "./emitter.ts";
import { header } from "./text/header.ts";
import { concat, group, indent, line, print } from "./text/layout.ts";
import { stringLiteral } from "./text/literal.ts";

/** `openapi-fetch.ts`: a file of its own, since only those who stay with openapi-fetch have that package. */
export const openapiFetchEmitter: Emitter = {
  name: "openapi-fetch",
  needs: ["types", "operations", "client"],
  emit(model, { sourceFolder }) {
    const module = "client/openapi-fetch.ts";
    return [
      { kind: "text", path: `${sourceFolder}openapi-fetch.ts`, text: openapiFetchFile(model) },
      { kind: "runtime", path: `${sourceFolder}runtime/${module}`, module },
    ];
  },
};

// openapi-fetch reads and writes JSON by itself: what it gives and takes has the wire form, whatever types were chosen for formats.
/** The text of `openapi-fetch.ts`: openapi-fetch's own client, with our types and our serializers. */
function openapiFetchFile(model: ApiModel): string {
  const first = nameServers(model.servers)[0]?.server;
  const baseUrl = first === undefined || first.variables !== undefined ? undefined : stringLiteral(first.url);
  const constant =
    baseUrl === undefined
      ? ""
      : `\nconst baseUrl =${print(group(indent(concat(line, baseUrl))), { column: "const baseUrl =".length, after: 1 })};\n`;
  const coded = hasChoices(model);
  const types = coded ? "Wire<paths>" : "paths";
  const separate = model.operations.some((operation) => ownServers(model, operation).length > 0);
  const client = `createFetchClient<${types}>(${baseUrl === undefined ? "options" : "{ baseUrl, ...options }"})`;
  const wiring =
    separate && baseUrl !== undefined
      ? ["wired(", `    ${client},`, "    operations,", "    options.baseUrl === undefined ? baseUrl : undefined,", "  );"].join(
          "\n",
        )
      : `wired(${client}, operations);`;
  return `${header}
import createFetchClient, { type Client, type ClientOptions } from "openapi-fetch";
import * as operations from "./operations.js";
import { wired } from "./runtime/client/openapi-fetch.js";
${coded ? 'import type { Wire } from "./runtime/formats/wire-type.js";\n' : ""}import type { paths } from "./types.js";

/** The options that make one call of a client of one's own wire-correct: \`{ ...init, ...serialize(operation, init) }\`. */
export { serialize } from "./runtime/client/openapi-fetch.js";
${constant}
/** A client of openapi-fetch 0.17 that writes every parameter and body as the document says.${coded ? " Its values have their wire form: texts for dates." : ""} */
export function createClient(options: ClientOptions = {}): Client<${types}> {
  return ${wiring}
}
`;
}
