import { child } from "../diagnostics/location.ts";
import type { SecurityRequirementObject, SecuritySchemeObject } from "../openapi/shapes.ts";
import type { SecurityRequirement, SecurityScheme } from "./api-model.ts";
import { type Building, defined } from "./building.ts";

/** The security schemes, and one made up for each that a requirement names and nobody declares. */
export function buildSecuritySchemes(building: Building, undeclared: ReadonlySet<string>): SecurityScheme[] {
  const { root } = building.document;
  const written = Object.entries(root.components?.securitySchemes ?? {}).map(([key, scheme]) =>
    buildScheme(building, key, scheme),
  );
  const at = building.locate(root);
  return [...written, ...[...undeclared].map((key): SecurityScheme => ({ key, kind: "http", name: key, at }))];
}

/**
 * The requirements of an operation. A scheme that is not declared stays, and is reported: without it
 * the operation would be open to all.
 */
export function buildSecurity(
  building: Building,
  requirements: readonly SecurityRequirementObject[] | undefined,
  undeclared: Set<string>,
): SecurityRequirement[] {
  const declared = building.document.root.components?.securitySchemes ?? {};
  return (requirements ?? []).map((requirement) =>
    Object.entries(requirement).map(([scheme, scopes]) => {
      if (!Object.hasOwn(declared, scheme)) {
        undeclared.add(scheme);
        building.diagnostics.report(
          "security-scheme-unknown",
          child(building.locate(requirement), scheme),
          { scheme, known: Object.keys(declared) },
          { atKey: true },
        );
      }
      return { scheme, scopes };
    }),
  );
}

function buildScheme(building: Building, key: string, scheme: SecuritySchemeObject): SecurityScheme {
  const { description } = scheme;
  const variable: unknown = Object.entries(scheme).find(([member]) => member === "x-triad-env")?.[1];
  const environmentVariable = typeof variable === "string" && variable !== "" ? variable : undefined;
  const common = { key, ...defined({ description, environmentVariable }), at: building.locate(scheme) };
  switch (scheme.type) {
    case "apiKey":
      return { ...common, kind: "apiKey", in: scheme.in ?? "header", name: scheme.name ?? key };
    case "http": {
      const name = (scheme.scheme ?? "bearer").toLowerCase();
      return name === "bearer" || name === "basic" ? { ...common, kind: name } : { ...common, kind: "http", name };
    }
    case "oauth2":
    case "openIdConnect":
    case "mutualTLS":
      return { ...common, kind: scheme.type };
  }
}
