import { expect, expectTypeOf, test } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import type { ContentOf, LocatedParametersOf, NamedParametersOf } from "../../../generator/runtime/client/arguments.ts";
import type { OperationErrorOf } from "../../../generator/runtime/client/common-errors.ts";
import type { Answers, Bodies, Codes } from "../../../generator/runtime/client/types.ts";
import type { Operations } from "./operations.ts";

interface OnlyDefault {
  responses: { default: { content: { "application/json": "any" } } };
}
interface Nothing {
  responses: { 404: { content: { "application/json": "lost" } } };
}
interface TwoMedia {
  responses: { 200: { content: { "application/json": { a: 1 }; "text/csv": string } }; 302: { content?: never } };
}

test("An awaited call is typed by the bodies of the 2xx responses", () => {
  expectTypeOf<Awaited<ApiCall<Operations, "getThing">>>().toEqualTypeOf<{ name: string } | undefined>();
  expectTypeOf<Awaited<ApiCall<Operations, "createThing">>>().toEqualTypeOf<{ id: number }>();
  expectTypeOf<Bodies<OnlyDefault>["success"]>().toEqualTypeOf<"any">();
  expectTypeOf<Bodies<Nothing>["success"]>().toEqualTypeOf<unknown>();
  expectTypeOf<Bodies<TwoMedia>["success"]>().toEqualTypeOf<{ a: 1 } | string>();
  expect(true).toBe(true);
});

test("A result is narrowed by its status, ranges and the default included", () => {
  const narrow = (result: Answers<Operations["getThing"]>["result"]): unknown => {
    switch (result.status) {
      case 200:
        return expectTypeOf(result.data).toEqualTypeOf<{ name: string }>();
      case 204:
        return expectTypeOf(result.data).toEqualTypeOf<undefined>();
      case 404:
        return expectTypeOf(result.error.code).toEqualTypeOf<string>();
      case 503:
        return expectTypeOf(result.error).toEqualTypeOf<{ reason: string }>();
      // @ts-expect-error 202 is not declared
      case 202:
        return undefined;
    }
    return undefined;
  };
  expectTypeOf<Extract<Answers<Operations["createThing"]>["result"], { error: object }>["status"]>().toEqualTypeOf<
    Codes<4 | 5>
  >();
  expectTypeOf<Extract<Answers<OnlyDefault>["result"], { data: "any" }>["status"]>().toEqualTypeOf<Codes<2 | 3>>();
  expectTypeOf<Extract<Answers<OnlyDefault>["result"], { error: "any" }>["status"]>().toEqualTypeOf<Codes<4 | 5>>();
  expect(narrow).toBeTypeOf("function");
});

test("A result with several media types is narrowed by its content type", () => {
  const narrow = (result: Answers<TwoMedia>["result"]): unknown => {
    if (result.status !== 200) return expectTypeOf(result.data).toEqualTypeOf<undefined>();
    return result.contentType === "text/csv"
      ? expectTypeOf(result.data).toEqualTypeOf<string>()
      : expectTypeOf(result.data).toEqualTypeOf<{ a: 1 }>();
  };
  expect(narrow).toBeTypeOf("function");
});

test("The errors of an operation are narrowed by their status", () => {
  const narrow = (error: OperationErrorOf<Operations["getThing"]>): unknown => {
    if (error.status === 404) return expectTypeOf(error.body).toEqualTypeOf<{ code: string; detail: string }>();
    if (error.status === 429) return expectTypeOf(error.body).toEqualTypeOf<string>();
    return expectTypeOf(error.body).toEqualTypeOf<{ reason: string }>();
  };
  expect(narrow).toBeTypeOf("function");
});

test("Arguments follow the parameters and the body", () => {
  expectTypeOf<NamedParametersOf<Operations["getThing"]>>().toEqualTypeOf<{
    tags?: string[];
    "X-Trace"?: string;
    session?: string;
  }>();
  expectTypeOf<LocatedParametersOf<Operations["getThing"]>>().toEqualTypeOf<{
    readonly query?: { tags?: string[] } | undefined;
    readonly header?: { "X-Trace"?: string } | undefined;
    readonly cookie?: { session?: string } | undefined;
  }>();
  type Content = ContentOf<Operations["createThing"], "application/json">;
  expectTypeOf<{ body: { name: string } }>().toExtend<Content>();
  expectTypeOf<{ body: { name: string }; contentType: "application/x-www-form-urlencoded" }>().toExtend<Content>();
  expectTypeOf<{ body: { name: string }; contentType: "text/csv" }>().not.toExtend<Content>();
  expect(true).toBe(true);
});
