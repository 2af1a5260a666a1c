import type { OperationDescriptor, ServerDescriptor } from "../operation.js";
import { incomingOf } from "../server/incoming.js";
import { addRoute, chooseRoute, findMatches, type Routed } from "../server/find-route.js";
import { createTrie, type Trie } from "../server/trie.js";
import { type Base, baseOf } from "./bases.js";

/** Which operation a request is for, and its path below the server of the API. */
export interface Found {
  readonly operation: OperationDescriptor;
  readonly path: string;
}

/** Finds it among all operations; `undefined` when the request is for none. A request is looked up once, however often it is asked for. */
export type Find = (request: Request) => Found | undefined;

/** Operations below the servers that they have: those of their own, else those given; or all of them below the bases given. */
export function createFinder(
  operations: { readonly [name: string]: OperationDescriptor },
  servers: readonly string[],
  baseUrl?: readonly string[],
): Find {
  const places = new Map<string, { readonly base: Base; readonly trie: Trie<Routed> }>();
  // As the router does it: of operations that nothing tells apart the first by name takes the request.
  const named = Object.entries(operations).sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [, operation] of named) {
    for (const url of baseUrl ?? serversOf(operation) ?? servers) {
      const place = places.get(url) ?? { base: baseOf(url), trie: createTrie<Routed>() };
      places.set(url, place);
      addRoute(place.trie, { operation });
    }
  }
  const known = new WeakMap<Request, Found | "none">();
  return (request) => {
    const found = known.get(request) ?? find(places.values(), request) ?? "none";
    known.set(request, found);
    return found === "none" ? undefined : found;
  };
}

function serversOf({ servers }: OperationDescriptor): readonly string[] | undefined {
  return servers === undefined ? undefined : Object.values(servers).map(urlOf);
}

function urlOf(server: ServerDescriptor): string {
  return typeof server === "string" ? server : server.url;
}

function find(
  places: Iterable<{ readonly base: Base; readonly trie: Trie<Routed> }>,
  request: Request,
): Found | undefined {
  const url = request.url.replace(/[?#].*$/s, "");
  const incoming = incomingOf(request);
  for (const { base, trie } of places) {
    for (const path of base.below(url)) {
      const chosen = chooseRoute(findMatches(trie, path, incoming.search), incoming);
      if (chosen !== undefined) return { operation: chosen.route.operation, path };
    }
  }
  return undefined;
}
