/**
 * The shape of a normalized document: OpenAPI 3.1 with JSON Schema 2020-12, whatever came in.
 * After `normalize`, these hold:
 * - every `$ref` of a schema is `#/components/schemas/<key>` and is found there; a key is escaped as RFC 6901 asks;
 * - there is no `$dynamicRef`, and no `$id`, `$anchor`, `$dynamicAnchor` or `$defs`: each schema that was referred to has a key;
 * - no other object is a `$ref`: parameters, responses, bodies, headers, examples, links and path items stand in place;
 * - path-level parameters and servers have moved into the operations; `nullable`, boolean `exclusiveMinimum` and
 *   `example` have become type arrays, numbers and `examples`.
 */

import type { ExternalDocsObject, Json, Schema } from "./schema-shape.ts";

export type { DiscriminatorObject, ExternalDocsObject, Json, Schema, SchemaObject, TypeName } from "./schema-shape.ts";

/** https://spec.openapis.org/oas/v3.1.1#openapi-object */
export interface OpenApiObject {
  readonly openapi: string;
  readonly info: InfoObject;
  readonly servers?: readonly ServerObject[];
  readonly paths: Readonly<Record<string, PathItemObject>>;
  readonly webhooks?: Readonly<Record<string, PathItemObject>>;
  readonly components?: ComponentsObject;
  readonly security?: readonly SecurityRequirementObject[];
  readonly tags?: readonly TagObject[];
  readonly externalDocs?: ExternalDocsObject;
  readonly [extension: `x-${string}`]: unknown;
}

export interface InfoObject {
  readonly title: string;
  readonly version: string;
  readonly summary?: string;
  readonly description?: string;
  readonly termsOfService?: string;
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string };
  readonly license?: { readonly name: string; readonly identifier?: string; readonly url?: string };
}

export interface ServerObject {
  readonly url: string;
  /** OpenAPI 3.2; https://spec.openapis.org/oas/v3.2.0#server-object */
  readonly name?: string;
  readonly description?: string;
  readonly variables?: Readonly<
    Record<string, { readonly default: string; readonly enum?: readonly string[]; readonly description?: string }>
  >;
}

export interface TagObject {
  readonly name: string;
  readonly summary?: string;
  readonly description?: string;
  readonly parent?: string;
  /** OpenAPI 3.2: what it is for, such as `nav` or `badge`. */
  readonly kind?: string;
  readonly externalDocs?: ExternalDocsObject;
}

export type SecurityRequirementObject = Readonly<Record<string, readonly string[]>>;

export interface ComponentsObject {
  readonly schemas?: Readonly<Record<string, Schema>>;
  readonly responses?: Readonly<Record<string, ResponseObject>>;
  readonly parameters?: Readonly<Record<string, ParameterObject>>;
  readonly requestBodies?: Readonly<Record<string, RequestBodyObject>>;
  readonly headers?: Readonly<Record<string, HeaderObject>>;
  readonly securitySchemes?: Readonly<Record<string, SecuritySchemeObject>>;
  readonly pathItems?: Readonly<Record<string, PathItemObject>>;
}

/** The fixed methods of a path item, in the order of the specification, `query` of OpenAPI 3.2 last. */
export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"] as const;
export type Method = (typeof methods)[number];

export type PathItemObject = { readonly [M in Method]?: OperationObject } & {
  readonly summary?: string;
  readonly description?: string;
  /** OpenAPI 3.2: operations of methods that have no field of their own. */
  readonly additionalOperations?: Readonly<Record<string, OperationObject>>;
};

export interface OperationObject {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly deprecated?: boolean;
  readonly externalDocs?: ExternalDocsObject;
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: RequestBodyObject;
  readonly responses?: Readonly<Record<string, ResponseObject>>;
  readonly callbacks?: Readonly<Record<string, Readonly<Record<string, PathItemObject>>>>;
  readonly security?: readonly SecurityRequirementObject[];
  readonly servers?: readonly ServerObject[];
  readonly [extension: `x-${string}`]: unknown;
}

export type ParameterIn = "path" | "query" | "header" | "cookie" | "querystring";
export type ParameterStyle =
  "matrix" | "label" | "simple" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject" | "cookie";

/** https://spec.openapis.org/oas/v3.1.1#parameter-object */
export interface ParameterObject extends HeaderObject {
  readonly name: string;
  readonly in: ParameterIn;
  readonly allowEmptyValue?: boolean;
}

/** https://spec.openapis.org/oas/v3.1.1#header-object */
export interface HeaderObject {
  readonly description?: string;
  readonly required?: boolean;
  readonly deprecated?: boolean;
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  readonly schema?: Schema;
  readonly content?: Readonly<Record<string, MediaTypeObject>>;
  readonly examples?: Readonly<Record<string, ExampleObject>>;
}

export interface ExampleObject {
  readonly summary?: string;
  readonly description?: string;
  readonly value?: Json;
  readonly externalValue?: string;
}

export interface RequestBodyObject {
  readonly description?: string;
  readonly required?: boolean;
  readonly content: Readonly<Record<string, MediaTypeObject>>;
}

export interface MediaTypeObject {
  readonly schema?: Schema;
  /** OpenAPI 3.2: the schema of each item of a sequential media type. */
  readonly itemSchema?: Schema;
  readonly examples?: Readonly<Record<string, ExampleObject>>;
  readonly encoding?: Readonly<Record<string, EncodingObject>>;
  readonly [extension: `x-${string}`]: unknown;
}

/** https://spec.openapis.org/oas/v3.1.1#encoding-object */
export interface EncodingObject {
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, HeaderObject>>;
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
}

export interface ResponseObject {
  readonly summary?: string;
  readonly description?: string;
  readonly headers?: Readonly<Record<string, HeaderObject>>;
  readonly content?: Readonly<Record<string, MediaTypeObject>>;
  readonly links?: Readonly<Record<string, LinkObject>>;
}

export interface LinkObject {
  readonly operationId?: string;
  readonly operationRef?: string;
  readonly parameters?: Readonly<Record<string, Json>>;
  readonly requestBody?: Json;
  readonly description?: string;
  readonly server?: ServerObject;
}

/** https://spec.openapis.org/oas/v3.1.1#security-scheme-object */
export interface SecuritySchemeObject {
  readonly type: "apiKey" | "http" | "mutualTLS" | "oauth2" | "openIdConnect";
  readonly description?: string;
  readonly name?: string;
  readonly in?: "query" | "header" | "cookie";
  readonly scheme?: string;
  readonly bearerFormat?: string;
  readonly flows?: Readonly<
    Record<
      string,
      {
        readonly scopes?: Readonly<Record<string, string>>;
        readonly tokenUrl?: string;
        readonly authorizationUrl?: string;
        readonly refreshUrl?: string;
        readonly deviceAuthorizationUrl?: string;
      }
    >
  >;
  readonly openIdConnectUrl?: string;
  readonly oauth2MetadataUrl?: string;
  readonly deprecated?: boolean;
  readonly [extension: `x-${string}`]: unknown;
}
