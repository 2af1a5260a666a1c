/** The generated client, sending to a server that somebody else wrote, and the generated checks of what comes back. */
import type { ApiModel, Operation } from "../model/api-model.ts";
import { securityDescriptor } from "../model/security-descriptor.ts";
import type { CoreModule, FixturesModule, OperationsModule, RequestFixture } from "./modules.ts";
import { ownOf, withoutRequired } from "./open-stage.ts";
import { layOutFixtures, type OperationFixture } from "./laid-out.ts";
import type { Modules } from "./transpile.ts";

/** Where requests go, and what goes with them. */
export interface ContractTarget {
  /** The URL up to the paths, without a slash at the end. */
  readonly url: string;
  /** Sent with every request. */
  readonly headers: { readonly [name: string]: string };
  /** By the keys of their security schemes. */
  readonly credentials: { readonly [scheme: string]: string | { readonly username: string; readonly password: string } };
  /** Milliseconds for each request, its answer's body included. */
  readonly timeout: number;
  /** Requests in a second, at most; Infinity: as many as can be. */
  readonly rate: number;
}

/** What came of a request. */
export interface Answer {
  /** The method and URL that were sent. */
  readonly request: string;
  /** Absent when nothing came; `problem` says why. */
  readonly status?: number;
  readonly contentType?: string;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly problem?: string;
}

interface PointedProblem {
  readonly pointer: string;
  readonly message: string;
}

/** Who sends, and knows what is declared. */
export interface Correspondent {
  fixtureOf(operation: Operation): OperationFixture | undefined;
  /** `relaxed`: what is required may be missing. */
  send(operation: Operation, request: RequestFixture, relaxed: boolean): Promise<Answer>;
  /** The content that a Content-Type is of, among those of a response. */
  contentOf(operation: Operation, key: string, contentType: string | undefined): Content | undefined;
  /** The declared headers that can be decoded, and what is wrong with each. */
  headersOf(
    operation: Operation,
    key: string,
    headers: Headers,
  ): readonly { readonly name: string; readonly problems: readonly PointedProblem[] }[];
  /** The body of an answer as the client reads it. Throws an Error that says why it cannot. */
  read(content: Content, answer: Answer): Promise<unknown>;
  bodyProblems(operation: Operation, key: string, mediaType: string, value: unknown): readonly PointedProblem[];
}

interface Content {
  readonly mediaType: string;
  readonly kind: string;
  readonly shape?: unknown;
}

interface HeaderDescriptor {
  readonly name: string;
  readonly codec?: { encode(value: unknown): unknown };
}

type Contract = object | undefined;
type ResponseContracts = Readonly<
  Record<string, { readonly body?: Readonly<Record<string, Contract>>; readonly headers?: Readonly<Record<string, Contract>> }>
>;

