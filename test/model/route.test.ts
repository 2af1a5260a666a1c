import { expect, test } from "vitest";
import { routeOf } from "../../generator/model/route.ts";

test.each([
  ["/answers", { path: "/answers" }],
  ["/answers/{id}?beta=true", { path: "/answers/{id}", query: "beta=true" }],
  ["/answers?beta=true#new", { path: "/answers", query: "beta=true" }],
  ["/answers#new?beta=true", { path: "/answers" }],
  ["/answers?", { path: "/answers" }],
  ["/answers/{id?}/{#1}", { path: "/answers/{id?}/{#1}" }],
])("of %s there travels %j", (template, route) => {
  expect(routeOf(template)).toEqual(route);
});
