import { discard } from "./attempts.js";
import { declaresRedirect } from "./declared.js";
import { RedirectError } from "./errors.js";
import { browserFollows, mostRedirects, nextHop, type QueryKeys } from "./hop.js";
import type { SentRequest } from "./request.js";
import type { Fetcher, Follower } from "./wire.js";

/**
 * Asks, and follows redirects as `fetch` does (RFC 9110, §15.4), but tells another origin nothing that is meant for the first: no header
 * but those that are harmless, and no key of the query. An `init` that says what is to be done with redirects is handed on as it
 * is. Browsers do not show where a redirect leads to: there `fetch` follows by itself where `Authorization`, which it takes away across
 * origins, is all that is to be kept. Throws a RedirectError where there is no safe way on.
 */
export const followRedirects: Follower = async ({ name, sent }, { url, init, authentication }, fetch) => {
  try {
    return await follow(name, fetch, { url, init }, authentication?.query ?? []);
  } catch (error) {
    throw error instanceof RedirectError ? Object.assign(error, sent()) : error;
  }
};

/** Takes a redirect for the answer that it is. */
export const takeRedirects: Follower = (_call, { url, init }, fetch) =>
  fetch({ url, init: { ...init, redirect: "manual" } });

/** Follows redirects, but for those that the document declares. */
export const followUndeclared: Follower = (call, request, fetch) =>
  (declaresRedirect(call.operation) ? takeRedirects : followRedirects)(call, request, fetch);

async function follow(
  name: string,
  fetch: Fetcher,
  { url, init }: SentRequest,
  keys: QueryKeys,
): Promise<Response> {
  if (init.redirect !== undefined || browserFollows(init.headers, keys)) return fetch({ url, init });
  let [at, request]: [string, SentRequest["init"]] = [url, { ...init, redirect: "manual" }];
  for (let count = 0; ; count += 1) {
    const response = await fetch({ url: at, init: request });
    const from = { url: at, method: request.method ?? "GET", headers: request.headers };
    const next = nextHop(name, from, response, keys);
    if (next === undefined) return response;
    discard(response);
    if (count === mostRedirects)
      throw new RedirectError(`${name} is redirected more than ${mostRedirects} times.`);
    const { url: to, keepsBody, ...head } = next;
    const { body, ...bare } = request;
    if (keepsBody && body instanceof ReadableStream)
      throw new RedirectError(`${name} is redirected, and its body is a stream, which cannot be sent twice.`);
    [at, request] = [to, { ...(keepsBody ? request : bare), ...head }];
  }
}
