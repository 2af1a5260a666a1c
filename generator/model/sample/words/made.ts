/** Texts that are made rather than listed: dates, addresses of the web, ids and hashes. Each depends on its name and number alone. */
import { dateOf, dateTimeOf, momentKind } from "./moments.ts";
import { hashOf, wordsOf } from "./names.ts";

/** A text of a format, where that is made; the others are listed in `formats.ts`. */
export function madeOfFormat(format: string, name: string, index: number): string | undefined {
  switch (format) {
    case "date-time":
      return dateTimeOf(name, index);
    case "date":
      return dateOf(name, index);
    case "uri":
    case "url":
    case "iri":
      return addressOf(name, index);
    case "uuid":
      return uuidOf(index);
    default:
      // The lists have three or so of each.
      return index < 3 ? undefined : furtherOf(format, index + 1);
  }
}

/** So many addresses and the like as are wanted, each another one. */
function furtherOf(format: string, number: number): string | undefined {
  const further: Readonly<Record<string, string>> = {
    time: `${String(9 + (number % 12)).padStart(2, "0")}:${String(number % 60).padStart(2, "0")}:00Z`,
    duration: `PT${number}M`,
    email: `ada${number}@example.com`,
    "idn-email": `ada${number}@example.com`,
    hostname: `host-${number}.example.com`,
    "idn-hostname": `host-${number}.example.com`,
    ipv4: `198.51.${Math.floor(number / 250) % 250}.${number % 250}`,
    ipv6: `2001:db8::${number.toString(16)}`,
    "uri-reference": `/docs/${number}`,
    "iri-reference": `/docs/${number}`,
    "uri-template": `/things/{id}/${number}`,
    "json-pointer": `/items/${number}`,
    "relative-json-pointer": `${number}/items`,
    regex: `^[a-z]{${number}}$`,
    byte: btoa(`text ${String(number).padStart(4, "0")}`),
    base64: btoa(`text ${String(number).padStart(4, "0")}`),
  };
  return Object.hasOwn(further, format) ? further[format] : undefined;
}

/** A text by the last word of a name alone. */
export function madeOfName(name: string, index: number): string | undefined {
  const words = wordsOf(name);
  const last = words.at(-1)?.replace(/s$/, "") ?? "";
  const kind = momentKind(name);
  if (kind !== undefined) return kind === "day" ? dateOf(name, index) : dateTimeOf(name, index);
  if (last === "uuid" || last === "guid") return uuidOf(index);
  if (last === "id" && words.join("") !== "spdxid" && words.join("") !== "taxid") return idOf(name, index);
  if (addresses.has(last) || words.includes("url") || words.includes("uri")) return addressOf(name, index);
  const length = words.map((word) => hexLengths.get(word)).find((one) => one !== undefined);
  return length === undefined ? undefined : hexOf(name, index, length);
}

const addresses = new Set(["url", "uri", "href", "link", "website", "homepage", "webpage", "endpoint", "webhook"]);
const hexLengths: ReadonlyMap<string, number> = new Map([
  ...["md5", "etag", "fingerprint"].map((word): [string, number] => [word, 32]),
  ...["sha", "sha1", "commit", "oid"].map((word): [string, number] => [word, 40]),
  ...["sha256", "hash", "digest", "checksum", "signature"].map((word): [string, number] => [word, 64]),
]);

/** `https://example.com/avatar.png` for `avatar_url`; nothing but the host for what is only called `url`. */
export function addressOf(name: string, index: number): string {
  const words = wordsOf(name).filter((word) => !addresses.has(word) && word !== "self");
  const further = index === 0 ? "" : `${index + 1}`;
  if (words.length === 0)
    return (
      ["https://example.com", "https://example.com/docs", "https://example.org/a"][index] ?? `https://example.com/${further}`
    );
  const slug = [words.join("-"), ...(further === "" ? [] : [further])].join("-");
  return `https://example.com/${slug}${words.some((word) => pictures.has(word)) ? ".png" : ""}`;
}

const pictures = new Set(["avatar", "image", "picture", "photo", "logo", "icon", "thumbnail", "png", "banner", "gravatar"]);

function uuidOf(index: number): string {
  return `0194762c-6a4e-7000-8000-5a6d1c3f${(0x9b01 + (index % 0x6000)).toString(16)}`;
}

/** Six characters; `id` itself has those that everybody knows. */
function idOf(name: string, index: number): string {
  const whole = wordsOf(name).join("_");
  if (/^ids?$/.test(whole)) return ["a1b2c3", "d4e5f6", "g7h8i9"][index] ?? spelled(`id ${index}`);
  return spelled(`${whole} ${index}`);
}

// A letter and a digit in turn, so that no word comes of it.
function spelled(text: string): string {
  let rest = hashOf(text);
  let id = "";
  for (let at = 0; at < 3; at++) {
    id += String.fromCharCode(97 + (rest % 26)) + String((rest >>> 5) % 10);
    rest = Math.imul(rest ^ (rest >>> 9), 0x9e3779b1) >>> 0;
  }
  return id;
}

function hexOf(name: string, index: number, length: number): string {
  let text = "";
  for (let at = 0; text.length < length; at++) text += hashOf(`${name} ${index} ${at}`).toString(16).padStart(8, "0");
  return text.slice(0, length);
}
