import { child } from "../../diagnostics/location.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { rule } from "../rule.ts";

/** A scope that none of the flows of its OAuth scheme offers (OpenAPI 3.1, §4.8.30.1). */
export const scopeUndefined = rule("scope-undefined", ({ document, survey }, report) => {
  const schemes = document.root.components?.securitySchemes ?? {};
  const requirements = [document.root.security, ...survey.operations.map(({ operation }) => operation.security)];
  for (const requirement of requirements.flatMap((list) => list ?? [])) {
    for (const [key, scopes] of Object.entries(requirement)) {
      const scheme = Object.hasOwn(schemes, key) ? schemes[key] : undefined;
      if (scheme?.type !== "oauth2") continue;
      const offered = Object.values(scheme.flows ?? {}).flatMap((flow) => Object.keys(flow.scopes ?? {}));
      for (const [index, scope] of scopes.entries()) {
        if (!offered.includes(scope))
          report(child(document.locate(requirement), key, index), { scope, scheme: key, suggestion: suggest(scope, offered) });
      }
    }
  }
});
