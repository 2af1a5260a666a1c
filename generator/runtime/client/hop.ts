import { RedirectError } from "./errors.js";
import { pageUrl } from "./server-url.js";

/** A request as redirects see it. */
export interface Hop {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
}

/** Keys in the query of a request. */
export type QueryKeys = readonly (readonly [name: string, value: string])[];

/** As often as the Fetch standard follows (§4.4, HTTP-redirect fetch). */
export const mostRedirects = 20;

/** What says nothing of who asks, and may go to another origin. All else stays behind: a key may have any name. */
const harmless = /^(accept(-.+)?|content-(type|language|encoding)|idempotency-key|if-.+|range|user-agent)$/;

/** Whether this is a browser, and what would go to another origin by its `fetch` says nothing of who asks. */
export function browserFollows(headers: Headers, keys: QueryKeys): boolean {
  const kept = [...headers.keys()].filter((header) => header !== "authorization" && !harmless.test(header));
  return pageUrl() !== undefined && kept.length + keys.length === 0;
}

/** Where an answer redirects to, and what is asked there; `undefined`: it is no redirect. Throws a RedirectError. */
export function nextHop(
  name: string,
  from: Hop,
  response: Response,
  keys: QueryKeys,
): (Hop & { readonly keepsBody: boolean }) | undefined {
  const { status, type } = response;
  const refuse = (why: string): never => {
    throw new RedirectError(`${name} is redirected ${why}`);
  };
  if (type === "opaqueredirect")
    refuse(
      "to where the browser does not show. It is not followed, since keys that are not in the header Authorization would be sent along to whatever host; " +
        'a fetch of one\'s own may follow: (url, init) => fetch(url, { ...init, redirect: "follow" }).',
    );
  const location = response.headers.get("Location");
  if (location === null || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  const home = new URL(from.url);
  const to = URL.canParse(location, from.url) ? new URL(location, from.url) : undefined;
  if (to === undefined || !/^https?:$/.test(to.protocol) || to.username !== "" || to.password !== "")
    return refuse("to what is no address of http or https, or has a user in it.");
  if (home.protocol === "https:" && to.protocol === "http:")
    refuse(`from https to ${to.origin}, where others can read and change it; it is not followed.`);
  const leaves = to.origin !== home.origin;
  const becomesGet =
    status === 303 ? !/^(GET|HEAD)$/.test(from.method) : status < 303 && from.method === "POST";
  const headers = new Headers(from.headers);
  for (const header of from.headers.keys()) {
    if ((becomesGet && header.startsWith("content-")) || (leaves && !harmless.test(header)))
      headers.delete(header);
  }
  if (leaves) dropKeys(to.searchParams, keys);
  return { url: to.href, method: becomesGet ? "GET" : from.method, headers, keepsBody: !becomesGet };
}

// Some servers send everybody on with the query that they came with, or name where they came from in another parameter.
function dropKeys(query: URLSearchParams, keys: QueryKeys): void {
  const written = keys.flatMap(([name, value]) => [
    `${name}=${value}`,
    `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  ]);
  for (const [name, value] of [...query]) {
    if (written.some((key) => `${name}=${value}`.includes(key))) query.delete(name);
  }
}
