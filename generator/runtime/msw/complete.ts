import type { OperationDescriptor } from "../operation.js";
import type { Reply } from "../server/reply.js";

/** The factories of replies, by the keys of the responses; what no value could be made for is not there. */
export type ReplyFixtures = {
  readonly [status: string]: (() => Reply) & {
    readonly byMediaType: { readonly [mediaType: string]: () => Reply };
  };
};

/**
 * A reply in which all that was left out is as in the fixture of its status; that of the first success when there is no status. Of several
 * media types the one that is told, or that the caller likes best. Throws an Error when there is no such fixture.
 */
export function completed(
  operation: OperationDescriptor,
  fixtures: ReplyFixtures | undefined = {},
  reply: Partial<Reply>,
  accepts: (first: string, ...others: string[]) => string,
): Reply {
  const key = reply.status === undefined ? usual(operation, fixtures) : keyOf(operation, reply.status);
  const factory = key === undefined ? undefined : fixtures[key];
  const fixture = factory === undefined ? undefined : fixtureOf(factory, reply, accepts);
  const { status = fixture?.status, body } = reply;
  const response = operation.responses.find((each) => each.status === key);
  if (
    status === undefined ||
    (fixture === undefined && body === undefined && response?.contents !== undefined)
  )
    throw new Error(
      `No fixture could be made for ${status ?? "a response"} of ${operation.id}: tell its body.`,
    );
  return { ...fixture, ...defined(reply), status, headers: { ...fixture?.headers, ...reply.headers } };
}

/** The key of the first success that has a fixture; else `default`; else of the first response that has one. */
function usual({ responses }: OperationDescriptor, fixtures: ReplyFixtures): string | undefined {
  const keys = responses.map(({ status }) => status).filter((key) => Object.hasOwn(fixtures, key));
  return keys.find((key) => key.startsWith("2")) ?? keys.find((key) => key === "default") ?? keys[0];
}

function keyOf({ responses }: OperationDescriptor, status: number): string | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, "default"];
  return keys.find((key) => responses.some((response) => response.status === key));
}

function fixtureOf(
  factory: ReplyFixtures[string],
  { contentType, body }: Partial<Reply>,
  accepts: (first: string, ...others: string[]) => string,
): Reply {
  const [first, ...others] = Object.keys(factory.byMediaType);
  if (first === undefined) return factory();
  if (contentType !== undefined) {
    const made = Object.values(factory.byMediaType).map((make) => make());
    const fitting = made.find((each) => each.contentType === contentType);
    return fitting ?? { ...factory(), contentType };
  }
  const made = (factory.byMediaType[accepts(first, ...others)] ?? factory)();
  // Of a body of one's own the server tells the media type.
  if (body === undefined || others.length === 0) return made;
  const { contentType: _contentType, ...rest } = made;
  return rest;
}

function defined(reply: Partial<Reply>): Partial<Reply> {
  return Object.fromEntries(Object.entries(reply).filter(([, value]) => value !== undefined));
}
