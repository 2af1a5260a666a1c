import { expect, expectTypeOf, test } from "vitest";
import { createClient } from "../../../generator/runtime/path-style/client.ts";
import type { MayBeMarked } from "../../../generator/runtime/path-style/markers.ts";
import type { Client, MethodResponse } from "../../../generator/runtime/path-style/types.ts";
import { json, serve } from "../client/server.ts";

// As openapi-typescript writes them when it is asked for `readWriteMarkers`.
interface $Read<T> {
  readonly $read: T;
}
interface $Write<T> {
  readonly $write: T;
}

interface User {
  id: $Read<number>;
  name: string;
  password?: $Write<string>;
  children: $Read<{ entries: $Read<User[]>; photo: Blob }>;
}

interface Users {
  "/users": {
    post: {
      requestBody: { content: { "application/json": User } };
      responses: { 201: { content: { "application/json": User } }; 400: { content: { "application/json": $Read<string> } } };
    };
  };
}

test("What openapi-typescript marks is taken in requests and given in answers", async () => {
  const { url } = await serve(json(201, { id: 1, name: "cup", children: { entries: [], photo: {} } }));
  const client = createClient<Users>({ baseUrl: url });
  const { data, error } = await client.POST("/users", { body: { name: "cup", password: "secret" } });
  expectTypeOf(data?.id).toEqualTypeOf<number | undefined>();
  expectTypeOf(data?.children.entries[0]?.children.entries[0]?.name).toEqualTypeOf<string | undefined>();
  expectTypeOf(data?.children.photo.text).toEqualTypeOf<(() => Promise<string>) | undefined>();
  expectTypeOf(error).toEqualTypeOf<string | undefined>();
  expect(data?.id).toBe(1);
  const wrong = (): unknown => [
    // @ts-expect-error an id is read alone
    client.POST("/users", { body: { id: 1, name: "cup" } }),
    // @ts-expect-error a password is written alone
    data?.password,
  ];
  expect(wrong).toBeTypeOf("function");
});

test("Paths of the document are not looked through for markers", () => {
  expectTypeOf<MayBeMarked<Users, Users>>().toEqualTypeOf<false>();
  expectTypeOf<MayBeMarked<Users, { "/others": object }>>().toEqualTypeOf<true>();
  type Own = Client<Users, `${string}/${string}`, false>;
  expectTypeOf<MethodResponse<Own, "post", "/users">>().toEqualTypeOf<User>();
});
