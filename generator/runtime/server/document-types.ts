/** An OpenAPI document as it is served. */
export interface OpenApiDocument {
  /** Where it is served, below `basePath`: `/openapi.json`. */
  readonly path: string;
  /** The document in JSON. */
  readonly text: string;
}

/** A page that shows the operations, and tries them. */
export interface DocsPage {
  /** Where it is served, below `basePath`: `/docs`. What it is made of stands below that. */
  readonly path: string;
  /** By their names: `page.html` and what that asks for. */
  readonly files: { readonly [name: string]: string };
}

/** What a router serves beside its operations. */
export interface DocumentOptions {
  /**
   * The document, for GET and without credentials: `openapi` of the generated module of that name, or `{ ...openapi, path: "/api.json" }`.
   * It goes before an operation with the same path. Default: it is not served.
   */
  readonly document?: OpenApiDocument;
  /** A page of the operations: `docs` of the generated `docs-page`, or `{ ...docs, path: "/reference" }`. Default: there is none. */
  readonly docs?: DocsPage;
}
