/** One document through the whole chain but the compiler: its sources are left in a folder for that. */
import path from "node:path";
import { resolveConfig, type Config } from "../../generator/config.ts";
import { emitterNames } from "../../generator/emit/emitter.ts";
import type { EmittedFile } from "../../generator/output/render.ts";
import { compare, write } from "../../generator/output/write.ts";
import { generate } from "../../generator/pipeline.ts";
import { describeFinding } from "../../generator/verify/failure.ts";
import { proveLaw } from "../../generator/verify/law.ts";

/** How a document stands. */
export interface Examined {
  readonly outcome: "generated" | "refused" | "crashed";
  readonly operations: number;
  readonly lawful: number;
  /** Operations that no request can prove: the document contradicts itself, or no valid value can be told apart on the wire. */
  readonly impossible: number;
  /** Webhooks and callbacks. */
  readonly hooks: { readonly total: number; readonly lawful: number };
  /** For generating alone. */
  readonly seconds: number;
  /** Whether a second run makes the same bytes; `undefined` when it was not asked for. */
  readonly identical: boolean | undefined;
  /** What is wrong, in words. */
  readonly details: readonly string[];
}

/** Generates into `out`, twice when `again` is set, and proves the law. Nothing is thrown: what goes wrong is an outcome. */
export async function examine(file: string, out: string, again: boolean): Promise<Examined> {
  const config = { ...(await resolveConfig(out, { spec: file, out, emit: emitterNames })), roots: [path.dirname(file)] };
  const started = performance.now();
  const empty = { operations: 0, lawful: 0, impossible: 0, hooks: { total: 0, lawful: 0 }, identical: undefined };
  try {
    const { diagnostics, files, model } = await generate(config);
    const seconds = (performance.now() - started) / 1000;
    if (files === undefined || model === undefined) {
      const errors = diagnostics.all.filter(({ severity }) => severity === "error");
      return {
        ...empty,
        outcome: "refused",
        seconds,
        details: errors.map(({ code, at, message }) => `${code} ${at} ${message}`),
      };
    }
    await write(out, files, await compare(out, files));
    const details: string[] = [];
    const lawful = { served: 0, sent: 0 };
    const impossible = { served: 0, sent: 0 };
    // The law runs on sources that lie at the top of the output, as `verify` has them.
    const bare = files.filter(({ path: name }) => name.startsWith("src/")).map((one) => ({ ...one, path: one.path.slice(4) }));
    for await (const { operation, failures, impossible: contradicted } of proveLaw(model, bare)) {
      const side = operation.sent === true ? "sent" : "served";
      if (contradicted) {
        impossible[side] += 1;
        details.push(`${operation.method.toUpperCase()} ${operation.path}  no request can prove it: see fixture-impossible`);
      } else if (failures.length === 0) lawful[side] += 1;
      for (const failure of failures)
        details.push(`${operation.method.toUpperCase()} ${operation.path}  ${describeFinding(failure)} (${failure.at})`);
    }
    const identical = again ? await isRepeatable(config, files) : undefined;
    const hooks = { total: model.webhooks.length + model.callbacks.length, lawful: lawful.sent + impossible.sent };
    const counts = { operations: model.operations.length, lawful: lawful.served, impossible: impossible.served, hooks };
    return { outcome: "generated", ...counts, seconds, identical, details };
  } catch (error) {
    return {
      ...empty,
      outcome: "crashed",
      seconds: (performance.now() - started) / 1000,
      details: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    };
  }
}

async function isRepeatable(config: Config, files: readonly EmittedFile[]): Promise<boolean> {
  const again = await generate(config);
  return (
    again.files !== undefined &&
    again.files.length === files.length &&
    again.files.every((file, index) => file.path === files[index]?.path && file.text === files[index]?.text)
  );
}
