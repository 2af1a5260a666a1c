import type { TellDescriptor } from "../operation.js";
import { percentDecode } from "../wire/percent.js";
import { headOf } from "./answer.js";
import { type Router, routerOf } from "./dispatch.js";
import type { Incoming } from "./incoming.js";
import type { FailureParts } from "./refusals.js";
import { createResponder, type BaseRouterOptions, type Route, type RouterParts } from "./respond.js";
import { createTrie, type Match, type Trie } from "./trie.js";

export type { BaseRouterOptions, Router, RouterParts };

/**
 * Makes the router of some operations. Throws an Error when a handler is missing, or the handler of a security scheme that an
 * operation needs.
 */
export function createOperationRouter(parts: RouterParts): Router {
  const { options = {} } = parts;
  const responder = createResponder(parts);
  const trie = createTrie<Route>();
  // Node sorts the exports of a module by name, bundlers may not: of two operations that nothing tells apart the first has to be the same.
  const named = Object.entries(parts.operations).sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [name, operation] of named) {
    const route = operation.route ?? { path: operation.path };
    const tells = (operation.tells ?? []).map((tell) => JSON.stringify(tell));
    trie.add(route.path, operation.method, responder.route(name), { query: route.query, tells });
  }
  return routerOf(async (incoming, { unmatched, errors } = {}) => {
    let operation: Route["operation"] | undefined;
    try {
      const matches = findMatches(trie, incoming, options);
      if (matches.length === 0)
        return unmatched === "pass" ? undefined : await responder.fail(noMatch(incoming), incoming);
      const { method } = incoming;
      const chosen =
        choose(matches, method, incoming) ??
        (method === "HEAD" ? choose(matches, "GET", incoming) : undefined);
      if (chosen !== undefined) {
        operation = chosen.route.operation;
        const answer = await responder.respond(incoming, chosen.route, chosen.texts);
        return method === "HEAD" ? await headOf(answer) : answer;
      }
      const allow = allowedMethods(matches);
      if (method === "OPTIONS") return { status: 204, fields: ["Allow", allow], body: null };
      const detail = `This path takes ${allow}.`;
      return await responder.fail({ status: 405, detail, headers: { Allow: allow } }, incoming);
    } catch (error) {
      return responder.crash(error, incoming, operation, errors);
    }
  });
}

interface Choice {
  readonly route: Route;
  readonly texts: Match<Route>["texts"];
}

/** The first operation of a method whose tells the request has; when there is none, the first, which will say what is missing. */
function choose(matches: readonly Match<Route>[], method: string, incoming: Incoming): Choice | undefined {
  let first: Choice | undefined;
  for (const { values, texts } of matches) {
    const route = values.get(method);
    if (route === undefined) continue;
    if (hasTells(incoming, route.operation.tells)) return { route, texts };
    first ??= { route, texts };
  }
  return first;
}

function hasTells(incoming: Incoming, tells: readonly TellDescriptor[] = []): boolean {
  return tells.every(({ in: place, name, value }) =>
    place === "header"
      ? incoming.header(name) === value
      : new URLSearchParams(incoming.search).getAll(name).includes(value),
  );
}

function pathBelow(pathname: string, basePath: string = ""): string | undefined {
  const base = basePath.replace(/\/+$/, "");
  if (base === "") return pathname;
  return pathname === base || pathname.startsWith(`${base}/`)
    ? pathname.slice(base.length) || "/"
    : undefined;
}

// What cannot be decoded is malformed rather than unknown.
function noMatch({ pathname }: Incoming): FailureParts {
  return percentDecode(pathname) === undefined
    ? { status: 400, detail: "The path must be percent-encoded UTF-8." }
    : { status: 404, detail: "No operation has this path." };
}

// A slash at the end may be too much or too little, as long as no operation claims the path as it stands.
function findMatches(
  trie: Trie<Route>,
  { pathname, search }: Incoming,
  { basePath, trailingSlash }: BaseRouterOptions,
): Match<Route>[] {
  const path = pathBelow(pathname, basePath);
  if (path === undefined) return [];
  const exact = trie.find(path, search);
  if (exact.length > 0 || path === "/" || trailingSlash === "strict") return exact;
  return trie.find(path.endsWith("/") ? path.slice(0, -1) : `${path}/`, search);
}

function allowedMethods(matches: readonly Match<Route>[]): string {
  const methods = new Set(matches.flatMap(({ values }) => [...values.keys()]));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods.add("OPTIONS")].sort().join(", ");
}
