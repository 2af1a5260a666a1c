/** A request as an error shows it: without what is secret in it. */
export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  /** By their names in lower case. */
  readonly headers: { readonly [name: string]: string };
}

interface Schemes {
  readonly [scheme: string]: { readonly kind: string; readonly name?: string };
}

/** Headers, cookies and parameters of a query that are secret whatever the document says, by the ends of their names. */
const secret =
  /(authorization|cookie|api[-_]?key|(access|auth|refresh|csrf|xsrf|session)[-_]?token|secret|password|signature)$|^token$/i;

/** What stands where a secret was. */
export const hidden = "***";

/** The names that security schemes send keys under, in lower case. */
export function secretNames(schemes: Schemes = {}): string[] {
  return Object.values(schemes).flatMap(({ kind, name }) =>
    kind === "apiKey" && name !== undefined ? [name.toLowerCase()] : [],
  );
}

/** What is known of a call whose request is shown. */
interface ShowableCall {
  readonly config: { readonly securitySchemes?: Schemes | undefined };
  readonly operation: { readonly method: string };
}

/** What was sent, without what is secret in it. */
export function showRequest(
  { config, operation: { method } }: ShowableCall,
  { url, init: { headers } }: { readonly url: string; readonly init: { readonly headers: Headers } },
): ShownRequest {
  const secrets = secretNames(config.securitySchemes);
  return { method, url: redactUrl(url, secrets), headers: redactHeaders(headers, secrets) };
}

/** Whether what goes by a name is secret; `names` are those of the document's security schemes, in lower case. */
export function isSecret(name: string, names: readonly string[]): boolean {
  return secret.test(name) || names.includes(name.toLowerCase());
}

/** A URL without its user and password, and without the values of what is secret in its query. */
export function redactUrl(url: string, names: readonly string[]): string {
  const [address = "", query] = url.replace(/^(\w+:\/\/)[^/?#]*@/, `$1${hidden}@`).split(/\?(.*)/s);
  if (query === undefined) return address;
  return `${address}?${query.replace(/([^&=]+)=[^&#]*/g, (pair, name: string) => (isSecret(decoded(name), names) ? `${name}=${hidden}` : pair))}`;
}

/** Headers as an object, without the values of those that are secret. */
export function redactHeaders(
  headers: Headers,
  names: readonly string[],
): { readonly [name: string]: string } {
  const shown: [name: string, value: string][] = [];
  headers.forEach((value, name) => shown.push([name, isSecret(name, names) ? hidden : value]));
  return Object.fromEntries(shown);
}

// `api%5Fkey` is `api_key`, to a server.
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
