/** One call of a path-style client: options → Request → middlewares → `fetch` → middlewares → `data` or `error`. */
import { takesStreams } from "./request-streams.js";
import type { Departure, DocumentFacts } from "./departures.js";
import type { ClientOptions, HeadersOptions, MergedOptions, Middleware } from "./options.js";
import {
  createQuerySerializer,
  defaultBodySerializer,
  defaultPathSerializer,
  mergeHeaders,
} from "./serializers.js";
import type { AnyOptions, AnyResponse } from "./types.js";

/** Calls an operation. What is given for the call goes before what is given for the client, and that before the document. */
export async function call(
  {
    baseUrl: clientUrl,
    fetch: clientFetch,
    Request: ClientRequest,
    headers: clientHeaders,
    querySerializer: clientQuery,
    bodySerializer: clientBody,
    pathSerializer: clientPath,
    requestInitExt,
    ...clientInit
  }: ClientOptions,
  facts: DocumentFacts,
  registered: readonly Middleware[],
  method: string,
  schemaPath: string,
  options: AnyOptions = {},
): Promise<AnyResponse> {
  const departure: Departure = facts.departures?.[`${method} ${schemaPath}`] ?? {};
  const {
    baseUrl: callUrl,
    fetch = clientFetch ?? (globalThis.fetch as Fetch),
    Request = ClientRequest ?? globalThis.Request,
    headers: callHeaders,
    params = {},
    parseAs,
    querySerializer: callQuery,
    bodySerializer = clientBody,
    pathSerializer = clientPath ?? departure.pathSerializer ?? defaultPathSerializer,
    body,
    middleware = [],
    ...init
  } = options;
  const baseUrl = (callUrl || (clientUrl ?? departure.baseUrl ?? facts.baseUrl ?? "")).replace(/\/$/, "");
  const query = callQuery ?? clientQuery ?? departure.querySerializer;
  const querySerializer =
    typeof query === "function" ? query : createQuerySerializer({ ...clientQuery, ...callQuery });

  const parameters = departure.headers ? departure.headers(params) : params.header;
  const given = [clientHeaders, callHeaders, parameters as HeadersOptions | undefined];
  let written: unknown;
  let contentType: string | undefined;
  if (body !== undefined) {
    const asked = mergeHeaders(...given);
    if (bodySerializer === undefined && departure.body)
      ({ body: written, contentType } = departure.body(body, asked));
    else written = (bodySerializer ?? defaultBodySerializer)(body, asked);
  }
  // What is no text has a media type of its own, or none that could be known.
  const headers = mergeHeaders(
    typeof written === "string" ? { "Content-Type": "application/json" } : undefined,
    ...given,
  );
  if (contentType !== undefined) headers.set("Content-Type", contentType);

  let url = baseUrl + schemaPath;
  if (params.path || departure.pathSerializer) url = pathSerializer(url, params.path ?? {});
  const search = querySerializer(params.query ?? {}).replace(/^\?/, "");
  if (written instanceof ReadableStream && !takesStreams(Request))
    throw new TypeError("No stream can be sent from here. Send a Blob.");
  const requestInit = { ...clientInit, ...init, method, headers, body: written, duplex: "half" };
  let request = new Request(search ? `${url}?${search}` : url, requestInit as RequestInit);
  // What a Request does not know is kept on it, for a `fetch` or a middleware that does.
  for (const [name, value] of Object.entries(init))
    if (!(name in request)) Object.assign(request, { [name]: value });

  const middlewares = [...registered, ...middleware];
  const told = {
    schemaPath,
    params,
    id: Math.random().toString(36).slice(2, 11),
    // As openapi-fetch has it; a `fetch` of one's own takes a Request alone.
    options: Object.freeze({
      baseUrl,
      fetch,
      parseAs: parseAs ?? "json",
      querySerializer,
      bodySerializer: bodySerializer ?? defaultBodySerializer,
      pathSerializer,
    } as MergedOptions),
  };
  let response: Response | undefined;
  for (const one of middlewares) {
    const result: unknown = await one.onRequest?.({ request, ...told });
    if (result instanceof Response) {
      response = result;
      break;
    }
    if (result instanceof globalThis.Request) request = result;
    else if (result) throw new Error("onRequest returns a Request, a Response or nothing.");
  }
  if (response === undefined) {
    middlewares.reverse();
    try {
      response = await (fetch as Fetch)(request, requestInitExt);
    } catch (thrown) {
      let error = thrown;
      for (const one of middlewares) {
        const result: unknown = await one.onError?.({ request, error, ...told });
        if (result instanceof Response) {
          response = result;
          break;
        }
        if (result instanceof Error) error = result;
        else if (result) throw new Error("onError returns a Response, an Error or nothing.");
      }
      if (response === undefined) throw error;
    }
    for (const one of middlewares) {
      const result: unknown = await one.onResponse?.({ request, response, ...told });
      if (result instanceof Response) response = result;
      else if (result) throw new Error("onResponse returns a Response or nothing.");
    }
  }
  return read(request, response, parseAs, departure);
}

type Fetch = (input: Request, init?: object) => Promise<Response>;

async function read(
  request: Request,
  response: Response,
  parseAs: AnyOptions["parseAs"],
  { answer, failure }: Departure,
): Promise<AnyResponse> {
  const { status, ok, headers } = response;
  const empty =
    status === 204 ||
    request.method === "HEAD" ||
    (headers.get("Content-Length") === "0" && !headers.get("Transfer-Encoding")?.includes("chunked"));
  if (ok) {
    if (empty) return { status, data: undefined, response };
    if (parseAs === "stream") return { status, data: response.body, response };
    if (parseAs && parseAs !== "json") return { status, data: await response[parseAs](), response };
    if (!parseAs && answer) return { status, data: await answer(response), response };
  }
  const text = empty ? "" : await response.text();
  let body: unknown = text || undefined;
  const decoded = text && !ok ? await failure?.(text, response) : undefined;
  if (decoded !== undefined) return { status, error: decoded, response };
  try {
    if (text) body = JSON.parse(text);
  } catch (error) {
    if (ok) throw error;
  }
  return ok ? { status, data: body, response } : { status, error: body, response };
}
