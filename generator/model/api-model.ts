import type { Location } from "../diagnostics/location.ts";
import type {
  EncodingObject,
  ExampleObject,
  ExternalDocsObject,
  InfoObject,
  LinkObject,
  Method,
  ParameterIn,
  ParameterStyle,
  Schema,
  SecuritySchemeObject,
  ServerObject,
  TagObject,
} from "../openapi/shapes.ts";
import type { Formats } from "./formats.ts";
import type { LongRunning, Selection } from "./extension-model.ts";
import type { Pagination } from "./pagination/pagination.ts";

export type { FollowUp, FollowUpParameter, LongRunning, Selection } from "./extension-model.ts";

/** What the emitters read: one API, in spec order, with every name already chosen. */
export interface ApiModel {
  readonly info: InfoObject;
  /** `posthogEnvironmentsApi` style identifier made from the title. */
  readonly name: string;
  readonly servers: readonly ServerObject[];
  readonly tags: readonly TagObject[];
  readonly externalDocs?: ExternalDocsObject;
  readonly operations: readonly Operation[];
  /** The paths in spec order, each with its operations. */
  readonly paths: readonly PathItem[];
  /** Requests that the API sends to who has asked for them by other means. */
  readonly webhooks: readonly Hook[];
  /** Requests that the API sends to an address that an operation was given, in the order of the operations. */
  readonly callbacks: readonly Hook[];
  readonly schemas: readonly NamedSchema[];
  /** `#/components/schemas/<key>` to its schema. */
  readonly schemaByReference: ReadonlyMap<string, NamedSchema>;
  readonly components: ComponentsModel;
  /** The types that were chosen for formats, where they are not the defaults. */
  readonly formats: Formats;
  readonly securitySchemes: readonly SecurityScheme[];
  /**
   * Path parameters that stand in the prefix common to all paths (of at least two operations), in path order:
   * they can be given once, when a client is made.
   */
  readonly sharedPathParameters: readonly SharedPathParameter[];
  readonly at: Location;
}

/** The named components that the `components` type lists, beside the schemas. */
export interface ComponentsModel {
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly responses: ReadonlyMap<string, Response>;
  readonly requestBodies: ReadonlyMap<string, RequestBody>;
  readonly headers: ReadonlyMap<string, Header>;
}

export interface SharedPathParameter {
  readonly name: string;
  /** The identifier in the client's options: `projectId` for `project_id`. */
  readonly property: string;
  readonly parameter: Parameter;
}

export interface PathItem {
  readonly path: string;
  readonly summary?: string;
  readonly description?: string;
  readonly operations: readonly Operation[];
  readonly at: Location;
}

/** A schema of `components.schemas`. */
export interface NamedSchema {
  /** The key in `components.schemas`, as written. */
  readonly key: string;
  /** `#/components/schemas/<key>`, escaped. */
  readonly reference: string;
  /** The exported type's identifier, unique among all exported types; never the name of a global we use. */
  readonly name: string;
  /** The identifier of the type that requests use, when readOnly or writeOnly make it differ at any depth. */
  readonly writableName?: string;
  /** The identifier of its factory and of nothing else in the fixtures module: `sessionRecording`. */
  readonly factoryName: string;
  readonly schema: Schema;
  readonly at: Location;
}

export interface Operation {
  /** The operationId as written, or derived from method and path: the key in the `operations` type; unique. */
  readonly id: string;
  /** A camelCase identifier, unique among operations: `environmentsQueryCreate`. */
  readonly name: string;
  readonly method: Method | (string & {});
  /** The path template: `/api/environments/{project_id}/query/{id}/`. */
  readonly path: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  readonly externalDocs?: ExternalDocsObject;
  /** The chain of resources it belongs to, as identifiers: `["sessionRecordings", "sharing"]`. */
  readonly resource: readonly string[];
  /** Its method name on that resource: `list`. Unique there, among actions and sub-resources. */
  readonly action: string;
  readonly parameters: readonly Parameter[];
  readonly body?: RequestBody;
  readonly responses: readonly Response[];
  /** Alternatives (OR) of schemes that must all be met (AND). Empty: no security. An empty alternative: optional. */
  readonly security: readonly SecurityRequirement[];
  /** The operation's own servers, when it or its path item has some. */
  readonly servers: readonly ServerObject[];
  /** From `x-triad-pagination`, or inferred. Absent: the answer is no page of a list. */
  readonly pagination?: Pagination;
  /** From `x-triad-long-running`: it may go to the background, and another operation tells how it is going. */
  readonly longRunning?: LongRunning;
  /** Where other operations have its method and URL: what is in its requests alone. */
  readonly tells?: readonly Tell[];
  /** The id of another operation that takes its requests, since nothing tells them apart. */
  readonly shadowedBy?: string;
  /** `x-…` members, as written. */
  readonly extensions: Readonly<Record<string, unknown>>;
  /** Whether the API sends the request and somebody else answers it. */
  readonly sent?: true;
  readonly at: Location;
}

