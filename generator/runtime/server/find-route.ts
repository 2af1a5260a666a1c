import type { OperationDescriptor, TellDescriptor } from "../operation.js";
import type { Incoming } from "./incoming.js";
import type { Match, Trie } from "./trie.js";

/** What a path leads to that is one operation's. */
export interface Routed {
  readonly operation: OperationDescriptor;
}

/** What is chosen of what a path leads to, and the texts of its parameters, still percent-encoded. */
export interface Choice<Route> {
  readonly route: Route;
  readonly texts: Match<Route>["texts"];
}

/** Adds what one operation leads to. Of operations that nothing tells apart the first stays. */
export function addRoute<Route extends Routed>(trie: Trie<Route>, route: Route): void {
  const { operation } = route;
  const { path, query } = operation.route ?? { path: operation.path, query: undefined };
  const tells = operation.tells?.map((tell) => JSON.stringify(tell));
  trie.add(path, operation.method, route, { query, tells });
}

/**
 * Everything that a path leads to, the most specific first. A slash at the end may be too much or too little, unless the path is taken
 * to the letter, as long as no operation claims it as it stands.
 */
export function findMatches<Route>(
  trie: Trie<Route>,
  path: string,
  search: string,
  trailingSlash: "ignore" | "strict" = "ignore",
): Match<Route>[] {
  const exact = trie.find(path, search);
  if (exact.length > 0 || path === "/" || trailingSlash === "strict") return exact;
  return trie.find(path.endsWith("/") ? path.slice(0, -1) : `${path}/`, search);
}

/** The operation that a request is for: of its method, or of GET for HEAD (RFC 9110, §9.3.2); `undefined` when there is none. */
export function chooseRoute<Route extends Routed>(
  matches: readonly Match<Route>[],
  incoming: Asked,
): Choice<Route> | undefined {
  const { method } = incoming;
  return (
    choose(matches, method, incoming) ?? (method === "HEAD" ? choose(matches, "GET", incoming) : undefined)
  );
}

/** What of a request says which operation it is for. */
type Asked = Pick<Incoming, "method" | "search" | "header">;

/** The first operation of a method whose tells the request has; when there is none, the first, which will say what is missing. */
function choose<Route extends Routed>(
  matches: readonly Match<Route>[],
  method: string,
  incoming: Asked,
): Choice<Route> | undefined {
  let first: Choice<Route> | undefined;
  for (const { values, texts } of matches) {
    const route = values.get(method);
    if (route === undefined) continue;
    if (hasTells(incoming, route.operation.tells)) return { route, texts };
    first ??= { route, texts };
  }
  return first;
}

function hasTells(incoming: Asked, tells: readonly TellDescriptor[] = []): boolean {
  return tells.every(({ in: place, name, value }) =>
    place === "header"
      ? incoming.header(name) === value
      : new URLSearchParams(incoming.search).getAll(name).includes(value),
  );
}
