import { describe, expect, it } from "vitest";
import { createTrie } from "../../../generator/runtime/server/trie.ts";

function find(templates: readonly string[], path: string): unknown[] {
  const trie = createTrie<string>();
  for (const template of templates) trie.add(template, "GET", template);
  return trie.find(path).map(({ values, texts }) => [values.get("GET"), texts]);
}

describe("a path", () => {
  const pets = [
    "/pets",
    "/pets/{id}",
    "/pets/mine",
    "/pets/{id}.json",
    "/pets/{id}:feed",
    "/pets/{from}-{to}",
    "/pets/{id}/toys/{toy}",
    "/{anything}",
    "/",
  ];

  it.each([
    ["/", "/", {}],
    ["/pets", "/pets", {}],
    ["/pets/mine", "/pets/mine", {}],
    ["/pets/m%69ne", "/pets/mine", {}],
    ["/pets/7", "/pets/{id}", { id: "7" }],
    ["/pets/7.json", "/pets/{id}.json", { id: "7" }],
    ["/pets/7.json.json", "/pets/{id}.json", { id: "7.json" }],
    ["/pets/7%3Afeed", "/pets/{id}:feed", { id: "7" }],
    ["/pets/7%3afeed", "/pets/{id}:feed", { id: "7" }],
    ["/pets/1-2", "/pets/{from}-{to}", { from: "1", to: "2" }],
    ["/pets/a%2Fb", "/pets/{id}", { id: "a%2Fb" }],
    ["/pets/mine/toys/ball", "/pets/{id}/toys/{toy}", { id: "mine", toy: "ball" }],
    ["/other", "/{anything}", { anything: "other" }],
  ])("%s leads to %s first", (path, template, texts) => {
    expect(find(pets, path)[0]).toEqual([template, texts]);
  });

  it.each(["/pets/", "//", "/pets/7/toys", "/pets/7/toys/", "/a/b"])("%s leads nowhere", (path) => {
    expect(find(pets, path)).toEqual([]);
  });

  it("leads to every template that fits, the most specific first", () => {
    expect(find(pets, "/pets/mine").map((match) => (match as unknown[])[0])).toEqual(["/pets/mine", "/pets/{id}"]);
  });

  it("knows one path with two spellings of its parameters", () => {
    const trie = createTrie<string>();
    trie.add("/a/{id}", "GET", "get");
    trie.add("/a/{name}", "PUT", "put");
    expect(trie.find("/a/x").map(({ values, texts }) => [[...values], texts])).toEqual([
      [[["GET", "get"]], { id: "x" }],
      [[["PUT", "put"]], { name: "x" }],
    ]);
  });

  it("may fix a part of the query, and then goes before one that fixes none", () => {
    const trie = createTrie<string>();
    trie.add("/answers", "POST", "plain");
    trie.add("/answers", "POST", "beta", { query: "beta=true" });
    trie.add("/answers", "POST", "both", { query: "beta=true&old" });
    trie.add("/answers/{id}", "POST", "one", { query: "beta=true" });
    const found = (path: string, query?: string): unknown[] => trie.find(path, query).map(({ values }) => values.get("POST"));
    expect(found("/answers")).toEqual(["plain"]);
    expect(found("/answers", "?page=1&beta=true")).toEqual(["beta", "plain"]);
    expect(found("/answers", "?old=&beta=true")).toEqual(["both", "beta", "plain"]);
    expect(found("/answers", "?beta=false")).toEqual(["plain"]);
    expect(found("/answers/7")).toEqual([]);
    expect(found("/answers/7", "?beta=true")).toEqual(["one"]);
  });

  it("may have segments that a regular expression would trip over", () => {
    expect(find(["/a/(x)+{id}[$]"], "/a/(x)+7[$]")).toEqual([["/a/(x)+{id}[$]", { id: "7" }]]);
    expect(find(["/constructor", "/{__proto__}"], "/constructor")[0]).toEqual(["/constructor", {}]);
  });
});

it("has the ways to one path in the order in which each method came, whatever another method has", () => {
  const trie = createTrie<string>();
  trie.add("/pets/{name}", "PUT", "change");
  trie.add("/pets/{id}", "GET", "byId");
  trie.add("/pets/{name}", "GET", "byName");
  expect(trie.find("/pets/7").flatMap(({ values }) => values.get("GET") ?? [])).toEqual(["byId", "byName"]);
});
