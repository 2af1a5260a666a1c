import { error, warning } from "../entry.ts";

/** Problems that only `lint` looks for. */
export const lintProblems = {
  "additional-operation-known": error<{ method: string; field: string }>(
    ({ method }) =>
      `"${method}" stands among the additionalOperations, which are for methods that a path item has no field for (OpenAPI 3.2, section 4.9).`,
    ({ field }) => `move it to "${field}" of the path item`,
  ),
  "bounds-unsatisfiable": error<{ reason: string }>(
    ({ reason }) => `No value meets this: ${reason}.`,
    () => "loosen one of them",
  ),
  "component-unused": warning<{ kind: string; key: string }>(
    ({ kind, key }) => `The ${kind} "${key}" is used by no operation.`,
    () => "remove it, or refer to it where it is meant",
  ),
  "default-invalid": error<{ name: string; value: string; pointer: string; reason: string }>(
    ({ name, value, pointer, reason }) =>
      `The default ${value} of "${name}" is refused by its own schema:${pointer === "" ? "" : ` ${pointer}`} ${reason}.`,
    () => "change the default, or the schema",
  ),
  "description-missing": warning<{ what: string }>(
    ({ what }) => `${what} has no description.`,
    () => "say in a sentence what it is for",
  ),
  "discriminator-invalid": warning<{ property: string; member: string; declared: boolean }>(
    ({ property, member, declared }) =>
      `The discriminator "${property}" cannot tell "${member}": its schema does not ${declared ? "require" : "declare"} that property.`,
    ({ property, member, declared }) =>
      `${declared ? "" : `declare "${property}" in "${member}", and `}add "${property}" to its "required"`,
  ),
  "enum-duplicate": warning<{ value: string }>(
    ({ value }) => `${value} stands in this enum twice.`,
    () => "remove one of them",
  ),
  "enum-value-impossible": warning<{ value: string; types: string }>(
    ({ value, types }) => `${value} is in the enum, but the type is ${types}, so it is never valid.`,
    ({ value }) =>
      value === "null" ? 'add "null" to the type, or remove the value' : "remove it, or write it as the type has it",
  ),
  "example-invalid": error<{ what: string; pointer: string; reason: string }>(
    ({ what, pointer, reason }) =>
      `The example ${what} does not meet its schema:${pointer === "" ? "" : ` ${pointer}`} ${reason}.`,
    () => "change the example, or the schema",
  ),
  "path-ambiguous": warning<{ path: string; other: string }>(
    ({ path, other }) => `A URL can match both "${other}" and "${path}", and neither is the more concrete one.`,
    () => "give one of them a segment that the other cannot have",
  ),
  "path-duplicate": error<{ path: string; other: string }>(
    ({ path, other }) => `"${path}" and "${other}" are the same path: the names of placeholders tell nothing apart.`,
    () => "put the operations of both under one of them",
  ),
  "pattern-invalid": warning<{ pattern: string }>(
    ({ pattern }) => `The pattern "${pattern}" is no regular expression of ECMAScript, so it is not checked.`,
    () => "write it as JavaScript would read it, and mind that YAML and JSON take a backslash of their own",
  ),
  "required-undefined": warning<{ name: string; suggestion: string | undefined }>(
    ({ name }) => `"${name}" is required, but declared nowhere.`,
    ({ name, suggestion }) =>
      suggestion === undefined
        ? `declare "${name}" under properties, or take it out of "required"`
        : `did you mean "${suggestion}"?`,
  ),
  "querystring-shared": error<{ name: string; other: string; place: string }>(
    ({ name, other, place }) =>
      `The parameter "${name}" is the whole query string, and beside it stands the ${place} parameter "${other}" (OpenAPI 3.2, section 4.12.1).`,
    ({ name, other }) => `make "${other}" a property of "${name}", or write every parameter of the query by itself`,
  ),
  "response-body-forbidden": warning<{ status: string }>(
    ({ status }) => `A ${status} response has no body, so its content is never sent.`,
    () => "remove the content, or use another status",
  ),
  "response-success-missing": warning<{ method: string; path: string }>(
    ({ method, path }) => `${method} ${path} documents no success, only failures.`,
    () => 'add the response of a call that works, such as "200" or "204"',
  ),
  "scope-undefined": error<{ scope: string; scheme: string; suggestion: string | undefined }>(
    ({ scope, scheme }) => `The scope "${scope}" is offered by no flow of "${scheme}".`,
    ({ suggestion }) => (suggestion === undefined ? "add it to the scopes of a flow" : `did you mean "${suggestion}"?`),
  ),
  "server-variable-undefined": error<{ name: string; url: string }>(
    ({ name, url }) => `The server "${url}" has a placeholder {${name}}, and no variable of that name.`,
    ({ name }) => `declare "${name}" under variables, with a default`,
  ),
  "tag-parent-unknown": error<{ tag: string; parent: string; circular: boolean; suggestion: string | undefined }>(
    ({ tag, parent, circular }) =>
      circular
        ? `The parents of the tag "${tag}" lead back to it, by way of "${parent}"; it has none.`
        : `The parent "${parent}" of the tag "${tag}" is not among the tags of the document.`,
    ({ circular, suggestion }) =>
      circular
        ? "let one of them have no parent"
        : suggestion === undefined
          ? "declare it under tags, or remove the parent"
          : `did you mean "${suggestion}"?`,
  ),
  "tag-undeclared": warning<{ tag: string; suggestion: string | undefined }>(
    ({ tag }) => `The tag "${tag}" is not among the tags of the document.`,
    ({ suggestion }) =>
      suggestion === undefined ? "declare it under tags, with a description" : `did you mean "${suggestion}"?`,
  ),
};
