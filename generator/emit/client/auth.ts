import type { ApiModel, SecurityScheme } from "../../model/api-model.ts";
import { securityDescriptor } from "../../model/security-descriptor.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { concat, print } from "../text/layout.ts";
import { memberAccess } from "../text/identifier.ts";
import { literal, literalKey, propertyKey, stringLiteral } from "../text/literal.ts";
import { braces } from "./statements.ts";

/** What a client is told of credentials, and how that reaches the core. */
export interface AuthOptions {
  /** Members of `ClientOptions`. */
  readonly members: readonly string[];
  /** The members of the core's configuration, one a line. */
  readonly configuration: readonly string[];
  /** The table of the schemes, as a declaration. */
  readonly declarations: readonly string[];
  /** What is said of the certificates of mutual TLS, if the document has it. */
  readonly certificates: string | undefined;
  /** What reads variables of the environment: functions of the runtime. */
  readonly environment: readonly string[];
  /** What adds the credentials, as members of the core's features. */
  readonly features: readonly string[];
}

/** Derives the options from the security schemes: the type of each credential follows the kind of its scheme. */
export function authOptions(model: ApiModel): AuthOptions {
  const schemes = model.securitySchemes.filter((scheme) => scheme.kind !== "mutualTLS");
  const certified = model.securitySchemes.filter((scheme) => scheme.kind === "mutualTLS");
  const main = mainScheme(model, schemes);
  return {
    members: authMembers(main, schemes),
    configuration: [...(model.securitySchemes.length === 0 ? [] : ["securitySchemes,"]), ...authConfiguration(main, schemes)],
    declarations: schemeTable(model.securitySchemes),
    certificates:
      certified.length === 0
        ? undefined
        : `Mutual TLS (${certified.map(({ key }) => `\`${key}\``).join(", ")}) is met below HTTP: a \`fetch\` that has the certificate of the client.`,
    environment: ["environment", "environmentLogin"].filter((reader) =>
      schemes.some((scheme) => fallback(scheme).includes(` ${reader}(`)),
    ),
    features: authFeatures(schemes),
  };
}

/** The scheme whose token has an option of its own: the only one, or the first that suffices for every operation. */
function mainScheme(model: ApiModel, schemes: readonly SecurityScheme[]): SecurityScheme | undefined {
  const main = schemes.length === 1 ? schemes[0] : schemes.find((scheme) => opensAll(model, scheme.key));
  return main?.kind === "basic" ? undefined : main;
}

/** Whether the credential of this scheme alone suffices for every operation that needs one. */
function opensAll(model: ApiModel, key: string): boolean {
  const secured = model.operations.filter(({ security }) => security.length > 0);
  return (
    secured.length > 0 &&
    secured.every(({ security }) => security.some((alternative) => alternative.length === 1 && alternative[0]?.scheme === key))
  );
}

function tokenOption(scheme: SecurityScheme): string {
  return scheme.kind === "oauth2" || scheme.kind === "openIdConnect" ? "accessToken" : "apiKey";
}

function authMembers(main: SecurityScheme | undefined, schemes: readonly SecurityScheme[]): string[] {
  const own =
    main === undefined
      ? []
      : [
          `${jsdoc([main.description, nature(main), "A function is asked before each request.", byDefault(main)], 2)}  readonly ${tokenOption(main)}?: Token | undefined;\n`,
        ];
  const members = schemes
    .filter((scheme) => scheme !== main)
    .map(
      (scheme) =>
        `${jsdoc([scheme.description, nature(scheme), byDefault(scheme)], 4)}    readonly ${propertyKey(scheme.key)}?: ${scheme.kind === "basic" ? "BasicLogin" : "Token"} | undefined;\n`,
    );
  if (members.length === 0) return own;
  const documentation = jsdoc(["Credentials by security scheme; a function is asked before each request."], 2);
  return [...own, `${documentation}  readonly auth?: {\n${members.join("\n")}  };\n`];
}

