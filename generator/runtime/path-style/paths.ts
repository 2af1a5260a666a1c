/** Where an operation stands in `paths`. */

/** The methods that OpenAPI has a field for. */
export type FixedMethod =
  "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE" | "QUERY";

/** The key of a method in `paths`. */
export type MethodKey<Method extends string> =
  Uppercase<Method> extends FixedMethod ? Lowercase<Method> : Method;

/** The paths that have an operation of a method; a member of an interface, so that a message lists them. */
export interface PathsWith<Paths, Method extends string, Has = Having<Method>> {
  path: { [Path in keyof Paths]: Paths[Path] extends Has ? Path : never }[keyof Paths];
}

/** What a path has that has an operation of a method. Written out: a mapped type would be worked out for each path anew. */
type Having<Method extends string> = Method extends keyof HavingFixed
  ? HavingFixed[Method]
  : { [M in Method]: object };

interface HavingFixed {
  get: { get: object };
  put: { put: object };
  post: { post: object };
  delete: { delete: object };
  options: { options: object };
  head: { head: object };
  patch: { patch: object };
  trace: { trace: object };
  query: { query: object };
}

/** The operation of a method and a path. */
export type At<Paths, Path, Method extends string> = Paths[Path & keyof Paths] extends {
  [M in Method]: infer Operation;
}
  ? Operation
  : never;
