import { error, info, mistake, warning } from "../entry.ts";

/** Problems found while a document is bundled and normalized. */
export const documentProblems = {
  "references-multiply": error<object>(
    () => "References that stand for maps and lists multiply beyond what any document has.",
    () => "name what is repeated under components and refer to that",
  ),
  "nested-too-deep": error<{ depth: number }>(
    ({ depth }) => `Values are nested more than ${depth - 1} deep here.`,
    () => "move inner schemas to components and refer to them",
  ),
  "not-an-openapi-document": error<{ keys: readonly string[] }>(
    ({ keys }) =>
      `The document has no "openapi" and no "swagger" version${keys.length === 0 ? "" : `; it starts with "${keys[0] ?? ""}"`}.`,
    () => 'add `openapi: "3.1.0"` at its top, or name the file that has it',
  ),
  "version-unsupported": error<{ version: string }>(
    ({ version }) => `OpenAPI ${version} is not known.`,
    () => "use 2.0, 3.0, 3.1 or 3.2",
  ),
  "reference-not-found": mistake<{ reference: string; missing: string; parent: string; suggestion: string | undefined }>(
    ({ reference, missing, parent }) =>
      `"${reference}" leads nowhere: ${parent === "" ? "there is" : `"${parent.slice(1)}" has`} no "${missing}". It is left out.`,
    ({ suggestion }) =>
      suggestion === undefined ? "correct the reference, or add what it names" : `did you mean "${suggestion}"?`,
  ),
  "reference-repaired": mistake<{ reference: string; used: string }>(
    ({ reference, used }) => `"${reference}" leads nowhere; "${used}" is used.`,
    ({ used }) => `write "${used}"`,
  ),
  "reference-to-itself": mistake<{ reference: string }>(
    ({ reference }) => `"${reference}" leads back to itself and never to a value; it is left out.`,
    () => "let one of the references lead to something that is no reference",
  ),
  "reference-chain-too-long": error<{ reference: string; count: number }>(
    ({ reference, count }) => `"${reference}" leads through more than ${count} further references.`,
    () => "refer to the value itself",
  ),
  "reference-cycle": warning<{ what: string }>(
    ({ what }) => `${capital(what)} contains itself through its references; the inner one is left out.`,
    () => "break the circle; only schemas may contain themselves",
  ),
  "reference-wrong-kind": mistake<{ reference: string; found: string; expected: string }>(
    ({ reference, found, expected }) => `"${reference}" is ${found}; ${expected} is expected here, so it is left out.`,
    ({ expected }) => `refer to ${expected}`,
  ),
  "field-unused": info<{ field: string; what: string; count: number }>(
    ({ field, what, count }) =>
      `Nothing is made of "${field}" of ${what}${count > 1 ? ` (here and in ${count - 1} more places)` : ""}.`,
  ),
  "reference-siblings-ignored": warning<{ keyword: string; count: number; dialect: string }>(
    ({ keyword, count, dialect }) =>
      `"${keyword}" beside a $ref does not count in OpenAPI ${dialect}${count > 1 ? ` (here and in ${count - 1} more places)` : ""}.`,
    ({ keyword }) => `wrap the reference, as in \`allOf: [{ $ref: … }]\`, with "${keyword}" beside it, or remove "${keyword}"`,
  ),
  "dialect-unknown": warning<{ keyword: string; dialect: string }>(
    ({ keyword, dialect }) =>
      `"${keyword}" names "${dialect}", which cannot be read; the schemas are taken as JSON Schema 2020-12.`,
    () => 'put the metaschema beside the document, or name "https://json-schema.org/draft/2020-12/schema"',
  ),
  "vocabulary-unknown": warning<{ vocabulary: string }>(
    ({ vocabulary }) => `The vocabulary "${vocabulary}" is required and not known; its keywords say nothing here.`,
    () => "set it to false if schemas can be understood without it",
  ),
  "keyword-outside-dialect": warning<{ keyword: string }>(
    ({ keyword }) => `"${keyword}" says nothing in this dialect of JSON Schema: its metaschema lacks the vocabulary.`,
    () => "add the vocabulary to the metaschema, or remove the keyword",
  ),
  "dynamic-reference-unbound": warning<{ reference: string }>(
    ({ reference }) => `"${reference}" can lead to several schemas, and none stands here by itself; any value is taken.`,
    ({ reference }) =>
      `add a schema with "$dynamicAnchor": "${reference.slice(1)}" to the "$defs" here, or use a $ref to the one that is meant`,
  ),
  "dynamic-references-multiply": warning<{ limit: number }>(
    ({ limit }) =>
      `Dynamic references give this schema more than ${limit} meanings; beyond these it is taken as it stands by itself.`,
    () => "use fewer dynamic anchors, or $ref",
  ),
  "schema-name-clash": warning<{ name: string; key: string; entry: string }>(
    ({ name, key }) => `Two schemas would be called "${name}"; this one becomes "${key}".`,
    ({ name }) => `give this one a name of its own under components.schemas of the entry, or rename it from "${name}"`,
  ),
  "value-missing": warning<{ what: string }>(
    ({ what }) => `There is no value here, where ${what} belongs.`,
    () => "write the value, or remove the key",
  ),
  "value-wrong-kind": error<{ what: string; found: string; expected: string }>(
    ({ what, found, expected }) => `Here stands ${found}; ${what} must be ${expected}.`,
    ({ expected }) => `write ${expected}`,
  ),
  "value-ignored": warning<{ what: string; found: string; expected: string }>(
    ({ what, found, expected }) => `${capital(what)} must be ${expected}; ${found} does not count.`,
    ({ expected }) => `write ${expected}, or remove it`,
  ),
  "value-repaired": warning<{ what: string; found: string; expected: string; used: string }>(
    ({ what, found, expected, used }) => `${capital(what)} must be ${expected}; for ${found}, ${used} is used.`,
    ({ used }) => `write ${used}`,
  ),
  "member-unknown": warning<{ key: string; what: string; suggestion: string | undefined }>(
    ({ key, what }) => `"${key}" is not known in ${what}; it is left out.`,
    ({ key, suggestion }) => (suggestion === undefined ? `remove it, or call it "x-${key}"` : `did you mean "${suggestion}"?`),
  ),
  "path-slash-missing": mistake<{ path: string; used: string; taken: boolean }>(
    ({ path, used, taken }) =>
      `The path "${path}" does not start with a slash; ${taken ? `"${used}" is there too, and this one is left out` : `it is taken as "${used}"`}.`,
    ({ used, taken }) => (taken ? "remove one of the two" : `write "${used}"`),
  ),
  "member-missing": mistake<{ what: string; member: string }>(
    ({ what, member }) => `${capital(what)} has no "${member}"; it is left out.`,
    ({ member }) => `add "${member}"`,
  ),
  "info-incomplete": warning<{ member: string; standIn: string }>(
    ({ member, standIn }) => `"info" has no "${member}"; "${standIn}" stands in for it.`,
    ({ member }) => `add "${member}"`,
  ),
  "schema-inlined": warning<{ what: string }>(
    ({ what }) => `The type stands in ${what} itself, as Swagger 2.0 has it; it is read as its schema.`,
    () => "move the keywords of the type into `schema:`",
  ),
  "example-without-value": warning<object>(
    () => 'An entry of "examples" must be an object with a "value"; what stands here is taken for the value.',
    () => "write `value:` above it",
  ),
  "number-imprecise": warning<{ written: string; used: string }>(
    ({ written, used }) => `The number ${written} is beyond what JavaScript holds exactly; it is read as ${used}.`,
    () => "write it as a string, or choose a number between -(2^53 - 1) and 2^53 - 1",
  ),
  "keyword-outdated": warning<{ keyword: string; draft: string; effect: string }>(
    ({ keyword, draft, effect }) => `"${keyword}" is of JSON Schema ${draft}; ${effect}.`,
    ({ keyword }) => (keyword === "id" ? 'write "$id"' : 'write "$dynamicRef" and "$dynamicAnchor"'),
  ),
  "nullable-outdated": warning<{ dialect: string }>(
    ({ dialect }) => `OpenAPI ${dialect} has no "nullable"; null is added to the schema.`,
    () => 'write `type: [string, "null"]`, or `anyOf` with `type: "null"`',
  ),
  "required-misplaced": warning<{ value: string }>(
    ({ value }) =>
      `"required" is a list of property names in a schema; \`required: ${value}\` is taken ${value === "true" ? "for an entry in the list of the object around it" : "for nothing"}.`,
    () => "name the property in `required: [...]` of the object that has it",
  ),
  "type-unknown": warning<{ type: string; used: string | undefined }>(
    ({ type, used }) => `There is no type ${type}; ${used === undefined ? "any value is allowed" : `${used} is used`}.`,
    ({ used }) =>
      used === undefined ? "use null, boolean, object, array, number, string or integer, or leave the type out" : `write ${used}`,
  ),
  "collection-format-unsupported": warning<{ format: string; place: string }>(
    ({ format, place }) => `collectionFormat ${format} has no successor in OpenAPI 3 (in ${place}); commas are written.`,
    () => "use csv, or multi in a query",
  ),
  "body-duplicate": warning<object>(
    () => "An operation has one body; this second one is left out.",
    () => "describe one body, or form fields alone",
  ),
  "example-without-media-type": warning<{ mediaType: string }>(
    ({ mediaType }) => `The response is never "${mediaType}"; this example is left out.`,
    ({ mediaType }) => `add "${mediaType}" to "produces", or correct the example's media type`,
  ),
  "not-an-overlay": error<{ keys: readonly string[] }>(
    ({ keys }) => `The overlay has no "overlay" version${keys.length === 0 ? "" : `; it starts with "${keys[0] ?? ""}"`}.`,
    () => 'add `overlay: "1.1.0"` at its top, or name the file that has it',
  ),
  "overlay-version-unsupported": error<{ version: string }>(
    ({ version }) => `Overlay ${version} is not known.`,
    () => "use 1.0 or 1.1",
  ),
  "overlay-actions-missing": error<object>(
    () => "The overlay has no actions.",
    () => "write them as a list: `actions: [{ target: …, update: … }]`",
  ),
  "overlay-action-idle": warning<{ reason: string }>(
    ({ reason }) => `The action ${reason}; it changes nothing.`,
    () => 'give it a "target" and either "update", "copy" or `remove: true`',
  ),
  "overlay-extends-other": warning<{ written: string; entry: string }>(
    ({ written, entry }) => `The overlay extends "${written}"; it is applied to ${entry}.`,
    () => 'correct "extends", or leave it out when the overlay suits several documents',
  ),
  "jsonpath-syntax": error<{ text: string; reason: string }>(
    ({ text, reason }) => `"${text}" is no JSONPath: ${reason}.`,
    () => "write it as RFC 9535 has it, such as $.paths['/pets'].get; what is no plain name stands in brackets and quotes",
  ),
  "overlay-target-empty": warning<{
    target: string;
    nearest: string;
    suggestion: string | undefined;
    reference: string | undefined;
  }>(
    ({ target, nearest }) => `"${target}" selects nothing; the part of it that does is "${nearest}".`,
    ({ suggestion, reference }) =>
      suggestion !== undefined
        ? `did you mean "${suggestion}"?`
        : reference !== undefined
          ? `that is a reference to "${reference}": aim at what it names`
          : "correct the path, or remove the action",
  ),
  "overlay-targets-mixed": error<{ target: string; kinds: readonly string[] }>(
    ({ target, kinds }) => `"${target}" selects ${kinds.join(" and ")}, which no one value can be merged into.`,
    () => "write an action for each",
  ),
  "overlay-update-incompatible": error<{ found: string; target: string }>(
    ({ found, target }) => `${capital(found)} cannot be merged into ${target}.`,
    ({ target }) => `write ${target}, or remove what is there in an action before`,
  ),
  "overlay-copy-ambiguous": error<{ text: string; count: number }>(
    ({ text, count }) => `"${text}" selects ${count} values; one can be copied.`,
    () => "name the one that is meant",
  ),
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
