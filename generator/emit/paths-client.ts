/** ApiModel → `paths-client.ts`: the path style on its own, with the server of the document and what departs from the default styles. */
import type { ApiModel, Operation } from "../model/api-model.ts";
import { wireMethod } from "../model/route.ts";
import { takesTokens } from "../model/security-descriptor.ts";
import { isAbsolute, nameServers, ownServers, withDefaults } from "../model/servers.ts";
import type { Emitter } from "./emitter.ts";
import { pathsAuthFile, pathsAuthModules } from "./paths-client/auth-file.ts";
import { codecsOf, type Codec } from "./paths-client/departures.ts";
import { header } from "./text/header.ts";
import { jsdoc } from "./text/jsdoc.ts";
import { choice, concat, group, indent, join, line, print, softline } from "./text/layout.ts";
import { stringLiteral } from "./text/literal.ts";

/** The path-style client that takes the place of openapi-fetch. */
export const pathsClientEmitter: Emitter = {
  name: "paths-client",
  needs: ["types", "operations"],
  emit(model, { sourceFolder }) {
    const codecs = model.operations.flatMap((operation) => codecsOf(model, operation));
    const secured = model.securitySchemes.length > 0;
    const modules = new Set([...small, ...(codecs.length === 0 ? [] : wire), ...(secured ? pathsAuthModules(model) : [])]);
    return [
      { kind: "text", path: `${sourceFolder}paths-client.ts`, text: pathsClientFile(model) },
      ...(secured ? [{ kind: "text" as const, path: `${sourceFolder}paths-auth.ts`, text: pathsAuthFile(model) }] : []),
      ...[...modules].map((module) => ({ kind: "runtime" as const, path: `${sourceFolder}runtime/${module}`, module })),
    ];
  },
};

function pathsClientFile(model: ApiModel): string {
  const departing = model.operations.map((operation) => ({
    operation,
    codecs: codecsOf(model, operation),
    baseUrl: ownServer(model, operation),
  }));
  const entries = departing.filter(({ codecs, baseUrl }) => codecs.length > 0 || baseUrl !== undefined).map(entryOf);
  const used = [...new Set(departing.flatMap(({ codecs }) => codecs))].sort();
  const first = nameServers(model.servers)[0]?.server;
  const facts = [
    ...(first === undefined ? [] : [`baseUrl: ${stringLiteral(withDefaults(first))}`]),
    ...(entries.length === 0 ? [] : ["departures"]),
  ];
  const made = facts.length === 0 ? "createPathsClient(options)" : `createPathsClient(options, { ${facts.join(", ")} })`;
  const documentation = jsdoc([
    `Makes a path-style client of ${model.info.title}: openapi-fetch's options, methods and results.`,
    "Types of one's own may be given in place of `paths`, and media types of answers.",
  ]);
  return `${header}
${imports(used, entries.length > 0)}
${exportsOfAuth(model)}export type * from "./runtime/path-style/options.js";
export { type PathBasedClient, wrapAsPathBasedClient };
export {
  createQuerySerializer,
  defaultBodySerializer,
  defaultPathSerializer,
  mergeHeaders,
} from "./runtime/path-style/serializers.js";
export type { FetchOptions, FetchResponse, MethodResponse } from "./runtime/path-style/types.js";

/** A client of the paths of the document, or of \`Paths\` that openapi-typescript wrote. */
export type Client<Paths extends {} = paths, Media extends MediaType = MediaType> = PathsClient<
  Paths,
  Media,
  MayBeMarked<Paths, paths>
>;

${
  entries.length === 0
    ? ""
    : `// What these operations say beyond the default styles.\nconst departures: Departures = {\n${entries.join("")}};\n\n`
}${documentation}export function createClient<Paths extends {} = paths, Media extends MediaType = MediaType>(
  options: ClientOptions = {},
): Client<Paths, Media> {
  // Held to its types by Client; the compiler would compare the whole of two clients here.
  const client: unknown = ${made};
  return client as Client<Paths, Media>;
}

/** The same by path: \`client["/things/{id}"].GET(…)\`. */
export function createPathBasedClient<Paths extends {} = paths, Media extends MediaType = MediaType>(
  options: ClientOptions = {},
): PathBasedClient<Paths, Media, MayBeMarked<Paths, paths>> {
  return wrapAsPathBasedClient(createClient<Paths, Media>(options));
}

