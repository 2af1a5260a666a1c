import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it, afterEach } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import { mockOf } from "../../generator/mock/mock.ts";
import { understand } from "../../generator/pipeline.ts";
import { serve, type RunningServer } from "../../generator/runtime/server/node.ts";
import { launchChromium } from "../support/chromium.ts";

let browser: Browser;
let server: RunningServer;
let page: Page;
let messages: string[];

beforeAll(async () => {
  const { model } = await understand(await resolveConfig(".", {}));
  if (model === undefined) throw new Error("The document has errors.");
  [browser, server] = await Promise.all([launchChromium(), serve(mockOf(model).router, { port: 0 })]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  messages = [];
  page.on("console", (message) => {
    if (!message.text().startsWith("Failed to load resource: the server responded with a status")) messages.push(message.text());
  });
  page.on("pageerror", (error) => messages.push(error.message));
  await page.goto(`${server.url}/`);
  await page.waitForSelector("form");
});
afterEach(async () => {
  // The policy of the page forbids what is not its own, and it does not try.
  expect(messages).toEqual([]);
  await page.close();
});

it("shows the operations by tag, and finds them by words", async () => {
  expect(await page.textContent("h1")).toBe("PostHog environments API");
  expect(await page.locator("nav a").count()).toBe(9);
  await page.fill("#search", "recordings patch");
  expect(await page.locator("nav a:visible").count()).toBe(1);
  await page.press("#search", "Enter");
  await page.waitForFunction(() => document.querySelector("main h2")?.textContent === "Update a session recording");
  await page.fill("#search", "nothing like this");
  expect(await page.locator("nav p").isVisible()).toBe(true);
});

it("is led through by the keyboard", async () => {
  expect(await page.getAttribute("nav a", "aria-current")).toBe("page");
  await page.press("body", "/");
  await page.keyboard.type("recordings");
  const found = await page.locator("nav a:visible").allTextContents();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toBe(found[1]);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("search");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction((text) => document.querySelector("nav a[aria-current]")?.textContent === text, found[0]);
});

it("sends an operation as it is prefilled, and shows the answer and the curl", async () => {
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForSelector(".answer .status");
  expect(await page.textContent(".answer .status")).toContain("200");
  expect(await page.textContent(".answer pre")).toContain('"results"');
  expect(await page.textContent("#curl")).toContain("curl -X POST");
});

it("shows what is refused, and what is asked for by its status", async () => {
  await page.fill("textarea", '{"query": 1}');
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForSelector('.status[data-kind="4"]');
  expect(await page.textContent(".answer pre")).toContain("validation_error");
  await page.fill("textarea", "{");
  await page.getByRole("button", { name: "Send" }).click();
  expect(await page.textContent(".problem")).toContain("no JSON");
  await page.click("nav a >> nth=1");
  await page.waitForFunction(() => document.querySelector("main h2")?.textContent?.startsWith("Retrieve the state"));
  await page.getByLabel("Answer with").selectOption({
    index:
      1 +
      (await page.getByLabel("Answer with").locator("option").allTextContents())
        .slice(1)
        .findIndex((words) => words.startsWith("404")),
  });
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForFunction(() => document.querySelector(".answer .status")?.textContent?.startsWith("404"));
});

it("is dark or light, and remembers which", async () => {
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await ground();
  await page.click("#theme");
  expect(await ground()).not.toBe(before);
  const after = await ground();
  await page.reload();
  await page.waitForSelector("form");
  expect(await ground()).toBe(after);
});

it("has no room to the side on a telephone", async () => {
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
