import type { ApiModel } from "../../model/api-model.ts";
import { header } from "../text/header.ts";
import { stringLiteral } from "../text/literal.ts";
import { nameServers } from "./servers.ts";

/** The text of `openapi-fetch.ts`: openapi-fetch's own client, with our types and our serializers. */
export function openapiFetchFile(model: ApiModel): string {
  const first = nameServers(model.servers)[0]?.server;
  const baseUrl = first === undefined || first.variables !== undefined ? "" : `baseUrl: ${stringLiteral(first.url)}, `;
  return [header, `import createFetchClient, { type Client, type ClientOptions } from "openapi-fetch";
import * as operations from "./operations.js";
import { wired } from "./runtime/client/openapi-fetch.js";
import type { paths } from "./types.js";

/** The serializers, to be used with a client of one's own: \`client.GET(path, { ...init, ...serialize(operation, init) })\`. */
export { serialize } from "./runtime/client/openapi-fetch.js";

/** A client of openapi-fetch 0.17 that writes every parameter and body as the document says. */
export function createClient(options: ClientOptions = {}): Client<paths> {
  return wired(createFetchClient<paths>({ ${baseUrl}...options }), operations);
}
`].join("\n");
}
