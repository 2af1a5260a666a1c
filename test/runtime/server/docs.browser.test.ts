/** The page of a server in Chromium, below a prefix of Express: what it shows, and what it sends. */
import type { AddressInfo } from "node:net";
import express from "express";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { docs } from "../../../generated/src/docs-page.ts";
import * as fixtures from "../../../generated/src/fixtures.ts";
import { openapi } from "../../../generated/src/openapi.ts";
import { toExpress } from "../../../generated/src/runtime/server/express.ts";
import { createRouter, partialHandlers } from "../../../generated/src/server.ts";
import { launchChromium } from "../../support/chromium.ts";

let browser: Browser;
let page: Page;
let close: () => void;
let url: string;
const messages: string[] = [];
const seen: string[] = [];

beforeAll(async () => {
  const router = createRouter(
    partialHandlers<undefined, { PersonalAPIKeyAuth: string; SharingAccessToken: string }>({
      environmentsQueryCreate: ({ reply, security }) => {
        seen.push(security.PersonalAPIKeyAuth);
        return reply(200, fixtures.environmentsQueryCreate.responses[200]().body);
      },
    }),
    {
      document: openapi,
      docs,
      security: {
        PersonalAPIKeyAuth: ({ token }) => (token === "phx_good" ? "ada" : undefined),
        SharingAccessToken: () => undefined,
      },
    },
  );
  const app = express().use("/api", toExpress(router));
  const server = app.listen(0, "127.0.0.1");
  close = () => void server.close().closeAllConnections();
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  browser = await launchChromium();
  page = await browser.newPage();
  page.on("console", (message) => {
    if (!message.text().startsWith("Failed to load resource: the server responded with a status")) messages.push(message.text());
  });
  page.on("pageerror", (error) => messages.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(?:data|blob):/.test(request.url())) messages.push(`asks ${request.url()}`);
  });
});
afterAll(async () => {
  await browser.close();
  close();
});

it("shows the operations, leads to the document, and sends a request with the credentials that are typed", async () => {
  await page.goto(`${url}/docs`);
  await page.waitForSelector("form");
  expect([await page.title(), await page.locator("nav a").count()]).toEqual(["PostHog environments API", 9]);
  expect(await page.locator("#reset").isVisible()).toBe(false);
  expect(await page.getByLabel("Answer with").count()).toBe(0);
  expect(await page.locator("#document").evaluate((link: HTMLAnchorElement) => link.href)).toBe(`${url}/openapi.json`);
  const send = async (): Promise<string> => {
    await page.getByRole("button", { name: "Send" }).click();
    await page.waitForFunction(() => document.querySelector<HTMLButtonElement>("button.primary")?.disabled === false);
    await page.waitForSelector(".answer .status");
    return (await page.textContent(".answer .status")) ?? "";
  };
  expect(await send()).toContain("401");
  await page.getByLabel("PersonalAPIKeyAuth").fill("phx_other");
  expect(await send()).toContain("401");
  await page.getByLabel("PersonalAPIKeyAuth").fill("phx_key");
  await page.locator("#theme").click();
  expect(seen).toEqual([]);
  // Of what is typed, nothing stays when the page is left.
  expect(await page.evaluate(() => Object.values(localStorage).concat(Object.values(sessionStorage)).join())).not.toContain(
    "phx_",
  );
  expect(messages).toEqual([]);
});

it("reaches the handler, and keeps the credentials from one operation to the next", async () => {
  await page.goto(`${url}/docs`);
  await page.waitForSelector("form");
  await page.getByLabel("PersonalAPIKeyAuth").fill("phx_good");
  await page.click("nav a >> nth=1");
  await page.waitForFunction(() => document.querySelector("main h2")?.textContent?.startsWith("Retrieve the state"));
  expect(await page.getByLabel("PersonalAPIKeyAuth").inputValue()).toBe("phx_good");
  await page.click("nav a >> nth=0");
  await page.waitForFunction(() => document.querySelector("main h2")?.textContent === "Create a query");
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForSelector('.answer .status[data-kind="2"]');
  expect(seen).toEqual(["ada"]);
  expect(await page.textContent("#curl")).toContain(`${url}/api/environments/`);
  expect(messages).toEqual([]);
});
