/** The shape of a normalized schema: JSON Schema 2020-12 with the keywords of OpenAPI. What holds of it stands at the top of shapes.ts. */

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON Schema 2020-12: https://json-schema.org/draft/2020-12/json-schema-core#section-4.3 */
export type Schema = boolean | SchemaObject;

/** The name of a JSON Schema type. */
export type TypeName = "null" | "boolean" | "object" | "array" | "number" | "string" | "integer";

/** A schema that is an object: the keywords we know. Others are kept, and reachable by index. */
export interface SchemaObject {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  /** The dialect, where a schema names one; the schemas inside share it. */
  readonly $schema?: string;
  readonly $comment?: string;
  readonly type?: TypeName | readonly TypeName[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly title?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly examples?: readonly Json[];
  readonly deprecated?: boolean;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly contains?: Schema;
  readonly minContains?: number;
  readonly maxContains?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly unevaluatedItems?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly dependentSchemas?: Readonly<Record<string, Schema>>;
  readonly unevaluatedProperties?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly contentMediaType?: string;
  readonly contentEncoding?: string;
  readonly contentSchema?: Schema;
  readonly discriminator?: DiscriminatorObject;
  readonly externalDocs?: ExternalDocsObject;
  readonly [keyword: string]: unknown;
}

/** https://spec.openapis.org/oas/v3.1.1#discriminator-object */
export interface DiscriminatorObject {
  readonly propertyName: string;
  /** Values to references; normalized to `#/components/schemas/<key>`. */
  readonly mapping?: Readonly<Record<string, string>>;
  /** OpenAPI 3.2: the schema of what has no tag, or one that names no other. */
  readonly defaultMapping?: string;
}

export interface ExternalDocsObject {
  readonly url: string;
  readonly description?: string;
}
