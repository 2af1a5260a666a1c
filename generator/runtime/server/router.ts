import { percentDecode } from "../wire/percent.js";
import { type Answer, headOf } from "./answer.js";
import { type Router, routerOf } from "./dispatch.js";
import { addRoute, chooseRoute, findMatches } from "./find-route.js";
import type { Incoming } from "./incoming.js";
import type { FailureParts } from "./refusals.js";
import { createResponder, type BaseRouterOptions, type Route, type RouterParts } from "./respond.js";
import { soon } from "./soon.js";
import { createTrie, type Match } from "./trie.js";

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
  for (const [name] of named) addRoute(trie, responder.route(name));
  return routerOf((incoming, { unmatched, errors } = {}) => {
    let operation: Route["operation"] | undefined;
    const crash = (error: unknown): Promise<Answer> => responder.crash(error, incoming, operation, errors);
    try {
      const path = pathBelow(incoming.pathname, options.basePath);
      const matches =
        path === undefined ? [] : findMatches(trie, path, incoming.search, options.trailingSlash);
      if (matches.length === 0)
        return unmatched === "pass" ? undefined : responder.fail(noMatch(incoming), incoming).catch(crash);
      const { method } = incoming;
      const chosen = chooseRoute(matches, incoming);
      if (chosen !== undefined) {
        operation = chosen.route.operation;
        const answer = responder.respond(incoming, chosen.route, chosen.texts);
        const sent = method === "HEAD" ? soon(answer, headOf) : answer;
        return sent instanceof Promise ? sent.catch(crash) : sent;
      }
      const allow = allowedMethods(matches);
      if (method === "OPTIONS") return { status: 204, fields: ["Allow", allow], body: null };
      const detail = `This path takes ${allow}.`;
      return responder.fail({ status: 405, detail, headers: { Allow: allow } }, incoming).catch(crash);
    } catch (error) {
      return crash(error);
    }
  });
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

function allowedMethods(matches: readonly Match<Route>[]): string {
  const methods = new Set(matches.flatMap(({ values }) => [...values.keys()]));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods.add("OPTIONS")].sort().join(", ");
}
