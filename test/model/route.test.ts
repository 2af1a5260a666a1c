import { expect, test } from "vitest";
import { queryPlaceholders, routeOf } from "../../generator/model/route.ts";

test.each([
  ["/answers", { path: "/answers" }],
  ["/answers/{id}?beta=true", { path: "/answers/{id}", query: "beta=true" }],
  ["/answers?beta=true#new", { path: "/answers", query: "beta=true" }],
  ["/answers#new?beta=true", { path: "/answers" }],
  ["/answers?beta=true&by={name}", { path: "/answers", query: "beta=true" }],
  ["/answers?by={name}", { path: "/answers" }],
  ["/answers?", { path: "/answers" }],
  ["/answers/{id?}/{#1}", { path: "/answers/{id?}/{#1}" }],
])("of %s there travels %j", (template, route) => {
  expect(routeOf(template)).toEqual(route);
});

test("a parameter behind the question mark has the name that stands before it", () => {
  expect([...queryPlaceholders("/answers/{id}?beta=true&by={name}&page={page}#{part}")]).toEqual([
    ["name", "by"],
    ["page", "page"],
  ]);
  expect([...queryPlaceholders("/answers/{id?}")]).toEqual([]);
});
