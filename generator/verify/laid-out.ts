/** The fixtures of an operation, made to be sent. */
import type { FixturesModule, RequestFixture, RequestOfNote } from "./modules.ts";

/** What a handler returns. */
export interface Reply {
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** The fixtures of one operation, laid out for proving. */
export interface OperationFixture {
  /** One for each media type of the body. */
  readonly requests: readonly RequestFixture[];
  /** Valid requests and replies, each at the edge of it in one place. */
  readonly edges: readonly RequestOfNote[];
  readonly replyEdges: readonly { readonly name: string; readonly reply: Reply }[];
  /** Invalid ones, each wrong in one place. */
  readonly invalid: readonly RequestOfNote[];
  /** One for each status and media type. */
  readonly replies: readonly Reply[];
}

/** The fixtures of an operation, made. The edges of the bodies of some statuses are `known` from elsewhere. */
export function layOutFixtures(
  fixture: FixturesModule[string] | undefined,
  known: readonly string[] = [],
): OperationFixture | undefined {
  if (fixture === undefined) return undefined;
  const { request, responses } = fixture;
  const requests = Object.values(request.byMediaType ?? {}).map((make) => make());
  const replies = Object.values(responses).flatMap((response) => {
    const media = Object.values(response.byMediaType ?? {});
    return media.length === 0 ? [response()] : media.map((make) => make());
  });
  const replyEdges = Object.entries(responses).flatMap(([status, response]) => {
    const own = response.edges.filter(({ pointer }) => !known.includes(status) || !pointer.startsWith("/body"));
    return spread(own).map(({ name, value }) => ({ name: `${status} ${name}`, reply: value }));
  });
  const { edges, invalid } = request;
  return { requests: requests.length === 0 ? [request()] : requests, edges, replyEdges, invalid, replies };
}

/** How many edges of one reply are sent. */
const most = 16;

/** Some of them, of all kinds: edges of one kind stand side by side. */
function spread<T>(edges: readonly T[]): readonly T[] {
  const step = Math.max(1, edges.length / most);
  return edges.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
