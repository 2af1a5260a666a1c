import { EncodeError } from "../wire/errors.js";
import { setHeaders } from "./request.js";

/**
 * Puts cookies among the headers, beside those that are there: of parameters, and those that are credentials. Throws an EncodeError for
 * credentials where the platform lets no program send cookies.
 */
export function sendCookies(
  headers: Headers,
  own: readonly (string | undefined)[],
  credentials: readonly (readonly [name: string, value: string])[],
  address: string,
): void {
  const given = [headers.get("Cookie") ?? undefined, ...own].filter((text) => text !== undefined).join("; ");
  // A parameter may be the key: then it is sent once.
  const keys = credentials
    .filter(([name]) => !given.split("; ").some((cookie) => cookie.startsWith(`${name}=`)))
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const cookies = [given, ...keys].filter(Boolean);
  if (cookies.length > 0) setHeaders(headers, { Cookie: cookies.join("; ") });
  // Browsers drop the header in silence.
  if (keys.length === 0 || new Request(address, { headers }).headers.has("Cookie")) return;
  throw new EncodeError(
    'Browsers let no program send cookies. Leave the credential out: the browser sends the cookies that it has, to another origin with a fetch that says `credentials: "include"`.',
    { in: "cookie" },
  );
}
