import { methods } from "../openapi/shapes.ts";

/** A method as it travels: those of the specification in capitals, any other as it is written (OpenAPI 3.2, §4.9.1). */
export function wireMethod(method: string): string {
  return methods.some((known) => known === method) ? method.toUpperCase() : method;
}

/** What of a path template travels: the path, and the pairs of a query that it fixes. */
export interface Route {
  readonly path: string;
  /** Without `?`; absent when the template has none. */
  readonly query?: string;
}

/**
 * Reads a path template as a URL is read (RFC 3986, §3): `/answers?beta=true` is the path `/answers` with a query that never varies,
 * and a fragment never leaves the client. A placeholder may have any name, `{a?}` too; one behind the question mark is a parameter's place.
 */
export function routeOf(template: string): Route {
  const masked = template.replace(/\{[^{}]*\}/g, (placeholder) => "x".repeat(placeholder.length));
  const fragment = masked.indexOf("#");
  const end = fragment === -1 ? masked.length : fragment;
  const mark = masked.slice(0, end).indexOf("?");
  if (mark === -1) return { path: template.slice(0, end) };
  const query = pairsOf(template.slice(mark + 1, end))
    .flatMap(({ text, placeholder }) => (placeholder === undefined ? [text] : []))
    .join("&");
  return { path: template.slice(0, mark), ...(query === "" ? {} : { query }) };
}

/** The parameters that a template has behind its question mark, by their placeholders: `/answers?by={name}` has `by` for `name`. */
export function queryPlaceholders(template: string): ReadonlyMap<string, string> {
  const { path } = routeOf(template);
  const [query = ""] = template.slice(path.length).replace(/^\?/, "").split("#");
  return new Map(pairsOf(query).flatMap(({ name, placeholder }) => (placeholder === undefined ? [] : [[placeholder, name]])));
}

function pairsOf(query: string): { readonly text: string; readonly name: string; readonly placeholder?: string }[] {
  return query.split("&").map((text) => {
    const [, name = "", placeholder] = /^([^=]+)=\{([^{}]+)\}$/.exec(text) ?? [];
    return placeholder === undefined ? { text, name } : { text, name, placeholder };
  });
}
