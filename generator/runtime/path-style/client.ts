/** The path style on its own: openapi-fetch 0.17 in its options, methods and results, and no more than a GET needs. */
import { call } from "./call.js";
import type { DocumentFacts } from "./departures.js";
import type { ClientOptions, MediaType, Middleware } from "./options.js";
import type { AnyOptions, Client } from "./types.js";

const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY"];

/**
 * A client of the paths of a document. A call resolves to `data` or `error`, with `status` and the raw response; it throws what
 * `fetch` throws, what a serializer throws, and a SyntaxError for a success whose body is not as `parseAs` says.
 */
export function createClient<
  Paths extends {},
  Media extends MediaType = MediaType,
  Marked extends boolean = true,
>(clientOptions: ClientOptions = {}, facts: DocumentFacts = {}): Client<Paths, Media, Marked> {
  const middlewares: Middleware[] = [];
  const request = (method: string, path: string, options?: AnyOptions): unknown => {
    const fixed = method.toUpperCase();
    return call(clientOptions, facts, middlewares, methods.includes(fixed) ? fixed : method, path, options);
  };
  const client: unknown = {
    ...Object.fromEntries(methods.map((method) => [method, request.bind(undefined, method)])),
    request,
    use(...added: readonly (Middleware | undefined)[]) {
      for (const one of added) {
        if (!one) continue;
        if (!("onRequest" in one || "onResponse" in one || "onError" in one))
          throw new Error("A middleware has one of onRequest, onResponse and onError.");
        middlewares.push(one);
      }
    },
    eject(...removed: readonly Middleware[]) {
      for (const one of removed) {
        const index = middlewares.indexOf(one);
        if (index !== -1) middlewares.splice(index, 1);
      }
    },
  };
  // Every call is held to its types by Client; here it is only handed on.
  return client as Client<Paths, Media, Marked>;
}
