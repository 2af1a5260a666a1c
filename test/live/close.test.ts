import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { serve } from "../../generated/src/runtime/server/node.ts";

// Without care these take as long as the clients like: Node spares connections that have not asked yet, and waits for idle ones.
test("A server that is closed hangs up on connections that ask nothing", async () => {
  const { port, close } = await serve(async () => new Response("here"), { port: 0 });
  const silent = connect(port, "127.0.0.1");
  await once(silent, "connect");
  const gone = once(silent.resume(), "close");
  await close();
  await gone;
}, 5_000);

test("A server that is closed still answers those who have asked, and then hangs up", async () => {
  let answer = (): void => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const { url, close } = await serve(
    async () => {
      answer();
      await released;
      return new Response("late");
    },
    { port: 0 },
  );
  const response = fetch(url);
  await asked;
  const closed = close();
  release();
  expect(await (await response).text()).toBe("late");
  await closed;
  await expect(fetch(url)).rejects.toThrow();
}, 5_000);
