import type { ApiModel, Operation } from "../model/api-model.ts";
import { routeOf, wireMethod } from "../model/route.ts";
import { dispatchOf, type Router, routerOf } from "../runtime/server/dispatch.ts";
import type { Incoming } from "../runtime/server/incoming.ts";
import { createTrie } from "../runtime/server/trie.ts";
import { prefixesOf } from "./prefixes.ts";
import { refusalField } from "./refusals.ts";

/** One request and its answer, for a log. */
export interface Access {
  readonly method: string;
  /** The path with its query, as it was asked for. */
  readonly target: string;
  readonly status: number;
  readonly milliseconds: number;
  /** The operation that it led to; absent where there is none. */
  readonly operation?: string;
  /** Why the request was refused. */
  readonly refusal?: string;
}

/** A router that tells of each request when it has been answered; what the page at `/` is made of is left out. */
export function watched(router: Router, model: ApiModel, now: () => number, tell: (access: Access) => void): Router {
  const dispatch = dispatchOf(router);
  const find = finderOf(model);
  return routerOf(async (incoming, how) => {
    const started = now();
    const answer = await dispatch(incoming, how);
    const { method, pathname, search } = incoming;
    if (answer === undefined || pathname.startsWith("/__mock/")) return answer;
    const operation = find(incoming)?.name;
    const rest = { status: answer.status, milliseconds: now() - started };
    const at = answer.fields.indexOf(refusalField);
    const refusal = at === -1 ? undefined : answer.fields[at + 1];
    tell({
      ...{ method, target: `${pathname}${search}`, ...rest },
      ...(operation === undefined ? {} : { operation }),
      ...(refusal === undefined ? {} : { refusal }),
    });
    return answer;
  });
}

function finderOf(model: ApiModel): (incoming: Incoming) => Operation | undefined {
  const trie = createTrie<Operation>();
  for (const operation of model.operations) {
    const { path, query } = routeOf(operation.path);
    trie.add(path, wireMethod(operation.method), operation, {
      query,
      tells: (operation.tells ?? []).map((tell) => JSON.stringify(tell)),
    });
  }
  const prefixes = prefixesOf(model);
  return ({ method, pathname, search }) => {
    const prefix = prefixes.find((one) => pathname.startsWith(`${one}/`));
    const paths = prefix === undefined ? [pathname] : [pathname, pathname.slice(prefix.length)];
    const matches = paths
      .flatMap((path) => [path, path.endsWith("/") ? path.slice(0, -1) : `${path}/`])
      .map((path) => trie.find(path, search))
      .find((found) => found.length > 0);
    for (const wanted of method === "HEAD" ? ["HEAD", "GET"] : [method])
      for (const { values } of matches ?? []) {
        const operation = values.get(wanted);
        if (operation !== undefined) return operation;
      }
    return undefined;
  };
}
