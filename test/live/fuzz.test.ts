/**
 * Spoiled requests to every operation of our contract. The same goes for documents of others with `npm run fuzz`; more of them, with
 * `FAST_CHECK_SEED=$RANDOM npm run fuzz -- --runs 1000 spec/openapi.yaml`.
 */
import path from "node:path";
import { expect, it } from "vitest";
import { fuzz, type Fuzzed } from "../../scripts/malice/fuzz.ts";
import { specFolder } from "../spec/contract.ts";

const contract = path.join(specFolder, "openapi.yaml");
const seed = Number(process.env["FAST_CHECK_SEED"] ?? 20261123);

async function all(results: AsyncIterable<Fuzzed>): Promise<readonly Fuzzed[]> {
  const list: Fuzzed[] = [];
  for await (const one of results) list.push(one);
  return list;
}

it("never answers 500, never hangs, and hands nothing on that is not valid by Ajv", async () => {
  const results = await all(fuzz(contract, { runs: 40, seed }));
  expect(results.flatMap(({ operation, failure }) => (failure === undefined ? [] : [`${operation.id}: ${failure}`]))).toEqual([]);
  // Neither all refused nor all let through.
  for (const { sent, accepted } of results) {
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(sent);
  }
});

it("would be found out if it checked nothing, or fell over what is malformed", async () => {
  const careless = await all(
    fuzz(contract, {
      ...{ runs: 40, seed },
      alter: (file) =>
        file.path === "runtime/server/validate.ts" ? { ...file, text: "export function validate() { return true; }" } : file,
    }),
  );
  expect(careless.map(({ failure }) => failure ?? "").join("\n")).toMatch(/reached the handler of .* as [^]*must/);
  const fragile = await all(
    fuzz(contract, {
      ...{ runs: 40, seed },
      alter: (file) =>
        file.path === "runtime/wire/percent.ts"
          ? { ...file, text: file.text.replace(/catch \{\s*return undefined;/, 'catch { throw new Error("fell over");') }
          : file,
    }),
  );
  expect(fragile.map(({ failure }) => failure ?? "").join("\n")).toMatch(/fell over/);
});