/**
 * A webhook or a callback: the API sends the request. Its `name` is unique among webhooks, or among callbacks; it has no place
 * in the client, and its `path` is the webhook's key or the callback's expression.
 */
export interface Hook extends Operation {
  readonly sent: true;
  /** The key of the webhook, or of the callback, as written. */
  readonly event: string;
  /** For a callback: the id of its operation, and the runtime expression that leads to its address. */
  readonly callback?: { readonly operation: string; readonly expression: string };
}

/** A parameter that always has one text. The name of a header is in lower case. */
export interface Tell {
  readonly in: "query" | "header";
  readonly name: string;
  readonly value: string;
}

/** An example with its key among the others. */
export interface Example extends ExampleObject {
  readonly key: string;
}

/** How a value is written on the wire: by style (RFC 6570) or as a document of a media type. */
export type Serialization =
  | { readonly kind: "style"; readonly style: ParameterStyle; readonly explode: boolean; readonly allowReserved: boolean }
  | { readonly kind: "content"; readonly mediaType: string };

export interface Parameter {
  readonly name: string;
  readonly in: ParameterIn;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly allowEmptyValue: boolean;
  readonly description?: string;
  readonly schema: Schema;
  readonly serialization: Serialization;
  readonly examples: readonly Example[];
  /** The security scheme of the operation that sends its credential there too: what is given for the parameter goes before it. */
  readonly credential?: string;
  readonly at: Location;
}

export interface Header {
  readonly name: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description?: string;
  readonly schema: Schema;
  readonly serialization: Serialization;
  readonly examples: readonly Example[];
  readonly at: Location;
}

export interface RequestBody {
  readonly description?: string;
  readonly required: boolean;
  /** One for each media type, in spec order. The first is what the client sends unless told otherwise. */
  readonly contents: readonly Content[];
  readonly at: Location;
}

/** How a body of a media type is treated: the codec it takes. `binary` is bytes; `text` also takes XML through. */
export type ContentKind = "json" | "urlencoded" | "multipart" | "text" | "binary" | "json-lines" | "event-stream";

export interface Content {
  /** As written, such as `application/json` or `image/*`; parameters kept. */
  readonly mediaType: string;
  readonly kind: ContentKind;
  /** Absent when the document gives none: any value of that kind. */
  readonly schema?: Schema;
  readonly itemSchema?: Schema;
  readonly encoding: Readonly<Record<string, EncodingObject>>;
  /** The members of a multipart body that are `{ value, headers }` in its schema, with the headers of their parts. */
  readonly partHeaders?: Readonly<Record<string, readonly Header[]>>;
  readonly examples: readonly Example[];
  /** In an answer, from `x-triad-select`: what the schema is for certain, by a value in the request. */
  readonly select?: Selection;
  /** `x-…` members, as written, if there are some. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly at: Location;
}

/** A status code, a range such as `4XX`, or `default`. */
export type StatusKey = number | `${1 | 2 | 3 | 4 | 5}XX` | "default";

export interface Response {
  readonly status: StatusKey;
  readonly summary?: string;
  readonly description?: string;
  /** Empty: no body. */
  readonly contents: readonly Content[];
  readonly headers: readonly Header[];
  readonly links: Readonly<Record<string, LinkObject>>;
  readonly at: Location;
}

/** Schemes that must all be met, with the scopes (or roles) each needs. */
export type SecurityRequirement = readonly { readonly scheme: string; readonly scopes: readonly string[] }[];

export interface SecurityScheme {
  /** The key in `components.securitySchemes`. */
  readonly key: string;
  readonly kind: "bearer" | "basic" | "http" | "apiKey" | "oauth2" | "openIdConnect" | "mutualTLS";
  readonly description?: string;
  /** For `apiKey`: where it goes. */
  readonly in?: "query" | "header" | "cookie";
  /** For `apiKey`: the name of the parameter. For `http`: the scheme, such as `digest`. */
  readonly name?: string;
  /** From `x-triad-env`: the environment variable that a client reads the credential from unless told otherwise. */
  readonly environmentVariable?: string;
  /** What the document says of it, for the docs; absent for one that nobody declares. */
  readonly written?: SecuritySchemeObject;
  readonly at: Location;
}

/** Which side a schema is read from: readOnly is absent in a `request`, writeOnly in a `response`. */
export type Direction = "request" | "response";
