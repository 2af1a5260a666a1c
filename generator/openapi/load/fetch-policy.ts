/** Which URLs may be fetched: what the user typed and allowed, and public https; decided for each hop and each address of a name. */
import { lookup as dnsLookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isPrivateName, isPublicAddress } from "./private-address.ts";

/** The addresses of a host's name. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/** A URL is not fetched, or could not be; the message is a reason that completes a sentence. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly refused: boolean;
  /** The host to allow, when that would help. */
  readonly host: string | undefined;
  constructor(
    reason: string,
    { refused = false, host }: { readonly refused?: boolean; readonly host?: string | undefined } = {},
  ) {
    super(reason);
    this.refused = refused;
    this.host = host;
  }
}

/** What a run may reach. */
export interface FetchPolicy {
  /** Hosts, as `name`, `name:port` or an address, that may be private and spoken to over http. */
  readonly allowHosts?: readonly string[];
  readonly lookup?: Lookup;
}

/** What a URL may be beyond public https: over http, on a private network. */
export interface Trust {
  readonly http: boolean;
  readonly hidden: boolean;
}

/** A host that may be asked, and the address to ask it at: a name could mean another one a moment later. */
export interface Admitted {
  readonly address: string;
  readonly isPublic: boolean;
}

/** Checks one hop. Rejects with a FetchError when it may not be asked, or its name is not known. */
export async function admit(url: URL, trust: Trust, policy: FetchPolicy): Promise<Admitted> {
  if (!isWeb(url)) throw new FetchError("only http and https are fetched", { refused: true });
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const allowed = isAllowed(url, policy.allowHosts ?? []);
  const refuse = (reason: string): FetchError => new FetchError(reason, { refused: true, host: url.host });
  const hiddenAllowed = allowed || trust.hidden;
  if (!hiddenAllowed && isIP(host) === 0 && isPrivateName(host)) throw refuse(`${host} is a name of a private network`);
  if (!hiddenAllowed && isIP(host) !== 0 && !isPublicAddress(host)) throw refuse(`${host} is no public address`);
  if (!allowed && !trust.http && url.protocol === "http:") throw refuse("a reference is fetched over https only");
  const addresses = isIP(host) === 0 ? await addressesOf(host, policy.lookup ?? systemLookup) : [host];
  const hidden = addresses.find((address) => !isPublicAddress(address));
  if (!hiddenAllowed && hidden !== undefined) throw refuse(`${host} is at ${hidden}, which is no public address`);
  const [address] = addresses;
  if (address === undefined) throw new FetchError(`${host} has no address`);
  return { address, isPublic: hidden === undefined };
}

function isWeb(url: URL): boolean {
  return url.protocol === "https:" || url.protocol === "http:";
}

function isAllowed(url: URL, hosts: readonly string[]): boolean {
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  const names = [url.hostname, `${url.hostname}:${port}`, url.hostname.replace(/^\[|\]$/g, "")];
  return hosts.some((host) => names.includes(host.toLowerCase()));
}

async function addressesOf(host: string, lookup: Lookup): Promise<readonly string[]> {
  try {
    return await lookup(host);
  } catch {
    throw new FetchError(`there is no host ${host}`);
  }
}

const systemLookup: Lookup = async (host) => (await dnsLookup(host, { all: true })).map(({ address }) => address);
