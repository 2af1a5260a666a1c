import type { ApiModel, SecurityScheme } from "../../model/api-model.ts";
import { wireMethod } from "../../model/route.ts";
import { securityDescriptor, takesTokens } from "../../model/security-descriptor.ts";
import { header } from "../text/header.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { literal, propertyKey } from "../text/literal.ts";

/** The text of `paths-auth.ts`: the middleware that adds credentials by the `security` of each operation. */
export function pathsAuthFile(model: ApiModel): string {
  const given = model.securitySchemes.filter(({ kind }) => kind !== "mutualTLS");
  const schemes = Object.fromEntries(model.securitySchemes.map((scheme) => [scheme.key, securityDescriptor(scheme)]));
  const alternatives = model.operations
    .filter(({ security }) => security.length > 0)
    .map((operation) => [
      `${wireMethod(operation.method)} ${operation.path}`,
      operation.security.map((alternative) => Object.fromEntries(alternative.map(({ scheme }) => [scheme, []]))),
    ]);
  const types = [...new Set(given.map(typeOf))].sort();
  return `${header}
${types.length === 0 ? "" : `import type { ${types.join(", ")} } from "./runtime/client/auth.js";\n`}import { credentialsMiddleware, type SecurityTable } from "./runtime/path-style/credentials.js";
import type { Middleware } from "./runtime/path-style/options.js";

const securitySchemes = ${literal(schemes, { expand: true, column: "const securitySchemes = ".length, after: " as const;".length })} as const;

const security: SecurityTable = ${literal(Object.fromEntries(alternatives), { expand: true, column: "const security: SecurityTable = ".length, after: 1 })};

${jsdoc(["Credentials by security scheme; a function is asked before each request."])}export interface Credentials {
${given.map((scheme) => `${jsdoc([scheme.description], 2)}  readonly ${propertyKey(scheme.key)}?: ${typeOf(scheme)} | undefined;\n`).join("\n")}}

${jsdoc([
  "A middleware that adds the credentials that each operation asks for, and lets none of them cross a redirect to another origin. It is the last to `use`: " +
    "`client.use(withCredentials({ … }))`.",
])}export function withCredentials(auth: Credentials): Middleware {
  return credentialsMiddleware({ auth: { ...auth }, securitySchemes }, security);
}
`;
}

/** The modules of `generator/runtime/` that it stands on. */
export function pathsAuthModules(model: ApiModel): readonly string[] {
  return takesTokens(model) ? [...modules, "client/oauth2.ts", "client/wait.ts"] : modules;
}

const modules: readonly string[] = [
  "client/auth.ts",
  "client/errors.ts",
  "client/redact.ts",
  "client/hop.ts",
  "client/server-url.ts",
  "operation.ts",
  "path-style/credentials.ts",
  "standard-schema.ts",
  "validation/validator.ts",
  "wire/errors.ts",
];

function typeOf({ kind }: SecurityScheme): string {
  return kind === "basic" ? "BasicLogin" : "Token";
}
