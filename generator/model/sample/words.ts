/** Plausible texts and numbers, by the format and the name of what they are for. Data only. */

/** A few texts of each format; any of them is valid. */
export const textsByFormat: Readonly<Record<string, readonly string[]>> = {
  "date-time": ["2026-01-31T09:30:00Z", "2026-02-01T14:05:12Z", "2026-03-15T18:45:30Z", "2026-04-02T07:00:00Z"],
  date: ["2026-01-31", "2026-02-01", "2026-03-15", "2026-04-02"],
  time: ["09:30:00Z", "14:05:12Z", "18:45:30Z"],
  duration: ["PT1H30M", "P1D", "PT15M"],
  email: ["ada@example.com", "grace@example.com", "alan@example.org"],
  "idn-email": ["ada@example.com", "grace@example.com"],
  hostname: ["example.com", "api.example.com", "www.example.org"],
  "idn-hostname": ["example.com", "api.example.com"],
  ipv4: ["192.0.2.1", "192.0.2.44", "198.51.100.7"],
  ipv6: ["2001:db8::1", "2001:db8::44", "2001:db8:0:1::7"],
  uri: ["https://example.com", "https://example.com/docs", "https://example.org/a"],
  url: ["https://example.com", "https://example.com/docs", "https://example.org/a"],
  "uri-reference": ["/docs", "https://example.com/a", "/a/b"],
  iri: ["https://example.com", "https://example.com/docs"],
  "iri-reference": ["/docs", "https://example.com/a"],
  "uri-template": ["https://example.com/{id}", "/things/{name}"],
  uuid: [
    "0194762c-6a4e-7000-8000-5a6d1c3f9b01",
    "0194762c-6a4e-7000-8000-5a6d1c3f9b02",
    "0194762c-6a4e-7000-8000-5a6d1c3f9b03",
    "0194762c-6a4e-7000-8000-5a6d1c3f9b04",
  ],
  "json-pointer": ["/a/b", "/items/0"],
  "relative-json-pointer": ["1/a", "0/items"],
  regex: ["^[a-z]+$", "\\d+"],
  byte: ["aGVsbG8=", "d29ybGQ=", "dHJpYWQ="],
  base64: ["aGVsbG8=", "d29ybGQ="],
  password: ["correct-horse-battery-staple", "another-long-passphrase"],
};

/** Texts by the last word of a property's name. */
export const textsByWord: Readonly<Record<string, readonly string[]>> = {
  id: ["a1b2c3", "d4e5f6", "g7h8i9"],
  uuid: ["0194762c-6a4e-7000-8000-5a6d1c3f9b01", "0194762c-6a4e-7000-8000-5a6d1c3f9b02"],
  name: ["Ada", "Grace", "Alan", "Edsger"],
  firstname: ["Ada", "Grace", "Alan"],
  lastname: ["Lovelace", "Hopper", "Turing"],
  username: ["ada", "grace", "alan"],
  user: ["ada", "grace", "alan"],
  login: ["ada", "grace", "alan"],
  email: ["ada@example.com", "grace@example.com"],
  title: ["A fine title", "Another title"],
  description: ["A short description.", "Another description."],
  summary: ["In short.", "In other words."],
  text: ["Some text.", "More text."],
  message: ["All is well.", "Done."],
  detail: ["Something to know.", "Something else to know."],
  comment: ["Looks good.", "Well done."],
  url: ["https://example.com", "https://example.com/docs"],
  uri: ["https://example.com", "https://example.com/docs"],
  href: ["https://example.com", "https://example.com/docs"],
  link: ["https://example.com", "https://example.com/docs"],
  website: ["https://example.com", "https://example.org"],
  host: ["example.com", "example.org"],
  domain: ["example.com", "example.org"],
  phone: ["+15550100", "+15550101"],
  country: ["NL", "DE", "FR"],
  city: ["Amsterdam", "Berlin", "Paris"],
  street: ["Main Street 1", "High Street 2"],
  zip: ["10115", "75001"],
  language: ["en", "de", "fr"],
  locale: ["en-GB", "de-DE"],
  timezone: ["Europe/Amsterdam", "Europe/Berlin"],
  currency: ["EUR", "USD", "GBP"],
  color: ["#336699", "#cc6633"],
  status: ["active", "pending"],
  state: ["open", "closed"],
  type: ["default", "other"],
  kind: ["default", "other"],
  key: ["alpha", "beta", "gamma"],
  token: ["token-1", "token-2"],
  code: ["ok", "other"],
  slug: ["a-fine-slug", "another-slug"],
  tag: ["red", "green", "blue"],
  label: ["red", "green", "blue"],
  version: ["1.0.0", "1.1.0"],
  path: ["docs/readme.md", "src/index.ts"],
  file: ["readme.md", "index.ts"],
  filename: ["readme.md", "index.ts"],
  at: ["2026-01-31T09:30:00Z", "2026-02-01T14:05:12Z"],
  date: ["2026-01-31", "2026-02-01"],
  time: ["2026-01-31T09:30:00Z", "2026-02-01T14:05:12Z"],
  timestamp: ["2026-01-31T09:30:00Z", "2026-02-01T14:05:12Z"],
  query: ["select 1", "select 2"],
  cursor: ["cursor-1", "cursor-2"],
  hash: ["9f86d081", "60303ae2"],
  sha: ["9f86d081884c7d65", "60303ae22b998861"],
};

/** Texts for what has no better name. */
export const plainTexts: readonly string[] = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"];

/** Numbers by the last word of a name. */
export const numbersByWord: Readonly<Record<string, readonly number[]>> = {
  id: [1, 2, 3, 4],
  count: [3, 7, 12],
  total: [42, 17],
  limit: [10, 20],
  offset: [0, 10],
  page: [1, 2],
  size: [10, 25],
  age: [36, 41],
  year: [2026, 2025],
  month: [1, 2],
  day: [31, 1],
  hour: [9, 14],
  minute: [30, 5],
  second: [12, 45],
  port: [8080, 8443],
  price: [19.5, 7.25],
  amount: [12.5, 99],
  latitude: [52.37, 48.86],
  lat: [52.37, 48.86],
  longitude: [4.89, 2.35],
  lng: [4.89, 2.35],
  lon: [4.89, 2.35],
  width: [640, 1280],
  height: [480, 720],
  rate: [0.5, 0.25],
  percent: [50, 25],
  percentage: [50, 25],
  score: [0.9, 0.7],
  version: [1, 2],
  duration: [90, 15],
  timeout: [30, 60],
  timestamp: [1769851800, 1769938200],
  code: [200, 404],
  status: [200, 404],
};

/** The words of a name, in lower case: `created_at`, `createdAt` and `X-Created-At` end with `at`. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "");
}

/** The entry for a name by its last word, singular or plural, or by the whole of it. */
export function byWord<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  for (const word of [words.join(""), last, last.replace(/s$/, "")]) if (Object.hasOwn(table, word)) return table[word];
  return undefined;
}

/** A small number that depends on the text alone (FNV-1a), so that one name's choice does not hang on another's. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}
