/** Names that spec text must never take. Data: add to the lists when an emitter exports or uses a new name. */

/** Words that no `const`, parameter or import may be called in a module (ECMA-262 §12.7.2, strict mode), and literals. */
export const reservedWords: ReadonlySet<string> = new Set([
  "arguments", "as", "async", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do",
  "else", "enum", "eval", "export", "extends", "false", "finally", "for", "from", "function", "if", "implements", "import", "in",
  "instanceof", "interface", "let", "new", "null", "of", "package", "private", "protected", "public", "return", "static", "super",
  "switch", "this", "throw", "true", "try", "type", "typeof", "undefined", "var", "void", "while", "with", "yield",
  "globalThis", "NaN", "Infinity",
]);

/**
 * Members that every object has, or that change what an object is (`then` makes it a promise, `default` and `toJSON` likewise):
 * a handler of that name would never be missing, and a resource of that name would not be the one that was meant.
 */
export const objectMembers: ReadonlySet<string> = new Set([
  "constructor", "toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toJSON",
  "then", "prototype", "__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__",
]);

/** Types of TypeScript, its library and the DOM that emitted files may use by these names. */
export const globalTypes: ReadonlySet<string> = new Set([
  "AbortController", "AbortSignal", "Array", "ArrayBuffer", "ArrayBufferView", "AsyncGenerator", "AsyncIterable", "AsyncIterableIterator",
  "AsyncIterator", "Awaited", "BigInt", "Blob", "BodyInit", "Boolean", "Capitalize", "ConstructorParameters", "Date",
  "DOMException", "Error", "Exclude", "Extract", "FormData", "Function",
  "Headers", "HeadersInit", "InstanceType", "Iterable", "IterableIterator", "JSON", "Lowercase", "Map",
  "NoInfer", "NonNullable", "Number", "Object", "Omit", "OmitThisParameter", "Parameters", "Partial", "Pick", "Promise", "PromiseLike",
  "PropertyKey", "RangeError", "ReadableStream", "Readonly", "ReadonlyArray", "ReadonlyMap", "ReadonlySet", "Record",
  "RegExp", "Request", "RequestInfo", "RequestInit", "Required", "Response", "ResponseInit", "ReturnType", "Set", "String", "Symbol",
  "SyntaxError", "TemplateStringsArray", "TextDecoder", "TextEncoder", "ThisParameterType", "ThisType", "TransformStream", "TypeError",
  "URL", "URLSearchParams", "Uint8Array", "Uncapitalize", "Uppercase", "WeakMap", "WeakSet", "WritableStream",
  "any", "bigint", "boolean", "never", "number", "object", "string", "symbol", "unknown",
]);

/** Types that the emitted modules export beside the schemas, where an `index.ts` that re-exports both would hide one. */
export const ourTypes: ReadonlySet<string> = new Set([
  "ApiCall", "ApiError", "CallOptions", "Client", "ClientOptions", "Handlers", "OperationError", "PagedCall", "RouterOptions",
  "$defs", "components", "createClient", "errors", "isOperationError", "operations", "paths", "selections", "webhooks",
]);

/** Values that emitted modules import as containers, or export beside one entry for each operation. */
export const ourValues: ReadonlySet<string> = new Set([
  "components", "createClient", "createRouter", "descriptors", "errors", "factories", "fixtures", "operations", "paths", "runtime", "types",
  "validators", "webhooks",
]);

/** Members of the client itself, which no resource at its root may shadow. */
export const clientMembers: ReadonlySet<string> = new Set([
  "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY", "request", "errors", "withOptions",
]);

/** Options of the client itself, which no shared path parameter may shadow. */
export const clientOptions: ReadonlySet<string> = new Set([
  "apiKey", "auth", "baseUrl", "credentials", "fetch", "headers", "maxRetries", "retries", "retry", "security", "server", "serverUrl",
  "serverVariables", "signal", "timeout", "token", "username", "password", "validate", "onRequest", "onResponse",
]);
