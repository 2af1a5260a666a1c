import type { TellDescriptor } from "../operation.js";
import { percentDecode } from "../wire/percent.js";
import type { FailureParts } from "./refusals.js";
import { createResponder, type BaseRouterOptions, type Route, type RouterParts } from "./respond.js";
import { createTrie, type Match, type Trie } from "./trie.js";

export type { BaseRouterOptions, RouterParts };

/** A server by the Fetch standard. It never rejects. */
export type Router = (request: Request) => Promise<Response>;

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
  return async (request) => {
    let operation: Route["operation"] | undefined;
    try {
      const url = new URL(request.url);
      const matches = findMatches(trie, url, options);
      if (matches.length === 0) return await responder.fail(noMatch(url), request);
      for (const method of request.method === "HEAD" ? ["HEAD", "GET"] : [request.method]) {
        const chosen = choose(matches, method, request);
        if (chosen === undefined) continue;
        operation = chosen.route.operation;
        const response = await responder.respond(request, chosen.route, chosen.texts);
        return request.method === "HEAD" ? await headOf(response) : response;
      }
      const allow = allowedMethods(matches);
      if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: { Allow: allow } });
      const detail = `This path takes ${allow}.`;
      return await responder.fail({ status: 405, detail, headers: { Allow: allow } }, request);
    } catch (error) {
      return responder.crash(error, request, operation);
    }
  };
}

interface Choice {
  readonly route: Route;
  readonly texts: Match<Route>["texts"];
}

/** The first operation of a method whose tells the request has; when there is none, the first, which will say what is missing. */
function choose(matches: readonly Match<Route>[], method: string, request: Request): Choice | undefined {
  const choices = matches.flatMap(({ values, texts }): Choice[] => {
    const route = values.get(method);
    return route === undefined ? [] : [{ route, texts }];
  });
  return choices.find(({ route }) => hasTells(request, route.operation.tells ?? [])) ?? choices[0];
}

function hasTells(request: Request, tells: readonly TellDescriptor[]): boolean {
  return tells.every(({ in: place, name, value }) =>
    place === "header"
      ? request.headers.get(name) === value
      : new URL(request.url).searchParams.getAll(name).includes(value),
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
function noMatch({ pathname }: URL): FailureParts {
  return percentDecode(pathname) === undefined
    ? { status: 400, detail: "The path must be percent-encoded UTF-8." }
    : { status: 404, detail: "No operation has this path." };
}

// A slash at the end may be too much or too little, as long as no operation claims the path as it stands.
function findMatches(
  trie: Trie<Route>,
  { pathname, search }: URL,
  { basePath, trailingSlash }: BaseRouterOptions,
): Match<Route>[] {
  const path = pathBelow(pathname, basePath);
  if (path === undefined) return [];
  const exact = trie.find(path, search);
  if (exact.length > 0 || path === "/" || trailingSlash === "strict") return exact;
  return trie.find(path.endsWith("/") ? path.slice(0, -1) : `${path}/`, search);
}

// RFC 9110, §9.3.2: the head of what GET would send.
async function headOf(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, response);
}

function allowedMethods(matches: readonly Match<Route>[]): string {
  const methods = new Set(matches.flatMap(({ values }) => [...values.keys()]));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods.add("OPTIONS")].sort().join(", ");
}
