import { type Entry, mistake, warning } from "../entry.ts";

/** Problems found while the model is built from a normalized document. */
export const modelProblems = {
  "operation-id-duplicate": mistake<{ id: string; used: string }>(
    ({ id, used }) => `operationId "${id}" is used by two operations; this one is called "${used}".`,
    ({ used }) => `give one of them another operationId, such as "${used}"`,
  ),
  "operation-id-missing": info<{ method: string; path: string; id: string }>(
    ({ method, path, id }) => `${method} ${path} has no operationId; it is called "${id}".`,
    ({ id }) => `write "operationId: ${id}", so that the name stays when the path changes`,
  ),
  "operation-names-clash": warning<{ id: string; other: string; wanted: string; name: string }>(
    ({ id, other, wanted, name }) =>
      `The operationIds "${other}" and "${id}" both become "${wanted}"; "${id}" is called "${name}".`,
    () => "give one of them an operationId that differs in more than punctuation",
  ),
  "schema-names-clash": warning<{ key: string; other: string; wanted: string; name: string }>(
    ({ key, other, wanted, name }) =>
      `The schemas "${other}" and "${key}" both become the type "${wanted}"; "${key}" is called "${name}".`,
    ({ key, other }) => `rename "${key}" or "${other}", so that they differ in more than case and punctuation`,
  ),
  "schema-name-reserved": info<{ key: string; wanted: string; name: string }>(
    ({ key, wanted, name }) =>
      `The schema "${key}" cannot be the type "${wanted}", which has a meaning already; it is called "${name}".`,
  ),
  "pattern-backtracks": warning<{ pattern: string }>(
    ({ pattern }) =>
      `The pattern "${pattern}" can take a server very long on a text that is made for it, and nothing but backtracking can match it.`,
    () => "write it without nested repeats, lookarounds and references back, or bound the text by a small maxLength",
  ),
  "schema-missing": warning<{ what: string }>(
    ({ what }) => `The ${what} has neither a schema nor content; any string is accepted.`,
    () => 'give it a schema, such as "type: string"',
  ),
  "route-shared": warning<{ method: string; path: string; other: string }>(
    ({ method, path, other }) =>
      `Nothing tells the requests of ${method} "${path}" from those of ${method} "${other}"; a server takes them for the latter.`,
    () =>
      "tell them apart before the #, with more than the name of a placeholder, or with a required parameter that has one value in each",
  ),
  "security-scheme-type-unknown": mistake<{ type: string; name: string }>(
    ({ type, name }) => `There is no security scheme of type "${type}"; "${name}" is taken as an HTTP scheme.`,
    () => "write one of: apiKey, http, mutualTLS, oauth2, openIdConnect",
  ),
  "security-scheme-place-unknown": mistake<{ place: string; name: string }>(
    ({ place, name }) => `The key "${name}" cannot travel in "${place}"; it is sent as a header.`,
    () => "write one of: query, header, cookie",
  ),
  "path-parameter-undeclared": mistake<{ name: string; path: string }>(
    ({ name, path }) => `The path "${path}" has a placeholder {${name}}, and no parameter of that name; it is taken as a string.`,
    ({ name }) => `declare it: "name: ${name}", "in: path", "required: true", and a schema`,
  ),
  "path-parameter-unused": warning<{ name: string; path: string }>(
    ({ name, path }) => `The path parameter "${name}" has no placeholder in "${path}"; it is left out.`,
    ({ name }) => `write {${name}} into the path, or remove the parameter`,
  ),
  "path-placeholders-adjacent": mistake<{ path: string; first: string; second: string }>(
    ({ path, first, second }) =>
      `Nothing stands between {${first}} and {${second}} in "${path}", so a server cannot tell where ${second} begins.`,
    ({ first, second }) =>
      `write a character between them, such as {${first}}.{${second.replace(/^\W+/, "") || second}}, or make one parameter of both`,
  ),
  "query-parameter-fixed": info<{ name: string; path: string }>(
    ({ name, path }) => `The query parameter "${name}" is left out: its value stands in the path "${path}".`,
    () => "remove it, or take it out of the path",
  ),
  "path-parameter-optional": warning<{ name: string }>(
    ({ name }) => `The path parameter "${name}" is not required, but a path without it is another path; it is taken as required.`,
    () => 'write "required: true"',
  ),
  "parameter-duplicate": warning<{ name: string; in: string }>(
    (parameter) => `The ${parameter.in} parameter "${parameter.name}" is declared twice; the first is used.`,
    () => "remove one of them",
  ),
  "parameter-place-unknown": mistake<{ name: string; in: string }>(
    (parameter) => `"in: ${parameter.in}" of the parameter "${parameter.name}" is no place; the parameter is left out.`,
    () => "write one of: path, query, header, cookie, querystring",
  ),
  "parameter-style-unknown": warning<{ name: string; in: string; style: string; styles: readonly string[] }>(
    (parameter) =>
      `The style "${parameter.style}" of "${parameter.name}" is none for a ${parameter.in} parameter; "${parameter.styles[0]}" is used.`,
    ({ styles }) => `write one of: ${styles.join(", ")}`,
  ),
  "header-parameter-ignored": info<{ name: string }>(
    ({ name }) => `The header parameter "${name}" is left out: media types and security schemes rule that header.`,
    () => "remove it, and describe the media types under content, or a security scheme",
  ),
  "header-parameter-unsendable": warning<{ name: string }>(
    ({ name }) =>
      `The header parameter "${name}" is left out: it belongs to the connection, and whoever sends the request sets it.`,
    () => "remove it",
  ),
  "response-header-ignored": info<{ name: string }>(
    ({ name }) => `The response header "${name}" is left out: the media type of the content rules it.`,
    () => "remove it",
  ),
  "response-header-twice": warning<{ name: string; earlier: string }>(
    ({ name, earlier }) =>
      `The response header "${name}" is left out: it is "${earlier}" again, since the case of a header's name means nothing.`,
    () => "keep one of them (RFC 9110, section 5.1)",
  ),
  "request-body-ignored": warning<{ method: string }>(
    ({ method }) => `A ${method} request cannot carry a body; it is left out.`,
    () => "use query parameters, or another method",
  ),
  "request-body-empty": warning<Record<never, never>>(
    () => "The request body has no media type; it is left out.",
    () => 'add one under content, such as "application/json"',
  ),
  "media-type-invalid": warning<{ key: string }>(
    ({ key }) => `"${key}" is no media type; it is left out.`,
    ({ key }) =>
      key === "examples" || key === "example"
        ? `move "${key}" into a media type, such as "application/json"`
        : 'write a media type such as "application/json", or a range such as "text/*"',
  ),
  "responses-missing": warning<{ method: string; path: string }>(
    ({ method, path }) => `${method} ${path} has no response.`,
    () => 'add at least one, such as "204", with a description',
  ),
  "status-unknown": warning<{ key: string }>(
    ({ key }) => `"${key}" is no status; the response is left out.`,
    () => 'write a status such as "404", a range such as "4XX", or "default"',
  ),
  "binary-format-ignored": info<Record<never, never>>(
    () => "`format: binary` means bytes in multipart and binary bodies alone; here it is a string.",
    () => 'write "contentEncoding: base64" for bytes in a text, or remove the format',
  ),
  "content-schema-ignored": info<{ kind: string }>(
    ({ kind }) =>
      `The media type is handed over as ${kind === "binary" ? "bytes" : "text"}, so its schema says nothing; it is left out.`,
  ),
  "example-skipped": warning<{ what: string; pointer: string; reason: string; more: number }>(
    ({ what, pointer, reason, more }) =>
      `The example ${what} does not meet its schema:${pointer === "" ? "" : ` ${pointer}`} ${reason}. Fixtures do not follow it${more === 0 ? "" : `, nor ${more} other${more === 1 ? "" : "s"}`}.`,
    ({ more }) => `change the example, or the schema${more === 0 ? "" : "; `openapi-triad lint` tells of all"}`,
  ),
  "fixture-impossible": warning<{ what?: string; pointer: string; reason: string; cure?: string }>(
    ({ what, pointer, reason }) =>
      what === undefined
        ? `No value is valid: it ${reason}. Fixtures that need one are left out.`
        : `No valid value can be made for ${what}${pointer === "" ? "" : `, at ${pointer}`}: ${reason}. Its fixture is left out.`,
    ({ cure = "give it an example that is valid, or loosen the keywords that contradict each other" }) => cure,
  ),
  "security-place-shared": warning<{ scheme: string; other: string; place: string; impossible: boolean }>(
    ({ scheme, other, place, impossible }) =>
      `"${other}" and "${scheme}" are asked for together, and both travel in the ${place}, which has room for one; ${impossible ? "no request can meet both (RFC 9110, section 11.6.2)" : `the credential of "${scheme}" is sent`}.`,
    () => "make two requirements of them, if either is enough, or give one of them a place of its own",
  ),
  "parameter-place-shared": info<{ name: string; place: string; scheme: string }>(
    ({ name, place, scheme }) =>
      `The parameter "${name}" travels in the ${place}, where "${scheme}" sends its credential; a value of the parameter goes before it.`,
    () => "leave the parameter out: the security scheme says it all",
  ),
  "security-scheme-unknown": mistake<{ scheme: string; known: readonly string[] }>(
    ({ scheme }) => `No security scheme is called "${scheme}"; it is taken as an HTTP scheme of that name.`,
    ({ scheme, known }) =>
      `declare it under components.securitySchemes${known.length === 0 ? "" : `, or use one of: ${known.filter((name) => name !== scheme).join(", ")}`}`,
  ),
};

function info<P>(message: Entry<P>["message"], cure?: Entry<P>["cure"]): Entry<P> {
  return { ...warning(message, cure), severity: "info" };
}
