/** The handlers of our contract in a real browser, behind the Service Worker that MSW ships. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { openPage, type Page } from "../support/page.ts";
import type { WorkerActions } from "./pages/worker.ts";

const script = readFileSync(createRequire(import.meta.url).resolve("msw/mockServiceWorker.js"), "utf8");
let browser: Browser;
let page: Page<WorkerActions>;

beforeAll(async () => {
  browser = await launchChromium();
  page = await openPage({
    browser,
    program: path.join(import.meta.dirname, "pages/worker.ts"),
    router: ({ url }) =>
      url.endsWith("/mockServiceWorker.js")
        ? new Response(script, { headers: { "Content-Type": "text/javascript" } })
        : new Response(null, { status: 404 }),
  });
  await page.run("start");
});

afterAll(async () => {
  await page.close();
  await browser.close();
});

it("answers every operation with its fixture, of hosts that nobody asks", async () => {
  expect(await page.run("differences")).toEqual({ calls: 9, different: [] });
});

it("answers as it is mocked, and refuses as the server does", async () => {
  expect(await page.run("statuses")).toEqual([429, 200, 400, 204, "ConnectionError", 200]);
});

it("evaluates no text, which the page's policy would not allow, and says nothing", () => {
  // What Chromium says of the network that fails on purpose.
  expect(page.messages.filter((message) => !message.includes("net::ERR_FAILED"))).toEqual([]);
});
