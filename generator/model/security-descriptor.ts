import type { ApiModel, SecurityScheme } from "./api-model.ts";

/** What both sides know of a security scheme at run time: `SecuritySchemeDescriptor` of the runtime, as plain data. */
export function securityDescriptor(scheme: SecurityScheme): { readonly kind: string; readonly [member: string]: string } {
  switch (scheme.kind) {
    case "apiKey":
      return { kind: "apiKey", in: scheme.in ?? "header", name: scheme.name ?? scheme.key };
    case "http":
      return { kind: "http", name: scheme.name ?? scheme.key };
    case "basic":
      return { kind: "basic" };
    case "mutualTLS":
      return { kind: "none" };
    case "bearer":
    case "oauth2":
    case "openIdConnect":
      return { kind: "bearer" };
  }
}

/** Whether tokens of OAuth 2 can be credentials of some scheme. */
export function takesTokens({ securitySchemes }: Pick<ApiModel, "securitySchemes">): boolean {
  return securitySchemes.some(({ kind }) => kind === "bearer" || kind === "oauth2" || kind === "openIdConnect");
}
