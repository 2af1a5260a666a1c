import type { ApiModel, SharedPathParameter } from "../../model/api-model.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { literal, literalKey, propertyKey, stringLiteral } from "../text/literal.ts";
import { concat, print } from "../text/layout.ts";
import { streams } from "../../model/sequence.ts";
import { isAbsolute, nameServers, ownServers, serverDescriptor, type NamedServer } from "../../model/servers.ts";
import { authOptions } from "./auth.ts";
import { braces, list, union } from "./statements.ts";
import { isPlainString } from "./surface.ts";

/** What a client of this API is told when it is made, and how that reaches the core. */
export interface Options {
  /** `ClientOptions`, `CallOptions` and the tables of servers and security schemes. */
  readonly declarations: string;
  /** Whether a client can be made without any. */
  readonly optional: boolean;
  /** The members of the core's configuration, one a line. */
  readonly configuration: readonly string[];
  /** What is used of `runtime/client/server-url.ts`. */
  readonly serverFunctions: readonly string[];
  /** What is used of `runtime/client/environment.ts`. */
  readonly environment: readonly string[];
  /** What is used of `runtime/client/auth.ts` and `runtime/client/cookies.ts`, as members of the core's features. */
  readonly features: readonly string[];
  /** Whether path parameters are options. */
  readonly shares: boolean;
}

/** Derives the options from the servers, the shared path parameters and the security schemes. */
export function clientOptions(model: ApiModel): Options {
  const servers = nameServers(model.servers);
  const auth = authOptions(model);
  const choosesServer = servers.length > 1 || servers.some(({ server }) => server.variables !== undefined);
  const own = model.operations.flatMap((operation) => ownServers(model, operation));
  const home = homeOf(model, servers);
  const streamed = model.operations.some(streams);
  const members = [
    ...model.sharedPathParameters.map((shared) => sharedMember(model, shared, true)),
    ...serverMembers(servers, { choosesServer, own, home }),
    ...auth.members,
    '  /** Sent with every request; a function is asked each time. `null` takes a header away. */\n  readonly headers?: CoreConfig["headers"];\n',
    jsdoc(["Milliseconds for a whole call: all attempts, the waits between them and the body. Default: no limit."], 2) +
      "  readonly timeout?: number | undefined;\n",
    jsdoc(
      ["Milliseconds for each attempt until the head of its answer; a retry may follow. Default: no limit but `timeout`."],
      2,
    ) + "  readonly attemptTimeout?: number | undefined;\n",
    jsdoc(
      [
        "How often a request is sent again, at most, after a status of 408, 409, 429 or 5xx or a failed connection, where that is safe: the " +
          "method is idempotent, or the request has an idempotency key. Default: 2.",
      ],
      2,
    ) + "  readonly maxRetries?: number | undefined;\n",
    ...(streamed
      ? [
          jsdoc(["Milliseconds that a stream of items may be silent, until a `TimeoutError` ends it. Default: no limit."], 2) +
            "  readonly idleTimeout?: number | undefined;\n",
        ]
      : []),
    '  /** Watch every attempt, and may change what is sent and what comes back. */\n  readonly hooks?: CoreConfig["hooks"];\n',
    jsdoc(
      [
        "Told once of each operation that the server calls deprecated or soon to be gone (`Deprecation`, RFC 9745; `Sunset`, RFC 8594). " +
          "Default: a console warning; `null` turns it off.",
      ],
      2,
    ) + `  readonly onDeprecation?: CoreConfig["onDeprecation"];\n`,
    `  /** Checks the bodies of answers: see \`createValidation\`. */\n  readonly validation?: CoreConfig["validation"];\n`,
    `${jsdoc(["Default: `globalThis.fetch`.", auth.certificates], 2)}  readonly fetch?: CoreConfig["fetch"];\n`,
  ];
  const call = model.sharedPathParameters.map((shared) => sharedMember(model, shared, false));
  return {
    declarations: [
      ...(choosesServer ? [`const servers = ${serverTable(servers)};\n`] : []),
      ...auth.declarations,
      `${jsdoc(["How a client is made."])}export interface ClientOptions {\n${members.join("\n")}}\n`,
      `${jsdoc(["What can be set for one call."])}export interface CallOptions extends CoreCallOptions {${call.length === 0 ? "" : `\n${call.join("\n")}`}}\n`,
    ].join("\n"),
    optional: model.sharedPathParameters.length === 0 && home !== undefined,
    configuration: [
      baseUrl(servers, choosesServer, home),
      ...(own.length === 0
        ? []
        : [
            `servers: chosenServer(${[choosesServer ? "servers" : "{}", "options.server", ...variablesOption([...servers, ...own])].join(", ")}),`,
          ]),
      ...auth.configuration,
      ...sharedConfiguration(model.sharedPathParameters),
      ...featuresConfiguration([
        ...auth.features,
        ...(own.length > 0 ? ["serverOf: operationUrl"] : []),
        ...(model.sharedPathParameters.length > 0 ? ["pathValues: sharedValues"] : []),
      ]),
    ],
    serverFunctions: [...(own.length > 0 ? ["chosenServer", "operationUrl"] : []), ...(choosesServer ? ["serverUrl"] : [])],
    features: auth.features,
    shares: model.sharedPathParameters.length > 0,
    environment: auth.environment,
  };
}

