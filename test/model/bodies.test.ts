import { expect, test } from "vitest";
import { modelOf } from "../support/model.ts";

test("a part of bytes is a file, whatever style its encoding asks for", () => {
  const file = { type: "string", format: "binary" } as const;
  const properties = { one: file, many: { type: "array", items: file }, none: { type: "object" } } as const;
  const encoding = {
    one: { style: "form", contentType: "image/png" },
    many: { explode: true },
    none: { style: "deepObject" },
  } as const;
  const model = modelOf({
    paths: {
      "/files": {
        post: {
          operationId: "send",
          requestBody: { content: { "multipart/form-data": { schema: { type: "object", properties }, encoding } } },
          responses: { "204": { description: "Done." } },
        },
      },
    },
  });
  expect(model.operations[0]?.body?.contents[0]?.encoding).toEqual({
    one: { contentType: "image/png" },
    many: {},
    none: { style: "deepObject" },
  });
});
