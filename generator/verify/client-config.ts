/** What the generated client is told when the law makes it. */
import type { ApiModel, SecurityScheme } from "../model/api-model.ts";

/** A credential for each scheme. */
export function credentialsOf(model: ApiModel): object {
  return Object.fromEntries(model.securitySchemes.map((scheme) => [scheme.key, credential(scheme)]));
}

function credential(scheme: SecurityScheme): string | { readonly username: string; readonly password: string } {
  return scheme.kind === "basic" ? { username: "ada", password: "open sesame" } : "token";
}
