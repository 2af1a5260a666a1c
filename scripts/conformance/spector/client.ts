/** The generated client against Spector's mock server: every call of every scenario, and what Spector says of it. */
import { isDeepStrictEqual } from "node:util";
import type { ContentKind, Operation } from "../../../generator/model/api-model.ts";
import { type Api, findOperation } from "./documents.ts";
import { type Input, inputOf, valueOfContent } from "./input.ts";
import { contentOf, type MockCall, type Scenario, wirePath } from "./scenarios.ts";

/** What a path-style call gives. */
interface Answer {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** A generated client, as far as the suite needs it: by method in capitals in path style, by resource in the other. */
export interface GeneratedClient {
  readonly [member: string]: unknown;
}

/** Makes a generated client with the credentials of a call. */
export async function makeClient(api: Api, baseUrl: string, auth: Input["auth"] = {}): Promise<GeneratedClient> {
  // What is imported was generated a moment ago.
  const { createClient } = (await api.modules.import("client")) as { createClient(options: object): GeneratedClient };
  // The main scheme of a document has an option of its own.
  const tokens = Object.entries(auth).map(([key, token]) => [optionOf(api, key), token]);
  return createClient({
    server: `${baseUrl}${api.basePath}`,
    onDeprecation: null,
    maxRetries: 0,
    auth,
    ...Object.fromEntries(tokens),
  });
}

function optionOf({ model }: Api, key: string): string {
  const kind = model.securitySchemes.find((scheme) => scheme.key === key)?.kind;
  return kind === "oauth2" || kind === "openIdConnect" ? "accessToken" : "apiKey";
}

/** Makes the calls of a scenario one after the other; what is wrong with an answer, or `undefined`. */
export async function callScenario(
  apis: readonly Api[],
  scenario: Scenario,
  baseUrl: string,
  bodies: readonly unknown[] = [],
): Promise<string | undefined> {
  for (const [index, call] of scenario.calls.entries()) {
    const found = findOperation(apis, call.method, wirePath(call));
    if (found === undefined) return `the document has no operation ${call.method.toUpperCase()} ${wirePath(call)}`;
    const { api, operation, texts } = found;
    try {
      const input = inputOf(api.model, operation, call, texts);
      const body = bodies[index] ?? input.parts.body;
      const problem = await makeCall(api, operation, { ...input, parts: { ...input.parts, body } }, call, baseUrl);
      if (problem !== undefined) return problem;
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
  }
  return undefined;
}

async function makeCall(
  api: Api,
  operation: Operation,
  { parts, headers, auth }: Input,
  call: MockCall,
  baseUrl: string,
): Promise<string | undefined> {
  const client = await makeClient(api, baseUrl, auth);
  const { path, query, header, body, contentType } = parts;
  const method = operation.method.toUpperCase();
  // A method of the class, which needs its `this`.
  const ask = client[method] as (this: GeneratedClient, path: string, init: object) => Promise<Answer>;
  const answer = await ask.call(client, operation.path, { params: { path, query, header }, body, contentType, headers });
  return answerProblem(operation, call, answer, baseUrl);
}

async function answerProblem(
  operation: Operation,
  { response: expected }: MockCall,
  { data, error, response }: Answer,
  baseUrl: string,
): Promise<string | undefined> {
  const actual = response.status < 400 ? data : error;
  if (response.status !== expected.status)
    return `answered ${response.status} instead of ${expected.status}: ${JSON.stringify(actual)}`;
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    const text = response.headers.get(name);
    if (text?.split(";")[0] !== String(value).split(";")[0]) return `the header ${name} is ${JSON.stringify(text)}`;
  }
  if (expected.body === undefined || operation.method === "head") return undefined;
  const kind = kindOf(operation, expected.status, expected.body.contentType);
  if (kind === undefined) return undefined;
  const wanted = valueOfContent(contentOf(expected.body, baseUrl), kind, expected.body.contentType);
  if (isDeepStrictEqual(await comparable(actual), await comparable(wanted))) return undefined;
  return `the body arrives as ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`;
}

/** The codec of an answer; `undefined` where the document says that the status has no body. */
export function kindOf(operation: Operation, status: number, mediaType: string): ContentKind | undefined {
  const response =
    operation.responses.find((one) => one.status === status) ??
    operation.responses.find((one) => one.status === `${String(status).charAt(0)}XX` || one.status === "default");
  return (response?.contents.find((content) => content.mediaType === mediaType) ?? response?.contents[0])?.kind;
}

/** Blobs are compared by their bytes, streams by their items. */
export async function comparable(value: unknown): Promise<unknown> {
  if (isStream(value)) {
    const items: unknown[] = [];
    for await (const item of value) items.push(await comparable(item));
    return items;
  }
  if (value instanceof Blob) return { bytes: Buffer.from(await value.arrayBuffer()).toString("base64") };
  if (Array.isArray(value)) return Promise.all(value.map(comparable));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(async ([key, member]): Promise<[string, unknown]> => [key, await comparable(member)]);
  return Object.fromEntries(await Promise.all(entries));
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
