/** Which operations no request can be made for, whatever the values: their paths or their security cannot be told on the wire. */
import type { ApiModel, Operation, SecurityRequirement, SecurityScheme } from "./api-model.ts";
import { routeOf } from "./route.ts";

/** Why no request can be proven to arrive as it was sent, and the part of it that is to blame. */
export interface Impossible {
  readonly in: "path" | "header";
  readonly name: string;
  readonly reason: string;
}

/** What makes every request of an operation impossible; nothing as a rule. */
export function impossibleRequest(
  { securitySchemes }: Pick<ApiModel, "securitySchemes">,
  { path, security }: Pick<Operation, "path" | "security">,
): Impossible | undefined {
  const [pair] = adjacentPlaceholders(path);
  if (pair !== undefined)
    return {
      in: "path",
      name: pair[1],
      reason: `nothing stands between it and "${pair[0]}", so that no server can tell where it begins`,
    };
  const clashes = security.map((requirement) => clashingSchemes(requirement, securitySchemes));
  const [clash] = clashes;
  if (clash === undefined || clashes.includes(undefined)) return undefined;
  return {
    in: "header",
    name: "Authorization",
    reason: `"${clash[0]}" and "${clash[1]}" are asked for together, and it has room for one`,
  };
}

/** The placeholders of a path with nothing between them, in pairs: `/a/{id}{.format}` has `id` and `.format`. */
export function adjacentPlaceholders(path: string): readonly (readonly [string, string])[] {
  return [...routeOf(path).path.matchAll(/\{([^{}]+)\}(?=\{([^{}]+)\})/g)].map(([, one = "", next = ""]) => [one, next] as const);
}

/**
 * Two schemes of a requirement that both need the header `Authorization`, and in different ways: its value is the name of one scheme
 * with its credentials (RFC 9110, §11.6.2). Two that send bearer tokens may be content with one.
 */
export function clashingSchemes(
  requirement: SecurityRequirement,
  schemes: readonly Pick<SecurityScheme, "key" | "kind" | "in" | "name">[],
): readonly [string, string] | undefined {
  const ways = new Map<string, string>();
  for (const { scheme: key } of requirement) {
    const way = authorizationOf(schemes.find((scheme) => scheme.key === key));
    if (way !== undefined && !ways.has(way)) ways.set(way, key);
  }
  const [first, second] = [...ways.values()];
  return first === undefined || second === undefined ? undefined : [first, second];
}

/** How a scheme begins the header `Authorization`; nothing for one that does not use it. */
function authorizationOf(scheme: Pick<SecurityScheme, "key" | "kind" | "in" | "name"> | undefined): string | undefined {
  switch (scheme?.kind) {
    case undefined:
    case "mutualTLS":
      return undefined;
    case "apiKey":
      return scheme.in === "header" && scheme.name?.toLowerCase() === "authorization" ? "" : undefined;
    case "http":
      return scheme.name ?? scheme.key;
    case "basic":
      return "basic";
    default:
      return "bearer";
  }
}
