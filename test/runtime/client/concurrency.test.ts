import { expect, test } from "vitest";
import { limitConcurrency } from "../../../generator/runtime/client/concurrency.ts";
import type { Fetch } from "../../../generator/runtime/client/options.ts";

/** A fetch whose answers are given by hand, and the URLs that it was asked. */
function manual(): { readonly fetch: Fetch; readonly asked: string[]; readonly answers: ((fails?: Error) => void)[] } {
  const asked: string[] = [];
  const answers: ((fails?: Error) => void)[] = [];
  const fetch: Fetch = (url) => {
    asked.push(url);
    return new Promise((resolve, reject) => {
      answers.push((fails) => (fails === undefined ? resolve(new Response(url)) : reject(fails)));
    });
  };
  return { fetch, asked, answers };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test("No more requests are under way than the limit, and the others follow in their order", async () => {
  const { fetch, asked, answers } = manual();
  const limited = limitConcurrency(2, fetch);
  const all = ["a", "b", "c", "d"].map((url) => limited(url, {}));
  await turn();
  expect(asked).toEqual(["a", "b"]);
  answers[1]?.();
  await turn();
  expect(asked).toEqual(["a", "b", "c"]);
  answers[0]?.(new Error("No."));
  await expect(all[0]).rejects.toThrow("No.");
  await turn();
  expect(asked).toEqual(["a", "b", "c", "d"]);
  answers[2]?.();
  answers[3]?.();
  expect(await Promise.all(all.slice(1).map(async (one) => (await one)?.text()))).toEqual(["b", "c", "d"]);
});

test("A place that was given back is taken again", async () => {
  const { fetch, asked, answers } = manual();
  const limited = limitConcurrency(1, fetch);
  for (const url of ["a", "b"]) {
    const answer = limited(url, {});
    await turn();
    answers.at(-1)?.();
    await answer;
  }
  expect(asked).toEqual(["a", "b"]);
});

test("Who is aborted while waiting leaves, and takes nobody's place", async () => {
  const { fetch, asked, answers } = manual();
  const limited = limitConcurrency(1, fetch);
  const first = limited("a", {});
  const controller = new AbortController();
  const second = limited("b", { signal: controller.signal });
  const third = limited("c", {});
  controller.abort(new Error("Too late."));
  await expect(second).rejects.toThrow("Too late.");
  await expect(limited("d", { signal: AbortSignal.abort(new Error("Before.")) })).rejects.toThrow("Before.");
  answers[0]?.();
  await first;
  await turn();
  expect(asked).toEqual(["a", "c"]);
  answers[1]?.();
  await third;
});

test.each([0, -1, 1.5, NaN, Infinity])("A limit of %s is refused", (limit) => {
  expect(() => limitConcurrency(limit)).toThrow(RangeError);
});
