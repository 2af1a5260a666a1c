/** The client of our contract in a real browser, with its server on loopback. */
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { serve, type RunningServer } from "../../generated/src/runtime/server/node.ts";
import type { Router } from "../../generated/src/server.ts";
import { answeringRouter, operationNames, repliesOf, withCors } from "../../scripts/everywhere/router.ts";
import { launchChromium } from "../support/chromium.ts";
import { openPage, type Page } from "../support/page.ts";
import type { ContractActions } from "./pages/contract.ts";

const program = path.join(import.meta.dirname, "pages/contract.ts");
let browser: Browser;
let page: Page<ContractActions>;
const servers: RunningServer[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  page = await openPage({ browser, program, router: answeringRouter() });
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

afterAll(async () => {
  await page.close();
  await browser.close();
});

/** A server of another origin than the page's. */
async function elsewhere(router: Router): Promise<string> {
  const server = await serve(router, { port: 0 });
  servers.push(server);
  return server.url;
}

function messagesSince(count: number): readonly string[] {
  return page.messages.slice(count);
}

describe("Every operation, with every answer, in every style", () => {
  const answers = operationNames.flatMap((name) => Object.keys(repliesOf(name)));
  // Each in three styles; and six things that go wrong.
  const all = { calls: answers.length * 3 + 6, problems: [] };

  it("works on the page's own origin", async () => {
    expect(await page.run("smokeOverHttp", page.origin)).toEqual(all);
    expect(await page.run("smokeOverHttp", "/")).toEqual(all);
  });

  it("works across origins", async () => {
    expect(await page.run("smokeOverHttp", await elsewhere(withCors(answeringRouter())))).toEqual(all);
  });

  it("works in a Worker of the page", async () => {
    expect(await page.runInWorker("smokeOverHttp", await elsewhere(withCors(answeringRouter())))).toEqual(all);
  });

  it("works with the server in the page too", async () => {
    expect(await page.run("smokeInProcess")).toEqual(all);
  });

  it("evaluates no text, which the page's policy would not allow, and writes nothing to the console", async () => {
    expect(await page.run("evaluates")).toBe(false);
    // What Chromium says of the bodies that break off on purpose.
    expect(page.messages.filter((message) => !message.includes("net::ERR_INCOMPLETE_CHUNKED_ENCODING"))).toEqual([]);
  });
});

describe("A call across origins", () => {
  it("that the server does not allow is a ConnectionError", async () => {
    const before = page.messages.length;
    const { class: name, text, cause } = await page.run("errorOf", await elsewhere(answeringRouter()));
    expect(name).toBe("ConnectionError");
    expect(text).toBe("ConnectionError: GET /api/environments/{project_id}/query/{id}/ got no answer: Failed to fetch");
    expect(cause).toBe("TypeError: Failed to fetch");
    // The browser tells its user, and nobody else, why.
    expect(messagesSince(before).join("\n")).toContain("blocked by CORS policy");
  });

  it("that nobody answers is a ConnectionError", async () => {
    const gone = await serve(answeringRouter(), { port: 0 });
    await gone.close();
    expect(await page.run("errorOf", gone.url)).toMatchObject({ class: "ConnectionError" });
  });

  it("heeds and reads the headers of an answer that the server exposes, and does without the others", async () => {
    const busy = (router: Router): Router => {
      let asked = 0;
      return (request) => {
        if (request.method === "OPTIONS" || asked++ > 0) return router(request);
        return Promise.resolve(Response.json({}, { status: 503, headers: { "retry-after-ms": "700" } }));
      };
    };
    const exposing = await elsewhere(withCors(busy(answeringRouter()), ["retry-after-ms", "Retry-After"]));
    expect(await page.run("waits", exposing, "503")).toEqual({ delays: [700], headers: { "Retry-After": expect.any(Number) } });
    const hiding = await elsewhere(withCors(busy(answeringRouter())));
    const { delays, headers } = await page.run("waits", hiding, "503");
    // Its own wait: up to half a second.
    expect(delays).toEqual([expect.any(Number)]);
    expect(delays[0]).toBeLessThanOrEqual(500);
    expect(headers).toEqual({});
  });
});
