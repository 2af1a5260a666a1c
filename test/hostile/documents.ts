/** Documents that try to hang the tool, fill its memory or overflow its stack, and what becomes of each. */
export interface Hostile {
  readonly name: string;
  readonly file: string;
  readonly text: () => string | Uint8Array;
  /** Which commands are run on it. Default: `generate`. */
  readonly commands?: readonly ("generate" | "lint" | "verify")[];
  /** What is told of it, by any of the commands; none when it works. */
  readonly problem?: string;
  /** Whether something comes of it in spite of the problem. */
  readonly works?: boolean;
}

const head = { openapi: "3.1.0", info: { title: "Hostile", version: "1" } };
const yamlHead = 'openapi: 3.1.0\ninfo: { title: Hostile, version: "1" }\npaths: {}\n';
const million = 1_000_000;
const deep = 100_000;

/** A document whose one operation sends and gets the schema A. */
function api(schemas: Readonly<Record<string, unknown>>): string {
  const content = { "application/json": { schema: { $ref: "#/components/schemas/A" } } };
  const post = { operationId: "a", requestBody: { content }, responses: { 200: { description: "A.", content } } };
  return JSON.stringify({ ...head, paths: { "/a": { post } }, components: { schemas } });
}

/** A document whose one operation takes a form. */
function form(schema: object): string {
  const requestBody = { content: { "application/x-www-form-urlencoded": { schema } } };
  const post = { operationId: "a", requestBody, responses: { 204: { description: "Done." } } };
  return JSON.stringify({ ...head, paths: { "/a": { post } } });
}

/** S0 to S(length - 1), each made of a reference to the next; A is the first. */
function chain(length: number, link: (next: object) => object): string {
  const reference = (index: number) => ({ $ref: `#/components/schemas/S${index}` });
  const links = Array.from({ length }, (_, index) => [
    `S${index}`,
    index < length - 1 ? link(reference(index + 1)) : { type: "string" },
  ]);
  return api({ A: reference(0), ...Object.fromEntries(links) });
}

function times<T>(count: number, make: (index: number) => readonly [string, T]): Record<string, T> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));
}

function laughs(levels: number, level: (index: number, before: string) => string): string {
  const lines = Array.from({ length: levels }, (_, index) => `${level(index + 1, `*m${index}`)}\n`);
  return `${yamlHead}x-0: &m0 { a: 1 }\n${lines.join("")}`;
}

const ten = (alias: string): string => Array.from({ length: 10 }, () => alias).join(", ");
const nested = (open: string, close: string): string => open.repeat(deep) + close.repeat(deep);
const lint = ["lint"] as const;

