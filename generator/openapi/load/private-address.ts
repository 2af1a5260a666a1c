import { BlockList, isIP } from "node:net";

/**
 * Whether an IP address belongs to the public internet. What is private, link-local, loopback, shared by carriers, reserved, or a
 * cloud's metadata service does not (https://www.iana.org/assignments/iana-ipv4-special-registry, -ipv6-special-registry).
 */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/%.*$/, ""); // The zone of a link-local address.
  if (isIP(plain) === 4) return !special.check(plain, "ipv4");
  if (isIP(plain) !== 6) return false;
  const embedded = embeddedIpv4(plain);
  if (embedded !== undefined) return isPublicAddress(embedded);
  return global.check(plain, "ipv6") && !special.check(plain, "ipv6");
}

/** Whether a name is one of a private network by its form alone: nobody outside has to be asked about it. */
export function isPrivateName(host: string): boolean {
  const name = host.replace(/\.$/, "").toLowerCase();
  return !name.includes(".") || /\.(localhost|local|internal|intranet|private|corp|home|lan|home\.arpa)$/.test(name);
}

/** The IPv4 address inside of a mapped one (RFC 4291 §2.5.5.2) or of one that is translated (RFC 6052 §2.1). */
function embeddedIpv4(address: string): string | undefined {
  if (!carriers.check(address, "ipv6")) return undefined;
  // A URL parser writes both spellings of the last four bytes, `::ffff:7f00:1` and `::ffff:127.0.0.1`, in the first way.
  const [high, low] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split(":")
    .slice(-2)
    .map((part) => Number.parseInt(part || "0", 16));
  if (high === undefined || low === undefined) return undefined;
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function blockList(family: "ipv4" | "ipv6", subnets: readonly string[], list = new BlockList()): BlockList {
  for (const subnet of subnets) {
    const [address, prefix] = subnet.split("/");
    list.addSubnet(address ?? "", Number(prefix), family);
  }
  return list;
}

const carriers = blockList("ipv6", ["::ffff:0:0/96", "64:ff9b::/96"]);
const global = blockList("ipv6", ["2000::/3"]);
const special = blockList(
  "ipv6",
  ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"],
  blockList("ipv4", [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32", // Azure's platform, at an address that looks public.
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
  ]),
);
