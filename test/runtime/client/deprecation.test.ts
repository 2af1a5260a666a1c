import { afterEach, describe, expect, test, vi } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { DeprecationNotice } from "../../../generator/runtime/client/deprecation.ts";
import type { CoreConfig } from "../../../generator/runtime/client/options.ts";
import { PathClient } from "../../../generator/runtime/client/path-client.ts";
import { createThing, getThing, type Operations } from "./operations.ts";
import { json, serve } from "./server.ts";

const path = { project_id: "1", id: "2" };

afterEach(() => vi.restoreAllMocks());

async function noticesOf(headers: { readonly [name: string]: string }): Promise<DeprecationNotice[]> {
  const { url } = await serve(json(200, { name: "cup" }, headers));
  const notices: DeprecationNotice[] = [];
  await createCore({ baseUrl: url, onDeprecation: (notice) => notices.push(notice) })<ApiCall<Operations, "getThing">>(getThing, {
    path,
  });
  return notices.map((notice) =>
    notice.link === undefined ? notice : { ...notice, link: notice.link.replace(url, "http://loopback") },
  );
}

describe("A client", () => {
  const about = { operationId: "getThing", method: "GET", path: "/projects/{project_id}/things/{id}" };

  test.each([
    ["the date of RFC 9745", { Deprecation: "@1688169599" }, { deprecation: new Date("2023-06-30T23:59:59Z") }],
    [
      "the HTTP date of its drafts",
      { Deprecation: "Fri, 11 Nov 2022 23:59:59 GMT" },
      { deprecation: new Date("2022-11-11T23:59:59Z") },
    ],
    ["a mere true", { Deprecation: "true" }, { deprecation: true }],
    [
      "the end",
      { Deprecation: "true", Sunset: "Fri, 31 Jul 2026 00:00:00 GMT" },
      { deprecation: true, sunset: new Date("2026-07-31T00:00:00Z") },
    ],
    ["the end alone", { Sunset: "Fri, 31 Jul 2026 00:00:00 GMT" }, { sunset: new Date("2026-07-31T00:00:00Z") }],
    ["an end that is no date", { Sunset: "soon" }, {}],
    [
      "the successor",
      { Deprecation: "true", Link: '</more>; rel="deprecation", </new?a=1,2>; title="x"; rel="item successor-version"' },
      { deprecation: true, link: "http://loopback/new?a=1,2" },
    ],
    [
      "where to read more",
      { Deprecation: "true", Link: "<https://example.com/why>; rel=deprecation; type=text/html" },
      { deprecation: true, link: "https://example.com/why" },
    ],
    ["no other link", { Deprecation: "true", Link: "</things?page=2>; rel=next" }, { deprecation: true }],
  ])("tells %s of an operation that is to go", async (_what, headers, notice) => {
    expect(await noticesOf(headers)).toEqual([{ ...about, ...notice }]);
  });

  test("tells nothing of an operation that stays", async () => {
    expect(await noticesOf({})).toEqual([]);
  });

  test("tells once of each operation, in either style, whatever the status", async () => {
    const { url } = await serve((response, { method }) =>
      json(method === "GET" ? 404 : 201, { code: "gone" }, { Deprecation: "true" })(response),
    );
    const told: string[] = [];
    const config: CoreConfig = { baseUrl: url, onDeprecation: ({ operationId }) => told.push(operationId) };
    const send = createCore(config);
    const client = new PathClient<{ "/things": { post: Operations["createThing"] } }>(send, { createThing });
    await send<ApiCall<Operations, "getThing">>(getThing, { path }).result();
    await send<ApiCall<Operations, "getThing">>(getThing, { path }).result();
    await client.POST("/things", { body: { name: "cup" } });
    await send<ApiCall<Operations, "createThing">>(createThing, { body: { name: "cup" } }).asResponse();
    expect(told).toEqual(["getThing", "createThing"]);
    await createCore(config)<ApiCall<Operations, "getThing">>(getThing, { path }).result();
    expect(told).toEqual(["getThing", "createThing", "getThing"]);
  });

  test("warns on the console unless it is told otherwise", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const headers = {
      Deprecation: "@1688169599",
      Sunset: "Fri, 31 Jul 2026 00:00:00 GMT",
      Link: '<https://example.com/new>; rel="successor-version"',
    };
    const { url } = await serve(json(200, { name: "cup" }, headers));
    await createCore({ baseUrl: url, onDeprecation: null })<ApiCall<Operations, "getThing">>(getThing, { path });
    expect(warn).not.toHaveBeenCalled();
    await createCore({ baseUrl: url })<ApiCall<Operations, "getThing">>(getThing, { path });
    expect(warn.mock.calls).toEqual([
      [
        "GET /projects/{project_id}/things/{id} is deprecated as of 2023-06-30; it may be gone after 2026-07-31; see https://example.com/new.",
      ],
    ]);
  });

  test("throws from the call what its listener throws", async () => {
    const { url } = await serve(json(200, { name: "cup" }, { Deprecation: "true" }));
    const onDeprecation = (): void => {
      throw new Error("no old things here");
    };
    await expect(
      Promise.resolve(createCore({ baseUrl: url, onDeprecation })<ApiCall<Operations, "getThing">>(getThing, { path })),
    ).rejects.toThrow("no old things here");
  });
});
