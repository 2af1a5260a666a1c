import { expect, test } from "vitest";
import { createCore } from "../../../generator/runtime/client/core.ts";
import { chosenServer, operationUrl } from "../../../generator/runtime/client/server-url.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";

const servers = { us: "https://us.example.com/v1", eu: "https://eu.example.com/v1" };
const upload: OperationDescriptor = {
  id: "upload",
  method: "PUT",
  path: "/uploads",
  responses: [{ status: "204" }],
  servers: {
    us: { url: "https://{region}.uploads.example.com", variables: { region: "us" } },
    eu: "https://uploads.eu.example.com/",
    here: "/uploads",
  },
  security: [{ Key: [] }],
};

test("an operation goes to its own server: the one of the key that was chosen, or the first", () => {
  const at = (key?: string, variables?: { readonly [name: string]: string }): string =>
    operationUrl("https://us.example.com/v1", upload, chosenServer(servers, key, variables));
  expect(at()).toBe("https://us.uploads.example.com");
  expect(at("us", { region: "ap" })).toBe("https://ap.uploads.example.com");
  expect(at("eu")).toBe("https://uploads.eu.example.com");
});

test("a relative server is relative to the client's", () => {
  const operation = { ...upload, servers: { only: "/admin/" } };
  expect(operationUrl("https://us.example.com/v1", operation, {})).toBe("https://us.example.com/admin");
  expect(operationUrl("https://us.example.com/v1", { ...upload, servers: { only: "beta" } }, {})).toBe(
    "https://us.example.com/v1/beta",
  );
});

test("a URL of one's own is the server of every operation", () => {
  expect(chosenServer(servers, "https://mine.example.com")).toBeUndefined();
  expect(chosenServer(servers, "constructor")).toBeUndefined();
  expect(operationUrl("https://mine.example.com", upload, undefined)).toBe("https://mine.example.com");
});

test("credentials go to no host but those of the document, or the one that was given", async () => {
  const asked: [url: string, key: string | null][] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    asked.push([url, new Headers(init.headers).get("X-Key")]);
    return new Response(null, { status: 204 });
  };
  const common = {
    fetch,
    auth: { Key: "secret" },
    securitySchemes: { Key: { kind: "apiKey", in: "header", name: "X-Key" } },
  } as const;
  await createCore({
    ...common,
    baseUrl: "https://mine.example.com",
    servers: chosenServer(servers, "https://mine.example.com"),
  })(upload);
  await createCore({ ...common, baseUrl: servers.us, servers: chosenServer(servers, undefined) })(upload);
  expect(asked).toEqual([
    ["https://mine.example.com/uploads", "secret"],
    ["https://us.uploads.example.com/uploads", "secret"],
  ]);
});
