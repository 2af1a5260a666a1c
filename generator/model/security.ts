import { child } from "../diagnostics/location.ts";
import type { SecurityRequirementObject, SecuritySchemeObject } from "../openapi/shapes.ts";
import type { Parameter, SecurityRequirement, SecurityScheme } from "./api-model.ts";
import { type Building, defined } from "./building.ts";
import { clashingSchemes } from "./impossible.ts";

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
 * the operation would be open to all. One that no request can meet is left out beside others, which a client would never come to.
 */
export function buildSecurity(
  building: Building,
  requirements: readonly SecurityRequirementObject[] | undefined,
  undeclared: Set<string>,
): SecurityRequirement[] {
  const declared = building.document.root.components?.securitySchemes ?? {};
  const known = Object.entries(declared).map(([key, scheme]) => ({ key, ...wayOf(key, scheme) }));
  const built = (requirements ?? []).map((requirement) => {
    const schemes = Object.keys(requirement).map((scheme) => ({ scheme, scopes: [] }));
    reportSharedPlace(building, requirement, { declared, impossible: clashingSchemes(schemes, known) !== undefined });
    return Object.entries(requirement).map(([scheme, scopes]) => {
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
    });
  });
  const possible = built.filter((requirement) => clashingSchemes(requirement, known) === undefined);
  return possible.length === 0 ? built : possible;
}

/** Says where two credentials are asked for together and a request has room for one: a header has one value, and so has a parameter. */
function reportSharedPlace(
  { diagnostics, locate }: Building,
  requirement: SecurityRequirementObject,
  { declared, impossible }: { readonly declared: Readonly<Record<string, SecuritySchemeObject>>; readonly impossible: boolean },
): void {
  const taken = new Map<string, string>();
  for (const scheme of Object.keys(requirement)) {
    const place = Object.hasOwn(declared, scheme) ? placeOf(declared[scheme]) : undefined;
    if (place === undefined) continue;
    const key = keyOf(place);
    const other = taken.get(key);
    if (other !== undefined)
      diagnostics.report(
        "security-place-shared",
        child(locate(requirement), scheme),
        { scheme, other, place, impossible },
        { atKey: true },
      );
    taken.set(key, scheme);
  }
}

/**
 * The parameters of an operation, with the scheme that sends a credential where one of them stands. Such a parameter is the credential
 * once more: it is sent once, and a request without it has it nevertheless. Where nobody is let in without the credential, who calls need
 * not give the parameter too, although the document requires it: the server asks for it before it looks at parameters.
 */
export function markCredentials(
  { diagnostics, document }: Building,
  parameters: readonly Parameter[],
  security: readonly SecurityRequirement[],
): readonly Parameter[] {
  const declared = document.root.components?.securitySchemes ?? {};
  const schemes = new Map<string, string>();
  for (const { scheme } of security.flat()) {
    const place = Object.hasOwn(declared, scheme) ? placeOf(declared[scheme]) : undefined;
    if (place !== undefined && !schemes.has(keyOf(place))) schemes.set(keyOf(place), scheme);
  }
  if (schemes.size === 0) return parameters;
  const isAskedFor = (place: string): boolean =>
    security.every((alternative) =>
      alternative.some(({ scheme }) => {
        const own = Object.hasOwn(declared, scheme) ? placeOf(declared[scheme]) : undefined;
        return own !== undefined && keyOf(own) === keyOf(place);
      }),
    );
  return parameters.map((parameter) => {
    const place = `${parameter.in} ${parameter.name}`;
    const credential = schemes.get(keyOf(place));
    if (credential === undefined) return parameter;
    diagnostics.report("parameter-place-shared", parameter.at, { name: parameter.name, place, scheme: credential });
    return { ...parameter, credential, required: parameter.required && !isAskedFor(place) };
  });
}

/** Of the places of credentials, the names of headers alone have no case. */
function keyOf(place: string): string {
  return place.startsWith("header ") ? place.toLowerCase() : place;
}

/** Where a credential travels. */
function placeOf(scheme: SecuritySchemeObject | undefined): string | undefined {
  if (scheme?.type === "mutualTLS") return undefined;
  return scheme?.type === "apiKey" ? `${scheme.in ?? "header"} ${scheme.name ?? ""}` : "header Authorization";
}

function buildScheme(building: Building, key: string, scheme: SecuritySchemeObject): SecurityScheme {
  const { description } = scheme;
  const variable: unknown = Object.entries(scheme).find(([member]) => member === "x-triad-env")?.[1];
  const environmentVariable = typeof variable === "string" && variable !== "" ? variable : undefined;
  const common = { key, ...defined({ description, environmentVariable }), written: scheme, at: building.locate(scheme) };
  // The reader takes any text here, so the shape does not say all that can be.
  const type: string = scheme.type;
  if (type === "apiKey") reportPlace(building, key, scheme);
  if (!schemeTypes.has(type))
    building.diagnostics.report("security-scheme-type-unknown", child(common.at, "type"), { type, name: key });
  return { ...common, ...wayOf(key, scheme) };
}

const schemeTypes: ReadonlySet<string> = new Set(["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"]);

/** How the credentials of a scheme travel. */
function wayOf(key: string, scheme: SecuritySchemeObject): Pick<SecurityScheme, "kind" | "in" | "name"> {
  const type: string = scheme.type;
  switch (type) {
    case "apiKey":
      return { kind: "apiKey", in: keyPlaces.find((place) => place === scheme.in) ?? "header", name: scheme.name ?? key };
    case "http":
      return httpScheme(scheme.scheme ?? "bearer");
    case "oauth2":
    case "openIdConnect":
    case "mutualTLS":
      return { kind: type };
    default:
      return httpScheme(scheme.scheme ?? (/^(basic|bearer)$/i.test(type) ? type : key));
  }
}

function httpScheme(written: string): Pick<SecurityScheme, "kind" | "name"> {
  const name = written.toLowerCase();
  return name === "bearer" || name === "basic" ? { kind: name } : { kind: "http", name };
}

const keyPlaces = ["query", "header", "cookie"] as const;

function reportPlace(building: Building, name: string, scheme: SecuritySchemeObject): void {
  const place: string = scheme.in ?? "header";
  if (!keyPlaces.some((known) => known === place))
    building.diagnostics.report("security-scheme-place-unknown", child(building.locate(scheme), "in"), { place, name });
}
