/**
 * Runtime expressions (OpenAPI 3.1, §4.8.20.4): how a callback or a link names a value of an exchange that has not happened when the
 * document is written, such as `$request.body#/callbackUrl`.
 */

/** A request and its answer, as the server that took part in them knows them. */
export interface CallbackSource {
  /** What the handler of the operation got. */
  readonly input: {
    readonly path?: Values | undefined;
    readonly query?: Values | undefined;
    readonly headers?: Values | undefined;
    readonly body?: unknown;
    /** For `$url` and `$method`, and for headers and query parameters that the operation does not declare. */
    readonly request?: Request | undefined;
  };
  /** What it answers; needed by expressions that start with `$response` or are `$statusCode`. */
  readonly reply?:
    | {
        readonly status?: number | undefined;
        readonly headers?: Values | undefined;
        readonly body?: unknown;
      }
    | undefined;
}

type Values = { readonly [name: string]: unknown };

/** The value that an expression leads to; `undefined` when nothing is there, or when it is no expression. */
export function evaluateExpression(expression: string, { input, reply }: CallbackSource): unknown {
  if (expression === "$url") return input.request?.url;
  if (expression === "$method") return input.request?.method;
  if (expression === "$statusCode") return reply?.status;
  const [, side, source = ""] = /^\$(request|response)\.(.+)$/s.exec(expression) ?? [];
  if (side === undefined) return undefined;
  const message =
    side === "request"
      ? { ...input, raw: input.request?.headers }
      : { headers: reply?.headers, body: reply?.body, raw: undefined };
  if (source === "body") return message.body;
  if (source.startsWith("body#")) return atPointer(message.body, source.slice("body#".length));
  const [, place, name = ""] = /^(header|query|path)\.(.+)$/s.exec(source) ?? [];
  if (place === "header") return headerOf(message.headers, name) ?? message.raw?.get(name) ?? undefined;
  if (side === "response") return undefined;
  if (place === "path") return ownMember(input.path, name);
  return place === "query" ? (ownMember(input.query, name) ?? queryOf(input.request, name)) : undefined;
}

/**
 * The address that the key of a callback leads to: an expression, or a text with expressions in braces. What an expression gives
 * at the start is taken as it is, since it may be a whole URL; further on it is percent-encoded. Throws an Error when an
 * expression leads to nothing that could be written.
 */
export function resolveAddress(template: string, source: CallbackSource): string {
  if (template.startsWith("$")) return written(template, source);
  return template.replace(/\{(\$[^{}]*)\}/g, (_whole, expression: string, place: number) => {
    const text = written(expression, source);
    return place === 0 ? text : encodeURIComponent(text);
  });
}

function written(expression: string, source: CallbackSource): string {
  const value = evaluateExpression(expression, source);
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return String(value);
  throw new globalThis.Error(
    `The expression ${expression} leads to ${value === undefined ? "nothing" : "no text"} in this exchange.`,
  );
}

// RFC 6901.
function atPointer(document: unknown, pointer: string): unknown {
  if (pointer === "") return document;
  if (!pointer.startsWith("/")) return undefined;
  let value = document;
  for (const token of pointer.slice(1).split("/")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = ownMember(value, token.replaceAll("~1", "/").replaceAll("~0", "~"));
  }
  return value;
}

// RFC 9110, §5.1: the names of headers have no case.
function headerOf(headers: Values | undefined, name: string): unknown {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function queryOf(request: Request | undefined, name: string): string | undefined {
  return request === undefined ? undefined : (new URL(request.url).searchParams.get(name) ?? undefined);
}

function ownMember(holder: object | undefined, name: string): unknown {
  return holder !== undefined && Object.hasOwn(holder, name) ? Reflect.get(holder, name) : undefined;
}
