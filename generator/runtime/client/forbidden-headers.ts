/**
 * Warns on the console, once for each name, of headers that the platform does not let programs send: in browsers `Cookie`, `Origin`,
 * `Referer`, `Host` and others (Fetch, "forbidden request-header"), which `fetch` leaves out without a word. `told` are the names that
 * were looked at.
 */
export function tellForbidden(
  { url, headers }: { readonly url: string; readonly headers: Headers },
  told: Set<string>,
): void {
  for (const name of headers.keys()) {
    const key = `header ${name}`;
    if (!told.has(key) && !new Request(url, { headers: { [name]: "1" } }).headers.has(name))
      globalThis.console?.warn(`The header "${name}" is not sent: the platform forbids it.`);
    told.add(key);
  }
}