export const hostile: readonly Hostile[] = [
  {
    name: "a billion laughs",
    file: "a.yaml",
    text: () => laughs(12, (index, before) => `x-${index}: &m${index} [${ten(before)}]`),
    problem: "aliases-multiply",
  },
  {
    name: "a billion laughs of merge keys",
    file: "a.yaml",
    text: () => laughs(12, (index, before) => `x-${index}: &m${index} { <<: [${ten(before)}], k${index}: 1 }`),
    problem: "aliases-multiply",
  },
  {
    name: "arrays in arrays, as JSON",
    file: "a.json",
    text: () => `{"openapi":"3.1.0","info":{"title":"a","version":"1"},"paths":{},"x-a":${nested("[", "]")}}`,
    problem: "nested-too-deep",
  },
  {
    name: "objects in objects, as JSON",
    file: "a.json",
    text: () =>
      `{"openapi":"3.1.0","info":{"title":"a","version":"1"},"paths":{},"x-a":${nested('{"a":', "}").replace(":}", ":1}")}}`,
    problem: "nested-too-deep",
  },
  {
    name: "JSON that only opens",
    file: "a.json",
    text: () => `{"openapi":"3.1.0","x":${"[".repeat(deep)}`,
    problem: "nested-too-deep",
  },
  {
    name: "arrays in arrays, as YAML",
    file: "a.yaml",
    text: () => `${yamlHead}x-a: ${nested("[", "]")}\n`,
    problem: "nested-too-deep",
  },
  {
    name: "maps in maps, as YAML",
    file: "a.yaml",
    text: () => `${yamlHead}x-a: ${nested("{a: ", "}")}\n`,
    problem: "nested-too-deep",
  },
  {
    name: "lists in lists, in blocks",
    file: "a.yaml",
    text: () => `${yamlHead}x-a:\n  ${"- ".repeat(deep)}1\n`,
    problem: "nested-too-deep",
  },
  {
    name: "keys in keys, in blocks",
    file: "a.yaml",
    text: () => `${yamlHead}x-a:\n  ${"? ".repeat(deep)}1\n`,
    problem: "nested-too-deep",
  },
  {
    name: "a million constants",
    file: "a.json",
    text: () => api({ A: { enum: Array.from({ length: million }, (_, index) => `v${index}`) } }),
    commands: lint,
  },
  {
    name: "a hundred thousand properties, all required",
    file: "a.json",
    text: () => {
      const properties = times(deep, (index) => [`p${index}`, { type: "string" }]);
      return api({ A: { type: "object", properties, required: Object.keys(properties) } });
    },
    commands: lint,
  },
  {
    name: "twenty thousand properties, all required, and more constants",
    file: "a.json",
    text: () => {
      const properties = times(20_000, (index) => [`p${index}`, { type: "string" }]);
      return api({
        A: { type: "object", properties, required: Object.keys(properties) },
        B: { enum: Array.from({ length: 200_000 }, (_, index) => `v${index}`) },
      });
    },
  },
  {
    name: "a form of two thousand fields",
    file: "a.json",
    text: () => {
      const properties = times(2000, (index) => [`p${index}`, { type: "string" }]);
      const schema = { type: "object", properties, required: Object.keys(properties) };
      return form(schema);
    },
  },
  {
    name: "a union of three hundred members that hold it",
    file: "a.json",
    text: () => {
      const whole = { $ref: "#/components/schemas/A" };
      const member = (index: number): object => {
        const properties = { kind: { const: `m${index}` }, [`p${index}`]: whole, list: { type: "array", items: whole } };
        return { type: "object", required: ["kind", `p${index}`], properties };
      };
      const members = times(300, (index) => [`M${index}`, index === 299 ? { type: "string" } : member(index)]);
      return api({ A: { oneOf: Object.keys(members).map((name) => ({ $ref: `#/components/schemas/${name}` })) }, ...members });
    },
  },
  {
    name: "twenty schemas that overlap, each with a union of the others",
    file: "a.json",
    text: () => {
      const others = times(12, (index) => [`p${index}`, { type: "string" }]);
      const whole = (index: number): object => ({
        type: "object",
        properties: {
          ...others,
          of: { oneOf: [1, 7].map((step) => ({ $ref: `#/components/schemas/S${(index + step) % 20}` })) },
          list: { type: "array", items: { $ref: `#/components/schemas/S${(index + 3) % 20}` } },
          image: {
            oneOf: [
              { type: "string", format: "binary" },
              { type: "string", format: "uri" },
            ],
          },
        },
      });
      return api({ A: whole(0), ...times(20, (index) => [`S${index}`, whole(index)]) });
    },
    commands: ["generate"],
  },
  {
    name: "a chain of a thousand unions",
    file: "a.json",
    text: () =>
      chain(1000, (next) => ({
        oneOf: [{ type: "object", required: ["a"], properties: { a: next, b: next } }, { type: "null" }],
      })),
  },
  {
    name: "sixty unions that double at each step",
    file: "a.json",
    text: () => chain(60, (next) => ({ oneOf: [next, { allOf: [next, { type: "object" }] }] })),
    commands: ["generate"],
  },
  {
    name: "a hundred thousand paths",
    file: "a.json",
    text: () => JSON.stringify({ ...head, paths: times(deep, (index) => [`/p${index}`, {}]) }),
    commands: lint,
  },
  {
    name: "twenty megabytes of description",
    file: "a.json",
    text: () => JSON.stringify({ ...head, info: { ...head.info, description: "word ".repeat(4 * million) }, paths: {} }),
    commands: lint,
  },
  {
    name: "keys of a hundred thousand characters",
    file: "a.json",
    text: () => api({ A: { type: "object", properties: { ["k".repeat(deep)]: { type: "string" } } }, ["S".repeat(deep)]: {} }),
    commands: ["generate"],
  },
  {
    name: "patterns that backtrack without end",
    file: "a.json",
    text: () =>
      api({
        A: {
          type: "object",
          required: ["a", "b", "c", "d"],
          properties: {
            a: { type: "string", pattern: "^(a+)+$", examples: [`${"a".repeat(50)}!`] },
            b: { type: "string", pattern: "^(([a-z])+.)+[A-Z]([a-z])+$", default: "a".repeat(50) },
            c: { type: "string", pattern: "(x+x+)+y", minLength: 40 },
            d: { type: "string", pattern: "^(.*)*\\1z$", examples: ["b".repeat(40)], maxLength: 60 },
          },
          patternProperties: { "^(a|a)*$": { type: "string" } },
          propertyNames: { pattern: "^(a|aa|[b-z])+$" },
          examples: [{ [`${"a".repeat(60)}!`]: "1" }],
        },
      }),
    commands: ["generate", "lint", "verify"],
    problem: "example-invalid",
    works: true,
  },
  {
    name: "patterns too large for the engine",
    file: "a.json",
    text: () =>
      api({
        A: {
          type: "object",
          required: ["a"],
          properties: {
            a: { type: "string", pattern: "^((a{1000}){1000}){1000}$" },
            b: { type: "string", pattern: `${"(".repeat(deep)}a${")".repeat(deep)}` },
            c: { type: "string", pattern: `${"a?".repeat(40)}${"a".repeat(40)}`, examples: [`${"a".repeat(39)}!`] },
          },
        },
      }),
    commands: ["generate", "lint"],
    problem: "pattern-invalid",
    works: true,
  },
  {
    name: "a chain of ten thousand references",
    file: "a.json",
    text: () => chain(10_000, (next) => next),
    problem: "reference-chain-too-long",
    commands: ["generate"],
  },
  {
    name: "a chain of ten thousand allOf",
    file: "a.json",
    text: () => chain(10_000, (next) => ({ allOf: [next] })),
    problem: "reference-chain-too-long",
  },
  {
    name: "properties in properties of three thousand schemas",
    file: "a.json",
    text: () => chain(3000, (next) => ({ type: "object", required: ["a"], properties: { a: next } })),
    problem: "fixture-impossible",
    works: true,
    commands: ["generate", "lint"],
  },
  {
    name: "unions that double at each step",
    file: "a.json",
    text: () => chain(30, (next) => ({ anyOf: [next, { allOf: [next, { type: "object" }] }] })),
    commands: ["generate"],
  },
  {
    name: "objects that double at each step",
    file: "a.json",
    text: () => chain(30, (next) => ({ type: "object", required: ["a", "b"], properties: { a: next, b: next } })),
    problem: "fixture-impossible",
    works: true,
    commands: ["generate"],
  },
  {
    name: "the least of everything, beyond what memory holds",
    file: "a.json",
    text: () =>
      api({
        A: {
          type: "object",
          required: ["a", "b", "c"],
          minProperties: 1e9,
          properties: {
            a: { type: "string", minLength: 1e9 },
            b: { type: "array", minItems: 1e9, uniqueItems: true, items: { type: "string" } },
            c: { type: "number", multipleOf: 1e-300 },
          },
        },
      }),
    problem: "fixture-impossible",
    works: true,
    commands: ["generate", "lint"],
  },
  {
    name: "references that go round",
    file: "a.json",
    text: () =>
      api({
        A: { $ref: "#/components/schemas/B" },
        B: { $ref: "#/components/schemas/A" },
        C: { oneOf: [{ $ref: "#/components/schemas/C" }, { $ref: "#/components/schemas/C" }] },
      }),
    works: true,
    problem: "reference-to-itself",
  },
  {
    name: "a file that includes itself",
    file: "a.yaml",
    text: () =>
      `${yamlHead}components:\n  schemas:\n    A: { $ref: a.yaml }\n    B: { properties: { a: { $ref: "a.yaml#" } } }\n`,
  },
  { name: "UTF-16 with a mark", file: "a.yaml", text: () => Buffer.from(`\ufeff${yamlHead}`, "utf16le") },
  {
    name: "UTF-16, the other way round",
    file: "a.yaml",
    text: () => Buffer.from(`\ufeff${yamlHead}`, "utf16le").swap16(),
    commands: lint,
  },
  { name: "UTF-16 without a mark", file: "a.yaml", text: () => Buffer.from(yamlHead, "utf16le"), commands: lint },
  { name: "UTF-8 with a mark", file: "a.yaml", text: () => `\ufeff${yamlHead}`, commands: lint },
  {
    name: "bytes of no encoding",
    file: "a.yaml",
    text: () => Buffer.concat([Buffer.from(`${yamlHead}x-a: `), Buffer.from([0xff, 0xc3, 0x28, 10])]),
    problem: "text-not-utf8",
    works: true,
    commands: lint,
  },
  {
    name: "zeros after the end",
    file: "a.json",
    text: () => `${JSON.stringify({ ...head, paths: {} })}\0\0`,
    problem: "json-syntax",
    commands: lint,
  },
  { name: "nothing", file: "a.yaml", text: () => "", problem: "not-an-openapi-document", commands: lint },
  {
    name: "numbers that no double holds",
    file: "a.json",
    text: () =>
      api({ A: { type: "integer" } }).replace('"integer"', '"integer","maximum":1e400,"minimum":-9007199254740993,"default":1e3'),
    commands: ["generate"],
  },
];