function authConfiguration(main: SecurityScheme | undefined, schemes: readonly SecurityScheme[]): string[] {
  if (schemes.length === 0) return [];
  const others = schemes.filter((scheme) => scheme !== main);
  const given = [
    ...others.filter((scheme) => fallback(scheme) !== "").map((scheme) => [scheme, memberOfAuth(scheme)] as const),
    ...(main === undefined ? [] : [[main, `options.${tokenOption(main)}`] as const]),
  ].map(([scheme, value]) => `${literalKey(scheme.key)}: ${value}${fallback(scheme)}`);
  if (given.length === 0) return ["auth: options.auth,"];
  return [print(concat("auth: ", braces([...(others.length === 0 ? [] : ["...options.auth"]), ...given]), ","), { indent: 4 })];
}

function memberOfAuth({ key }: SecurityScheme): string {
  return memberAccess("options.auth", key).replace(/^options\.auth\.?/, "options.auth?.");
}

function fallback({ kind, environmentVariable }: SecurityScheme): string {
  if (environmentVariable === undefined) return "";
  return ` ?? ${kind === "basic" ? "environmentLogin" : "environment"}(${stringLiteral(environmentVariable)})`;
}

function byDefault(scheme: SecurityScheme): string | undefined {
  return fallback(scheme) === ""
    ? undefined
    : `Default: the environment variable \`${scheme.environmentVariable ?? ""}\`, ${scheme.kind === "basic" ? "written `user:password`, " : ""}where there is an environment.`;
}

function authFeatures(schemes: readonly SecurityScheme[]): string[] {
  if (schemes.length === 0) return [];
  const basic = schemes.some(({ kind }) => kind === "basic");
  const keysIn = (place: string): boolean => schemes.some((scheme) => scheme.kind === "apiKey" && scheme.in === place);
  return [
    basic ? "authenticate" : "authenticate: authenticateByToken",
    ...(keysIn("query") ? ["addKeys"] : []),
    ...(keysIn("cookie") ? ["rest: restOf", "sendCookies"] : []),
  ];
}

/** What a credential is, where its type does not say it. */
function nature({ kind, name = "", in: place, written }: SecurityScheme): string | undefined {
  switch (kind) {
    case "oauth2": {
      const { clientCredentials, ...others } = written?.flows ?? {};
      const urls = Object.values(others).flatMap((flow) => flow?.refreshUrl ?? flow?.tokenUrl ?? []);
      const ways = [
        ...(clientCredentials?.tokenUrl === undefined ? [] : [`\`clientCredentials\` with ${code(clientCredentials.tokenUrl)}`]),
        ...[...new Set(urls)].map((url) => `\`refreshing\` with ${code(url)}`),
      ];
      return `An access token of OAuth 2${ways.length === 0 ? "" : `, or what gets them: ${ways.join(", ")}`}.`;
    }
    case "openIdConnect":
      return `An access token of the OpenID provider at ${code(written?.openIdConnectUrl ?? "")}, or what gets them: \`refreshing\`.`;
    case "http":
      return (
        `What follows ${code(name)} in the header \`Authorization\`, as it is. A scheme that answers a challenge, as Digest ` +
        "(RFC 7616) does, needs a `fetch` of one's own."
      );
    case "apiKey":
      return place === "cookie"
        ? `Sent as the cookie ${code(name)}. Browsers let no program send cookies: leave it out there, and the browser sends its own.`
        : undefined;
    default:
      return undefined;
  }
}

// The reader takes any value here.
function code(text: unknown): string {
  return `\`${String(text).replaceAll("`", "")}\``;
}

function schemeTable(schemes: readonly SecurityScheme[]): string[] {
  if (schemes.length === 0) return [];
  const table = literal(Object.fromEntries(schemes.map((scheme) => [scheme.key, securityDescriptor(scheme)])), {
    expand: true,
    column: "const securitySchemes = ".length,
    after: " as const;".length,
  });
  return [`const securitySchemes = ${table} as const;\n`];
}
