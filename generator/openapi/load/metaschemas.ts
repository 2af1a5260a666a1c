/**
 * The schema of JSON Schema 2020-12 itself, for documents that take or give schemas: `$ref: https://json-schema.org/draft/2020-12/schema`
 * needs no network. https://json-schema.org/draft/2020-12/json-schema-core#section-8.1 says how it is put together.
 */

/** The text behind a URL when it is one of the metaschemas; `undefined` for any other address. */
export function metaschemaText(url: string): string | undefined {
  if (!url.startsWith(home)) return undefined;
  const name = url.slice(home.length);
  if (name === "schema") return JSON.stringify(whole());
  const vocabulary = name.startsWith("meta/") ? name.slice("meta/".length) : "";
  return Object.hasOwn(vocabularies, vocabulary) ? JSON.stringify(part(vocabulary)) : undefined;
}

/** Whether a file is one of the metaschemas. */
export function isMetaschema(file: string): boolean {
  return file.startsWith(home);
}

/** The keywords of a vocabulary. */
export function keywordsOf(vocabulary: string): readonly string[] {
  return Object.keys(vocabularies[vocabulary]?.[1] ?? {});
}

const home = "https://json-schema.org/draft/2020-12/";
const schema = { $dynamicRef: "#meta" };
const schemas = { $ref: "#/$defs/schemaArray" };
const schemaMap = { type: "object", additionalProperties: schema };
const text = { type: "string" };
const number = { type: "number" };
const definition = (name: string): object => ({ $ref: `#/$defs/${name}` });
const flag = { type: "boolean", default: false };
const list = { type: "array", items: true };

/** The title, the properties and the definitions of each vocabulary, in the order of the whole. */
const vocabularies: Readonly<Record<string, readonly [title: string, properties: object, definitions?: object]>> = {
  core: [
    "Core vocabulary meta-schema",
    {
      $id: { $ref: "#/$defs/uriReferenceString", pattern: "^[^#]*#?$" },
      $schema: definition("uriString"),
      $ref: definition("uriReferenceString"),
      $anchor: definition("anchorString"),
      $dynamicRef: definition("uriReferenceString"),
      $dynamicAnchor: definition("anchorString"),
      $vocabulary: { type: "object", propertyNames: definition("uriString"), additionalProperties: { type: "boolean" } },
      $comment: text,
      $defs: schemaMap,
    },
    {
      anchorString: { type: "string", pattern: "^[A-Za-z_][-A-Za-z0-9._]*$" },
      uriString: { type: "string", format: "uri" },
      uriReferenceString: { type: "string", format: "uri-reference" },
    },
  ],
  applicator: [
    "Applicator vocabulary meta-schema",
    {
      prefixItems: schemas,
      items: schema,
      contains: schema,
      additionalProperties: schema,
      properties: { ...schemaMap, default: {} },
      patternProperties: { ...schemaMap, propertyNames: { format: "regex" }, default: {} },
      dependentSchemas: { ...schemaMap, default: {} },
      propertyNames: schema,
      if: schema,
      then: schema,
      else: schema,
      allOf: schemas,
      anyOf: schemas,
      oneOf: schemas,
      not: schema,
    },
    { schemaArray: { type: "array", minItems: 1, items: schema } },
  ],
  unevaluated: ["Unevaluated applicator vocabulary meta-schema", { unevaluatedItems: schema, unevaluatedProperties: schema }],
  validation: [
    "Validation vocabulary meta-schema",
    {
      type: {
        anyOf: [definition("simpleTypes"), { type: "array", items: definition("simpleTypes"), minItems: 1, uniqueItems: true }],
      },
      const: true,
      enum: list,
      multipleOf: { type: "number", exclusiveMinimum: 0 },
      maximum: number,
      exclusiveMaximum: number,
      minimum: number,
      exclusiveMinimum: number,
      maxLength: definition("nonNegativeInteger"),
      minLength: definition("nonNegativeIntegerDefault0"),
      pattern: { type: "string", format: "regex" },
      maxItems: definition("nonNegativeInteger"),
      minItems: definition("nonNegativeIntegerDefault0"),
      uniqueItems: flag,
      maxContains: definition("nonNegativeInteger"),
      minContains: { ...definition("nonNegativeInteger"), default: 1 },
      maxProperties: definition("nonNegativeInteger"),
      minProperties: definition("nonNegativeIntegerDefault0"),
      required: definition("stringArray"),
      dependentRequired: { type: "object", additionalProperties: definition("stringArray") },
    },
    {
      nonNegativeInteger: { type: "integer", minimum: 0 },
      nonNegativeIntegerDefault0: { ...definition("nonNegativeInteger"), default: 0 },
      simpleTypes: { enum: ["array", "boolean", "integer", "null", "number", "object", "string"] },
      stringArray: { type: "array", items: text, uniqueItems: true, default: [] },
    },
  ],
  "meta-data": [
    "Meta-data vocabulary meta-schema",
    {
      title: text,
      description: text,
      default: true,
      deprecated: flag,
      readOnly: flag,
      writeOnly: flag,
      examples: list,
    },
  ],
  "format-annotation": ["Format vocabulary meta-schema for annotation results", { format: text }],
  content: ["Content vocabulary meta-schema", { contentEncoding: text, contentMediaType: text, contentSchema: schema }],
};

function part(name: string): object {
  const [title, properties, definitions] = vocabularies[name] ?? ["", {}];
  return {
    ...heading(`meta/${name}`, [name]),
    title,
    type: ["object", "boolean"],
    properties,
    ...(definitions === undefined ? {} : { $defs: definitions }),
  };
}

/** All vocabularies, and the keywords of earlier drafts that stay in use. */
function whole(): object {
  const names = Object.keys(vocabularies);
  return {
    ...heading("schema", names),
    title: "Core and Validation specifications meta-schema",
    allOf: names.map((name) => ({ $ref: `meta/${name}` })),
    type: ["object", "boolean"],
    properties: {
      definitions: { ...schemaMap, deprecated: true, default: {} },
      dependencies: {
        type: "object",
        additionalProperties: { anyOf: [schema, { $ref: "meta/validation#/$defs/stringArray" }] },
        deprecated: true,
        default: {},
      },
      $recursiveAnchor: { $ref: "meta/core#/$defs/anchorString", deprecated: true },
      $recursiveRef: { $ref: "meta/core#/$defs/uriReferenceString", deprecated: true },
    },
  };
}

function heading(name: string, used: readonly string[]): object {
  return {
    $schema: `${home}schema`,
    $id: `${home}${name}`,
    $vocabulary: Object.fromEntries(used.map((one) => [`${home}vocab/${one}`, true])),
    $dynamicAnchor: "meta",
  };
}
