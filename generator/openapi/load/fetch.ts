/**
 * Fetch: a URL goes in; the text behind it comes out, or a FetchError. Plain `node:http(s)` rather than `fetch`, which cannot be told
 * the address to connect to: the one that was checked is the one that is asked. No cookies; credentials go to their own origin alone.
 */
import type { IncomingMessage, RequestOptions } from "node:http";
import { isIP } from "node:net";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { redacted } from "../../diagnostics/place.ts";
import { isUrl } from "./address.ts";
import { decodeText } from "./decode.ts";
import { admit, FetchError, type Admitted, type FetchPolicy, type Trust } from "./fetch-policy.ts";

/** How much of time, size and number is too much. */
export interface FetchLimits {
  /** Bytes of one document, unpacked. */
  readonly documentBytes: number;
  /** Bytes of all documents of a run. */
  readonly totalBytes: number;
  readonly documents: number;
  readonly redirects: number;
  /** Milliseconds for one document, its redirects included. */
  readonly documentTime: number;
  /** Milliseconds without a byte. */
  readonly idleTime: number;
}

export const fetchLimits: FetchLimits = {
  documentBytes: 64 * 2 ** 20,
  totalBytes: 256 * 2 ** 20,
  documents: 1000,
  redirects: 5,
  documentTime: 30_000,
  idleTime: 10_000,
};

/** Fetches the documents of one run; each URL once. */
export interface Fetcher {
  /** A URL that the user typed, as it is known from here on: without its credentials, which are kept for its origin. */
  typed(url: string): string;
  /** The text behind a URL. Rejects with a FetchError. */
  read(url: string): Promise<string>;
}

export function createFetcher(policy: FetchPolicy = {}, limits: FetchLimits = fetchLimits): Fetcher {
  const typed = new Set<string>();
  const credentials = new Map<string, string>();
  /** What lies beside a document that the user typed may be reached as that was; what was public may not turn private. */
  const own = new Map<string, Trust>();
  const known = new Map<string, Promise<string>>();
  let spent = 0;
  const count = (bytes: number): void => {
    spent += bytes;
    if (spent > limits.totalBytes) throw new FetchError(`all documents together are larger than ${mebibytes(limits.totalBytes)}`);
  };

  const get = async (first: string, signal: AbortSignal): Promise<string> => {
    let url = new URL(first);
    for (let hops = 0; hops <= limits.redirects; hops++) {
      if (url.username !== "" || url.password !== "") throw new FetchError("it holds credentials", { refused: true });
      const isTyped = hops === 0 && typed.has(first);
      const trust = isTyped ? { http: true, hidden: true } : (own.get(url.origin) ?? { http: false, hidden: false });
      const admitted = await within(signal, admit(url, trust, policy)).catch((error: unknown) => {
        if (hops === 0 || !(error instanceof FetchError)) throw error;
        throw new FetchError(`it redirects to ${redacted(url.href)}, and ${error.message}`, error);
      });
      if (isTyped) own.set(url.origin, { http: url.protocol === "http:", hidden: !admitted.isPublic });
      const response = await ask(url, admitted, credentials.get(url.origin), { signal, limits });
      const { statusCode: status = 0, headers } = response;
      if (status >= 300 && status < 400 && headers.location !== undefined) {
        response.destroy();
        if (!URL.canParse(headers.location, url)) throw new FetchError("it redirects to what is no URL");
        url = new URL(headers.location, url);
        continue;
      }
      if (status < 200 || status > 299) {
        response.destroy();
        throw new FetchError(`status ${status}`);
      }
      return decodeText(await readBody(response, limits.documentBytes, count));
    }
    throw new FetchError(`it redirects more than ${limits.redirects} times`);
  };

  return {
    typed(written) {
      if (!isUrl(written) || !URL.canParse(written)) return written;
      const url = new URL(written);
      if (url.username !== "" || url.password !== "") {
        const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
        credentials.set(url.origin, `Basic ${Buffer.from(pair).toString("base64")}`);
        url.username = url.password = "";
      }
      typed.add(url.href);
      return url.href;
    },
    read(url) {
      const before = known.get(url);
      if (before !== undefined) return before;
      if (known.size >= limits.documents)
        return Promise.reject(new FetchError(`more than ${limits.documents} documents were asked for`));
      const text = timed(limits.documentTime, (signal) => get(url, signal));
      known.set(url, text);
      return text;
    },
  };
}

/** Gives up after a time, whatever it is that takes so long. */
async function timed<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new FetchError(`it took longer than ${milliseconds / 1000} s`)), milliseconds);
  try {
    return await work(late.signal);
  } catch (error) {
    throw late.signal.aborted ? late.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

/** A name that nobody answers for cannot be given up; it can be waited for no longer. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

async function ask(
  url: URL,
  { address }: Admitted,
  authorization: string | undefined,
  { signal, limits }: { readonly signal: AbortSignal; readonly limits: FetchLimits },
): Promise<IncomingMessage> {
  const family = isIP(address);
  // Loaded when something is asked for: a module that imports `node:http` pays for all that it could give, Node's WebSocket among it.
  const { request: send } = await (url.protocol === "https:" ? import("node:https") : import("node:http"));
  const options: RequestOptions = {
    signal,
    agent: false,
    maxHeaderSize: 64 * 1024,
    headers: {
      accept: "application/yaml, application/json, text/plain;q=0.9, */*;q=0.8",
      "accept-encoding": "gzip, deflate, br",
      "user-agent": "openapi-triad",
      ...(authorization === undefined ? {} : { authorization }),
    },
    // The address that was checked, whatever the name may mean by now; TLS still asks for the name.
    lookup: (_host, asked, answer) => (asked.all === true ? answer(null, [{ address, family }]) : answer(null, address, family)),
  };
  return new Promise((resolve, reject) => {
    const request = send(url, options, (response) => {
      answered = response;
      resolve(response);
    });
    let answered: IncomingMessage | undefined;
    // A request that ends while its answer is read tells nobody why.
    request.setTimeout(limits.idleTime, () =>
      (answered ?? request).destroy(new FetchError(`no answer for ${limits.idleTime / 1000} s`)),
    );
    request.on("error", (error) => reject(reasonOf(error)));
    request.end();
  });
}

/** The body, unpacked; counted as it comes, so that a small one that unpacks to a large one is stopped in time. */
async function readBody(response: IncomingMessage, limit: number, count: (bytes: number) => void): Promise<Buffer> {
  const encoding = (response.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  const unpack = encoding === "identity" ? undefined : unpackers[encoding];
  if (unpack === undefined && encoding !== "identity") {
    response.destroy();
    throw new FetchError(`its encoding "${encoding}" is not known`);
  }
  const body = unpack === undefined ? response : response.pipe(unpack());
  if (body !== response) response.on("error", (error) => body.destroy(error));
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += (chunk as Buffer).length; // Neither stream has an encoding set, so that it gives bytes.
      count((chunk as Buffer).length);
      if (size > limit) throw new FetchError(`it is larger than ${mebibytes(limit)}`);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw reasonOf(error);
  } finally {
    response.destroy();
  }
  return Buffer.concat(chunks);
}

const unpackers: Readonly<Record<string, () => NodeJS.ReadWriteStream & { destroy(error?: Error): void }>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

function reasonOf(error: unknown): FetchError {
  if (error instanceof FetchError) return error;
  return new FetchError(
    error instanceof Error ? error.message || ("code" in error ? String(error.code) : error.name) : String(error),
  );
}

function mebibytes(bytes: number): string {
  return `${bytes / 2 ** 20} MiB`;
}
