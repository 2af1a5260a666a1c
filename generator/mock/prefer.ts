/** What a caller wishes of an answer: RFC 7240, with the preferences that Prism has made usual. */
export interface Wishes {
  readonly code?: number;
  /** The name of an example of the document. */
  readonly example?: string;
  /** Whether the answer is made anew instead of taken from the document. */
  readonly dynamic?: boolean;
  readonly seed?: string;
}

const none: Wishes = {};

/** Reads a `Prefer` header: `code=404, example="cat"`. What is no preference of ours is passed over, as the RFC has it. */
export function readPrefer(header: unknown): Wishes {
  if (typeof header !== "string" || header === "") return none;
  const pairs = new Map<string, string>();
  for (const [, name = "", quoted, plain] of header.matchAll(/([\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;]*)))?/g)) {
    const key = name.toLowerCase();
    // RFC 7240, §2: the first of several counts.
    if (!pairs.has(key)) pairs.set(key, quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
  }
  const [code, example, dynamic, seed] = ["code", "example", "dynamic", "seed"].map((name) => pairs.get(name));
  return {
    ...(code !== undefined && /^[1-5]\d\d$/.test(code) ? { code: Number(code) } : {}),
    ...(example === undefined || example === "" ? {} : { example }),
    ...(dynamic === undefined ? {} : { dynamic: dynamic !== "false" }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/** What a request wishes by its header and by its query, which comes first: Prism's names, for links. */
export function wishesIn(prefer: unknown, query: Readonly<Record<string, unknown>>): Wishes {
  const { __code: code, __example: example, __dynamic: dynamic } = query;
  if (code === undefined && example === undefined && dynamic === undefined) return readPrefer(prefer);
  const written = Object.entries({ code, example, dynamic }).flatMap(([name, value]) =>
    typeof value === "string" ? [`${name}=${JSON.stringify(value)}`] : [],
  );
  return { ...readPrefer(prefer), ...readPrefer(written.join(", ")) };
}