export default createClient;
`;
}

// What is not used of it is in no bundle.
function exportsOfAuth(model: ApiModel): string {
  if (model.securitySchemes.length === 0) return "";
  const tokens = `export { clientCredentials, OAuthError, refreshing } from "./runtime/client/oauth2.js";\n`;
  return `export { type Credentials, withCredentials } from "./paths-auth.js";\n${takesTokens(model) ? tokens : ""}`;
}

function imports(used: readonly Codec[], departs: boolean): string {
  const codecs = used.length === 0 ? [] : [...used, "depart"].sort();
  return [
    ...(codecs.length === 0 ? [] : [`import * as operations from "./operations.js";`]),
    `import { createClient as createPathsClient } from "./runtime/path-style/client.js";`,
    ...(codecs.length === 0 ? [] : [`import { ${codecs.join(", ")} } from "./runtime/path-style/codecs.js";`]),
    ...(departs ? [`import type { Departures } from "./runtime/path-style/departures.js";`] : []),
    `import type { MayBeMarked } from "./runtime/path-style/markers.js";`,
    `import type { ClientOptions, MediaType } from "./runtime/path-style/options.js";`,
    `import { type PathBasedClient, wrapAsPathBasedClient } from "./runtime/path-style/path-based.js";`,
    `import type { Client as PathsClient } from "./runtime/path-style/types.js";`,
    `import type { paths } from "./types.js";`,
    "",
  ].join("\n");
}

interface Departing {
  readonly operation: Operation;
  readonly codecs: readonly Codec[];
  readonly baseUrl: string | undefined;
}

function entryOf({ operation, codecs, baseUrl }: Departing): string {
  const key = `  ${stringLiteral(`${wireMethod(operation.method)} ${operation.path}`)}: `;
  const departed = join(concat(",", line), [`operations.${operation.name}`, ...codecs]);
  const call = group(concat("depart(", indent(concat(softline, departed)), choice(","), softline, ")"));
  const server = `baseUrl: ${stringLiteral(baseUrl ?? "")}`;
  const value =
    baseUrl === undefined
      ? call
      : group(
          concat(
            "{",
            indent(concat(line, server, ...(codecs.length === 0 ? [] : [",", line, "...", call]))),
            choice(","),
            line,
            "}",
          ),
        );
  return `${key}${print(value, { indent: 2, column: key.length, after: 1 })},\n`;
}

/** The first of an operation's own servers, as an absolute URL. */
function ownServer(model: ApiModel, operation: Operation): string | undefined {
  const own = ownServers(model, operation)[0]?.server;
  if (own === undefined) return undefined;
  const first = nameServers(model.servers)[0]?.server;
  const url = withDefaults(own);
  if (isAbsolute(url)) return url;
  return first === undefined ? url : new URL(url, `${withDefaults(first)}/`).href;
}

const small: readonly string[] = [
  "client/arguments.ts",
  "client/status-codes.ts",
  "client/types.ts",
  "path-style/call.ts",
  "path-style/client.ts",
  "path-style/departures.ts",
  "path-style/markers.ts",
  "path-style/options.ts",
  "path-style/path-based.ts",
  "path-style/paths.ts",
  "path-style/request-streams.ts",
  "path-style/serializers.ts",
  "path-style/types.ts",
];

const wire: readonly string[] = [
  "formats/apply.ts",
  "operation.ts",
  "path-style/codecs.ts",
  "validation/validator.ts",
  "wire/alternatives.ts",
  "wire/classify.ts",
  "wire/decode-body.ts",
  "wire/decode-deep.ts",
  "wire/decode-entries.ts",
  "wire/decode-header.ts",
  "wire/decode-multipart.ts",
  "wire/decode-stream.ts",
  "wire/decode-styled.ts",
  "wire/decode-urlencoded.ts",
  "wire/documents.ts",
  "wire/encode-body.ts",
  "wire/encode-header.ts",
  "wire/encode-multipart.ts",
  "wire/encode-parameters.ts",
  "wire/encode-path.ts",
  "wire/encode-stream.ts",
  "wire/encode-urlencoded.ts",
  "wire/errors.ts",
  "wire/event-parser.ts",
  "wire/expand-form.ts",
  "wire/media-type.ts",
  "wire/parse-multipart.ts",
  "wire/percent.ts",
  "wire/reading.ts",
  "wire/styles.ts",
];
