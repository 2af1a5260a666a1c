import { authenticate, type Authentication, type Known } from "../client/auth.js";
import { RedirectError } from "../client/errors.js";
import { browserFollows, mostRedirects, nextHop } from "../client/hop.js";
import { pageUrl } from "../client/server-url.js";
import type { Middleware } from "./options.js";

/** The alternatives of each operation, by `GET /things/{id}`. */
export interface SecurityTable {
  readonly [operation: string]: readonly { readonly [scheme: string]: readonly string[] }[];
}

/** What is known of a call that is under way. */
interface Sent {
  /** The request before credentials were added; its body is not read. */
  readonly bare: Request;
  readonly authentication: Authentication;
  /** Whether redirects are followed here. */
  readonly follows: boolean;
}

/**
 * A middleware that adds credentials: those of the first alternative of an operation for which all are known. When they are refused with
 * 401 and a function gives others, the request is sent once more. Redirects are followed here, unless the option `redirect` says
 * otherwise, and what is secret goes to no other origin; so this is the last to `use`. A call throws a RedirectError where there is
 * no safe way on, and what the functions throw.
 */
export function credentialsMiddleware(known: Known, security: SecurityTable): Middleware {
  const calls = new WeakMap<object, Sent>();
  return {
    async onRequest({ request, schemaPath, options }) {
      if (!isHome(request.url, options.baseUrl)) return undefined;
      const requirements = security[`${request.method} ${schemaPath}`] ?? [];
      const authentication = await authenticate({ security: requirements }, known, request.signal);
      const bare = request.clone();
      const own = withCredentials(request, authentication);
      const follows = request.redirect === "follow" && !browserFollows(own.headers, authentication.query);
      calls.set(options, { bare, authentication, follows });
      return follows ? renewed(own.url, own, { redirect: "manual" }) : own;
    },
    async onResponse({ request, response, schemaPath, options }) {
      const sent = calls.get(options);
      if (sent === undefined) return undefined;
      const { bare, authentication } = sent;
      const name = `${request.method} ${schemaPath}`;
      const end = async (first: Response, from: Request, { query }: Authentication): Promise<Response> =>
        sent.follows ? follow(name, first, from, { bare, query, fetch: options.fetch }) : first;
      const answer = await end(response, request, authentication);
      if (answer.status !== 401 || Object.keys(authentication.given).length === 0) return answer;
      const requirements = security[name] ?? [];
      const other = await authenticate({ security: requirements }, known, bare.signal, authentication);
      if (JSON.stringify(other.given) === JSON.stringify(authentication.given)) return answer;
      answer.body?.cancel().catch(() => undefined);
      const again = withCredentials(bare.clone(), other);
      const next = sent.follows ? renewed(again.url, again, { redirect: "manual" }) : again;
      return end(await options.fetch(next), next, other);
    },
  };
}

// A path that is an address of its own, or that changes the host, is not what the client was made for.
function isHome(url: string, baseUrl: string): boolean {
  const page = pageUrl();
  return URL.canParse(baseUrl, page) && new URL(baseUrl, page).origin === new URL(url).origin;
}

interface Way {
  readonly bare: Request;
  readonly query: Authentication["query"];
  readonly fetch: typeof globalThis.fetch;
}

async function follow(
  name: string,
  first: Response,
  from: Request,
  { bare, query, fetch }: Way,
): Promise<Response> {
  let [response, request, bodied] = [first, from, true];
  for (let count = 0; ; count += 1) {
    const next = nextHop(name, request, response, query);
    if (next === undefined) return response;
    response.body?.cancel().catch(() => undefined);
    if (count === mostRedirects)
      throw new RedirectError(`${name} is redirected more than ${mostRedirects} times.`);
    const { url, method, headers, keepsBody } = next;
    bodied &&= keepsBody;
    const template = bodied ? bare.clone() : new Request(url, { signal: bare.signal });
    request = renewed(url, template, { method, headers, redirect: "manual" });
    response = await fetch(request);
  }
}

function withCredentials(request: Request, { headers, query, cookies }: Authentication): Request {
  const url = new URL(request.url);
  // A parameter may be the key: then it is sent once.
  const keys = query
    .filter(([name]) => !url.searchParams.has(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  if (keys.length > 0) url.search = [...(url.search === "" ? [] : [url.search.slice(1)]), ...keys].join("&");
  const own = new Headers(request.headers);
  // What was given for the call goes before.
  for (const [name, value] of headers) if (!own.has(name)) own.set(name, value);
  const given = own.get("Cookie")?.split("; ") ?? [];
  const all = [
    ...given,
    ...cookies
      .filter(([name]) => !given.some((cookie) => cookie.startsWith(`${name}=`)))
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`),
  ];
  if (cookies.length > 0) own.set("Cookie", all.join("; "));
  return renewed(url.href, request, { headers: own });
}

// What a Request does not know was kept on it, for a `fetch` that does.
function renewed(url: string, request: Request, init: RequestInit): Request {
  const own = Object.fromEntries(Object.entries(request));
  return Object.assign(new Request(new Request(url, request), init), own);
}
