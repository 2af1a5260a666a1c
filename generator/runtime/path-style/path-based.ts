/** `client["/things/{id}"].GET(…)`: the path before the method. */
import type { MediaType } from "./options.js";
import type { FixedMethod } from "./paths.js";
import type { Answers, Client, InitParam, MaybeOptionalInit } from "./types.js";

/** A client by path; each path has the methods that the document gives it. */
export type PathBasedClient<Paths, Media extends MediaType = MediaType, Marked extends boolean = true> = {
  [Path in keyof Paths]: ClientForPath<Paths[Path], Media, Marked>;
};

/** The methods of one path. */
export type ClientForPath<PathItem, Media extends MediaType, Marked extends boolean> = {
  [Method in keyof PathItem as Uppercase<string & Method> & FixedMethod]: <
    Options extends MaybeOptionalInit<PathItem[Method], Marked>,
  >(
    ...init: InitParam<Options>
  ) => Promise<Answers<PathItem[Method], Options, Media, Marked>["any"]>;
};

/** A client by path of a client. */
export function wrapAsPathBasedClient<
  Paths extends {},
  Media extends MediaType = MediaType,
  Marked extends boolean = true,
>(client: Client<Paths, Media, Marked>): PathBasedClient<Paths, Media, Marked> {
  return byPath(client) as PathBasedClient<Paths, Media, Marked>;
}

function byPath(client: object): unknown {
  const known = new Map<PropertyKey, unknown>();
  return new Proxy(
    {},
    {
      get(_target, path) {
        if (!known.has(path)) known.set(path, methodsOf(client, path));
        return known.get(path);
      },
    },
  );
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
