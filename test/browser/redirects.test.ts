/** Browsers do not show where a redirect leads to: what a client does there with what is secret, in a real one. */
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serve } from "../runtime/client/server.ts";
import { launchChromium } from "../support/chromium.ts";
import { openPage, type Page } from "../support/page.ts";
import type { RedirectActions } from "./pages/redirects.ts";

let browser: Browser;
let page: Page<RedirectActions>;
let target = "";
let asked: Headers[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  page = await openPage({
    browser,
    program: path.join(import.meta.dirname, "pages/redirects.ts"),
    router(request) {
      asked.push(request.headers);
      return request.url.endsWith("/end")
        ? Response.json({})
        : new Response(null, { status: 307, headers: { Location: target } });
    },
  });
});

afterAll(async () => {
  await page.close();
  await browser.close();
});

it("follows with a token where the redirect stays, and without it to another origin", async () => {
  target = "/end";
  expect(await page.run("ask", "Token", "/start")).toBe(`200 ${page.origin}/end`);
  expect(asked.map((headers) => headers.get("Authorization"))).toEqual(["Bearer s3cret-token", "Bearer s3cret-token"]);
  const cors = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "authorization, x-ours" };
  const other = await serve((response, { method }) => response.writeHead(method === "OPTIONS" ? 204 : 200, cors).end("{}"));
  target = `${other.url}/end`;
  expect(await page.run("ask", "Token", "/start")).toBe(`200 ${other.url}/end`);
  expect(other.received.filter(({ method }) => method === "GET")).toHaveLength(1);
  expect(JSON.stringify(other.received)).not.toContain("s3cret");
});

it("does not follow with a key in a header, which would be taken along", async () => {
  const other = await serve((response) => response.end());
  target = other.url;
  asked = [];
  expect(await page.run("ask", "Header", "/start")).toMatch(/^RedirectError: .*redirect: "follow"/);
  expect([asked.map((headers) => headers.get("X-Ours")), other.received]).toEqual([["s3cret-header"], []]);
});

it("sends no request without the cookie that it is given as a credential", async () => {
  asked = [];
  expect(await page.run("ask", "Cookie", "/end")).toMatch(/^EncodeError: Browsers let no program send cookies\./);
  expect(asked).toEqual([]);
});
