/** `client["/things/{id}"].GET(…)`: the path before the method. */
import { createClient } from "./client.js";
import type { ClientOptions, MediaType } from "./options.js";
import type { FixedMethod } from "./paths.js";
import type { Client, FetchResponse, InitParam, MaybeOptionalInit } from "./types.js";

/** A client by path; each path has the methods that the document gives it. */
export type PathBasedClient<Paths, Media extends MediaType = MediaType> = {
  [Path in keyof Paths]: ClientForPath<Paths[Path], Media>;
};

/** The methods of one path. */
export type ClientForPath<PathItem, Media extends MediaType> = {
  [Method in keyof PathItem as Uppercase<string & Method> & FixedMethod]: <
    Options extends MaybeOptionalInit<PathItem[Method]>,
  >(
    ...init: InitParam<Options>
  ) => Promise<FetchResponse<PathItem[Method], Options, Media>>;
};

/** A client by path of a client. */
export function wrapAsPathBasedClient<Paths extends {}, Media extends MediaType = MediaType>(
  client: Client<Paths, Media>,
): PathBasedClient<Paths, Media> {
  const known = new Map<PropertyKey, unknown>();
  const byPath: unknown = new Proxy(
    {},
    {
      get(_target, path) {
        if (!known.has(path)) known.set(path, methodsOf(client, path));
        return known.get(path);
      },
    },
  );
  return byPath as PathBasedClient<Paths, Media>;
}

/** The same as `wrapAsPathBasedClient(createClient(options))`. */
export function createPathBasedClient<Paths extends {}, Media extends MediaType = MediaType>(
  options?: ClientOptions,
): PathBasedClient<Paths, Media> {
  return wrapAsPathBasedClient(createClient<Paths, Media>(options));
}

function methodsOf(client: object, path: PropertyKey): object {
  return Object.fromEntries(
    Object.entries(client).map(
      ([name, method]: [string, (path: PropertyKey, ...init: unknown[]) => unknown]) => [
        name,
        (...init: unknown[]) => method(path, ...init),
      ],
    ),
  );
}