function sharedMember(model: ApiModel, { property, name, parameter }: SharedPathParameter, required: boolean): string {
  const first = model.operations[0];
  const type =
    isPlainString(parameter.schema) || first === undefined
      ? "string"
      : `Operations[${stringLiteral(first.id)}]["parameters"]["path"][${stringLiteral(name)}]`;
  const documentation = required ? [parameter.description] : [parameter.description, "Default: the client's."];
  return `${jsdoc(documentation, 2)}  readonly ${property}${required ? `: ${type}` : `?: ${type} | undefined`};\n`;
}

/** Where operations go that have no server of their own: the first server, or where all have some, that of the first. */
function homeOf(model: ApiModel, servers: readonly NamedServer[]): string | undefined {
  const [first] = servers;
  if (first !== undefined) return first.server.url;
  const homes = model.operations.map((operation) => ownServers(model, operation)[0]?.server);
  const [home] = homes;
  if (home === undefined || homes.some((server) => server === undefined || !isAbsolute(server.url))) return undefined;
  return home.url.replace(/\{([^{}]+)\}/g, (whole, name: string) => home.variables?.[name]?.default ?? whole);
}

interface ServerFacts {
  readonly choosesServer: boolean;
  readonly own: readonly NamedServer[];
  readonly home: string | undefined;
}

function serverMembers(servers: readonly NamedServer[], { choosesServer, own, home }: ServerFacts): string[] {
  const [first] = servers;
  const up = "The URL up to the paths";
  const apart =
    own.length === 0
      ? undefined
      : "Some operations have servers of their own; a URL that is given here takes the place of those too.";
  const variables = variableMembers([...servers, ...own]);
  if (home === undefined)
    return [`${jsdoc([`${up}, such as \`https://example.com/api\`.`, apart], 2)}  readonly server: string;\n`, ...variables];
  if (!choosesServer || first === undefined) {
    const fallback = first === undefined ? "that of each operation" : `\`${first.server.url}\``;
    return [`${jsdoc([`${up}. Default: ${fallback}.`, apart], 2)}  readonly server?: string | undefined;\n`, ...variables];
  }
  const list = servers
    .map(({ key, server }) => `- \`${key}\`: ${[server.description, `\`${server.url}\``].filter(Boolean).join(", ")}`)
    .join("\n");
  const keys = union([...servers.map(({ key }) => stringLiteral(key)), "(string & {})", "undefined"]);
  const member = print(concat("readonly server?:", keys, ";"), { indent: 2 });
  return [
    `${jsdoc([`Which server, or a URL of one's own up to the paths. Default: \`${first.key}\`.`, list, apart], 2)}  ${member}\n`,
    ...variables,
  ];
}

function variableMembers(servers: readonly NamedServer[]): string[] {
  const variables = new Map(servers.flatMap(({ server }) => Object.entries(server.variables ?? {})));
  if (variables.size === 0) return [];
  const members = [...variables].map(([name, variable]) => {
    const types = variable.enum === undefined ? ["string"] : variable.enum.map((value) => stringLiteral(value));
    const member = print(concat(`readonly ${propertyKey(name)}?:`, union([...types, "undefined"]), ";"), { indent: 4 });
    return `${jsdoc([variable.description, `Default: \`${variable.default}\`.`], 4)}    ${member}\n`;
  });
  return [`${jsdoc(["What stands in the URL of the server."], 2)}  readonly serverVariables?: {\n${members.join("\n")}  };\n`];
}

function serverTable(servers: readonly NamedServer[]): string {
  const table = servers.map(({ key, server }) => [key, serverDescriptor(server)] as const);
  return literal(Object.fromEntries(table), { column: "const servers = ".length, after: 1, expand: true });
}

function baseUrl(servers: readonly NamedServer[], choosesServer: boolean, home: string | undefined): string {
  const [first] = servers;
  if (home === undefined) return "baseUrl: options.server,";
  if (!choosesServer || first === undefined) return `baseUrl: options.server ?? ${stringLiteral(home)},`;
  const chosen = `options.server ?? ${stringLiteral(first.key)}`;
  return `baseUrl: serverUrl(${["servers", chosen, ...variablesOption(servers)].join(", ")}),`;
}

function variablesOption(servers: readonly NamedServer[]): string[] {
  return variableMembers(servers).length === 0 ? [] : ["options.serverVariables"];
}

function featuresConfiguration(features: readonly string[]): string[] {
  const own = concat("features: ", list([braces(features), "...(options.features ?? [])"]), ",");
  return features.length === 0 ? [] : [print(own, { indent: 4 })];
}

function sharedConfiguration(shared: readonly SharedPathParameter[]): string[] {
  if (shared.length === 0) return [];
  const members = shared.map(
    ({ name, property }) => `${literalKey(name)}: { property: ${stringLiteral(property)}, value: options.${property} }`,
  );
  return [print(concat("shared: ", braces(members, members.length > 1), ","), { indent: 4 })];
}
