import fc from "fast-check";
import { expect, test } from "vitest";
import { assignNames, typeIdentifier, valueIdentifier, wordsOf } from "../../generator/model/names.ts";

test("a type's identifier keeps what is one already", () => {
  const names = [
    "HogQLQuery",
    "pull-request",
    "simple_user",
    "200Response",
    "io.k8s.api.core.v1.Pod",
    "API_key",
    "USER_STATUS",
    "error",
    "",
    "用户",
    "a*/b",
    "__proto__",
  ];
  expect(Object.fromEntries(names.map((name) => [name, typeIdentifier(name)]).concat([["list", typeIdentifier("list")]])))
    .toMatchInlineSnapshot(`
    {
      "": "Schema",
      "200Response": "_200Response",
      "API_key": "API_key",
      "HogQLQuery": "HogQLQuery",
      "USER_STATUS": "USER_STATUS",
      "__proto__": "Proto",
      "a*/b": "AB",
      "error": "Error",
      "io.k8s.api.core.v1.Pod": "IoK8sApiCoreV1Pod",
      "list": "List",
      "pull-request": "PullRequest",
      "simple_user": "SimpleUser",
      "用户": "用户",
    }
  `);
});

test("a value's identifier starts in lower case", () => {
  const names = [
    "environments_query_create",
    "getUserByID",
    "ListUsers",
    "GETUser",
    "HTTPValidation",
    "repos/list-for-org",
    "XMLParser",
    "APIs",
    "2fa",
    "ID",
    "don't",
    "!!!",
  ];
  expect(Object.fromEntries(names.map((name) => [name, valueIdentifier(name)]))).toMatchInlineSnapshot(`
    {
      "!!!": "",
      "2fa": "_2fa",
      "APIs": "apis",
      "GETUser": "getUser",
      "HTTPValidation": "httpValidation",
      "ID": "id",
      "ListUsers": "listUsers",
      "XMLParser": "xmlParser",
      "don't": "dont",
      "environments_query_create": "environmentsQueryCreate",
      "getUserByID": "getUserByID",
      "repos/list-for-org": "reposListForOrg",
    }
  `);
});

test("words end at case, digits and punctuation", () => {
  expect(wordsOf("getHTTPResponse_forUser2By-id")).toMatchInlineSnapshot(`
    [
      "get",
      "HTTP",
      "Response",
      "for",
      "User2",
      "By",
      "id",
    ]
  `);
});

test("whatever goes in, an identifier comes out, or nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(typeIdentifier(text)).toMatch(/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u);
      expect(valueIdentifier(text)).toMatch(/^(?:[\p{ID_Start}_$][\p{ID_Continue}$]*)?$/u);
    }),
  );
});

test("who is spelled like the name keeps it when keys clash", () => {
  const { names, clashes } = assignNames(["foo_bar", "FooBar", "foo-bar"].map((key) => ({ key, wanted: "FooBar" })));
  expect([...names]).toEqual([
    ["FooBar", "FooBar"],
    ["foo-bar", "FooBar2"],
    ["foo_bar", "FooBar3"],
  ]);
  expect(clashes).toEqual([{ wanted: "FooBar", keys: ["FooBar", "foo-bar", "foo_bar"] }]);
});

test("a number never leads to a name that somebody else wishes for", () => {
  const { names } = assignNames([
    { key: "a", wanted: "X" },
    { key: "b", wanted: "X" },
    { key: "c", wanted: "X2" },
  ]);
  expect(Object.fromEntries(names)).toEqual({ a: "X", b: "X3", c: "X2" });
});

test("names are unique, never taken, and the same in any order", () => {
  const keys = fc.uniqueArray(fc.string({ unit: fc.constantFrom("a", "A", "-", "_", "2", "3"), maxLength: 5 }));
  const taken = new Set(["A", "ASchema", "AA2"]);
  const assign = (list: readonly string[]) =>
    assignNames(
      list.map((key) => ({ key, wanted: typeIdentifier(key) })),
      taken,
      "Schema",
    ).names;
  fc.assert(
    fc.property(keys, (list) => {
      const names = assign(list);
      expect(new Set(names.values()).size).toBe(list.length);
      expect([...names.values()].filter((name) => taken.has(name))).toEqual([]);
      expect(assign(list.toReversed())).toEqual(names);
    }),
  );
});