/** Makes the client. What is imported was generated a moment ago; the types here say what the emitters promise. */
export async function openContract(model: ApiModel, modules: Modules, target: ContractTarget): Promise<Correspondent> {
  const descriptors = (await modules.import("operations")) as OperationsModule &
    Readonly<
      Record<
        string,
        {
          readonly responses: readonly {
            readonly status: string;
            readonly contents?: readonly Content[];
            readonly headers?: readonly HeaderDescriptor[];
          }[];
        }
      >
    >;
  const fixtures = (await modules.import("fixtures")) as FixturesModule;
  const validators = (await modules.import("operation-validators")) as Readonly<
    Record<string, { readonly responses?: ResponseContracts }>
  >;
  const { createCore } = (await modules.import("runtime/client/core")) as unknown as CoreModule;
  const { selectContent } = (await modules.import("runtime/wire/media-type")) as unknown as {
    selectContent(contents: readonly Content[], contentType: string | null): Content | undefined;
  };
  const { readHeaders } = (await modules.import("runtime/client/response-headers")) as unknown as {
    readHeaders(declared: readonly HeaderDescriptor[], headers: Headers): Readonly<Record<string, unknown>>;
  };
  const { decodeBody } = (await modules.import("runtime/wire/decode-body")) as unknown as {
    decodeBody(content: Content, bearer: Response, shape: unknown): Promise<unknown>;
  };
  const { validate } = (await modules.import("runtime/server/validate")) as unknown as {
    validate(contract: Contract, value: unknown, place: object, problems: PointedProblem[]): boolean;
  };
  const responseIn = ({ name }: Operation, key: string) =>
    ownOf(descriptors, name).responses.find(({ status }) => status === key);
  const problemsOf = (contract: Contract, value: unknown): readonly PointedProblem[] => {
    const problems: PointedProblem[] = [];
    validate(contract, value, {}, problems);
    return problems;
  };
  const wait = pacer(target.rate);
  return {
    fixtureOf: ({ name }) => layOutFixtures(fixtures[name]),
    async send(operation, request, relaxed) {
      await wait();
      const descriptor = ownOf(descriptors, operation.name);
      let seen: Answer | undefined;
      let sent = `${operation.method.toUpperCase()} ${operation.path}`;
      // The client only sees that there was an answer: nothing is followed, and nothing is asked again.
      const fetchOnce = async (url: string, init: RequestInit): Promise<Response> => {
        sent = `${init.method ?? "GET"} ${url}`;
        seen = await ask(url, init, target.timeout, sent);
        return new Response(null, { status: 204 });
      };
      const securitySchemes = Object.fromEntries(model.securitySchemes.map((scheme) => [scheme.key, securityDescriptor(scheme)]));
      const { url: baseUrl, headers, credentials: auth } = target;
      const call = createCore({ baseUrl, headers, auth, securitySchemes, onDeprecation: null, fetch: fetchOnce });
      try {
        await call(relaxed ? withoutRequired(descriptor) : descriptor, request, { timeout: 2 * target.timeout }).asResponse();
      } catch (error) {
        seen ??= { request: sent, headers: new Headers(), bytes: new Uint8Array(), problem: reasonOf(error) };
      }
      return seen ?? { request: sent, headers: new Headers(), bytes: new Uint8Array(), problem: "nothing was sent" };
    },
    contentOf: (operation, key, contentType) => selectContent(responseIn(operation, key)?.contents ?? [], contentType ?? null),
    headersOf(operation, key, headers) {
      const declared = responseIn(operation, key)?.headers ?? [];
      const values = readHeaders(declared, headers);
      const contracts = validators[operation.name]?.responses?.[key]?.headers ?? {};
      return declared
        .filter(({ name }) => Object.hasOwn(values, name))
        .map(({ name, codec }) => {
          const wire = codec === undefined ? values[name] : codec.encode(values[name]);
          return { name, problems: problemsOf(contracts[name], wire) };
        });
    },
    read: (content, { bytes, headers }) => decodeBody(content, new Response(Buffer.from(bytes), { headers }), content.shape),
    bodyProblems: (operation, key, mediaType, value) =>
      problemsOf(validators[operation.name]?.responses?.[key]?.body?.[mediaType], value),
  };
}

async function ask(url: string, init: RequestInit, timeout: number, request: string): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(timeout) });
    const contentType = response.headers.get("Content-Type");
    // A stream of events may go on for ever: its head is all that is looked at.
    const streams = contentType !== null && /event-stream|json-?l|ndjson|json-seq/i.test(contentType);
    const bytes = streams ? new Uint8Array() : new Uint8Array(await response.arrayBuffer());
    if (streams) await response.body?.cancel();
    const { status, headers } = response;
    return { request, status, headers, bytes, ...(contentType === null ? {} : { contentType }) };
  } catch (error) {
    return { request, headers: new Headers(), bytes: new Uint8Array(), problem: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.message === "" && "code" in cause ? String(cause.code) : cause.message;
}

/** Lets so many through in a second, evenly. */
function pacer(rate: number): () => Promise<void> {
  let next = 0;
  return async () => {
    if (rate === Number.POSITIVE_INFINITY) return;
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + 1000 / rate;
    if (at > now) await new Promise((resolve) => setTimeout(resolve, at - now));
  };
}
