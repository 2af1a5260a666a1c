/** RFC 2673 §3.2: four decimal numbers up to 255, without leading zeros. */
export function isIpv4(value: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(value);
  if (match === null) return false;
  return match.slice(1).every((part) => Number(part) <= 255 && (part === "0" || !part.startsWith("0")));
}

/** RFC 4291 §2.2: eight groups, of which `::` may stand for one or more, the last two perhaps an IPv4 address. No zone. */
export function isIpv6(value: string): boolean {
  if (value.length > 45) return false;
  const halves = value.split("::");
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const all = groups.flat();
  const last = all.at(-1);
  const embedded = last !== undefined && last.includes(".");
  if (embedded && (!isIpv4(last) || groups.at(-1)?.length === 0)) return false;
  if (!(embedded ? all.slice(0, -1) : all).every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const length = all.length + (embedded ? 1 : 0);
  return halves.length === 2 ? length <= 7 : length === 8;
}

/** RFC 1123 §2.1: labels of letters, digits and inner hyphens, up to 63 characters each and 253 together. */
export function isHostname(value: string): boolean {
  return (
    value.length <= 253 &&
    value.split(".").every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label))
  );
}

/** As `hostname`, with any characters beyond ASCII in the labels: the tables of RFC 5892 are not consulted. */
export function isIdnHostname(value: string): boolean {
  const labels = value.split(/[.\u3002\uff0e\uff61]/);
  return (
    value.length <= 253 &&
    labels.every((label) => /^(?!-)[a-z0-9\u0080-\uffff-]{1,63}$/i.test(label) && !label.endsWith("-"))
  );
}

/** RFC 5321 §4.1.2 `Mailbox`: a dot-string or quoted string, then a host name or an address literal. */
export function isEmail(value: string): boolean {
  return isMailbox(value, /^[\w!#$%&'*+/=?^`{|}~-]+$/, isHostname);
}

/** As `email`, with any characters beyond ASCII (RFC 6531). */
export function isIdnEmail(value: string): boolean {
  return isMailbox(value, /^[\w!#$%&'*+/=?^`{|}~\u0080-\uffff-]+$/, isIdnHostname);
}

function isMailbox(value: string, atom: RegExp, isDomain: (value: string) => boolean): boolean {
  const separator = value.lastIndexOf("@");
  const local = value.slice(0, separator);
  const domain = value.slice(separator + 1);
  if (separator < 1 || local.length > 64) return false;
  const quoted = /^"(?:[^"\\\u0000-\u001f\u007f]|\\[ -~])*"$/.test(local);
  if (!quoted && !local.split(".").every((part) => atom.test(part))) return false;
  if (!domain.startsWith("[")) return isDomain(domain);
  const literal = domain.slice(1, -1);
  return domain.endsWith("]") && (/^ipv6:/i.test(literal) ? isIpv6(literal.slice(5)) : isIpv4(literal));
}
