import { describe, expect, it } from "vitest";
import { timingSafeEqual } from "../../../generator/runtime/server/timing-safe-equal.ts";

describe("timingSafeEqual", () => {
  it.each<[string | Uint8Array, string | Uint8Array, boolean]>([
    ["secret", "secret", true],
    ["secrët", "secrët", true],
    ["secret", new TextEncoder().encode("secret"), true],
    ["secret", "secreT", false],
    ["Secret", "secret", false],
    ["secre", "secret", false],
    ["secretsecret", "secret", false],
    ["secret\0", "secret", false],
    ["", "secret", false],
    ["secret", "", false],
    ["", "", false],
    [new Uint8Array(), new Uint8Array(), false],
  ])("compares %j with %j", (presented, secret, equal) => {
    expect(timingSafeEqual(presented, secret)).toBe(equal);
  });

  // An early exit would be a hundred thousand times faster.
  it("takes as long for a difference at the start as for one at the end, and for a secret of another length", () => {
    const secret = new Uint8Array(4_000_000).fill(7);
    const early = secret.slice();
    early[0] = 8;
    const late = secret.slice();
    late[late.length - 1] = 8;
    const cases: [Uint8Array, Uint8Array][] = [
      [early, secret],
      [late, secret],
      [late, secret.slice(0, 10)],
    ];
    const times = cases.map(() => Infinity);
    for (let round = 0; round < 7; round += 1)
      for (const [index, [presented, expected]] of cases.entries()) {
        const start = performance.now();
        expect(timingSafeEqual(presented, expected)).toBe(false);
        times[index] = Math.min(times[index] ?? 0, performance.now() - start);
      }
    expect(Math.max(...times) / Math.min(...times)).toBeLessThan(20);
  });
});
