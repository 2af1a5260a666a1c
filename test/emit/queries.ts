import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clientEmitter } from "../../generator/emit/client.ts";
import type { FilePlan } from "../../generator/emit/emitter.ts";
import { operationsEmitter } from "../../generator/emit/operations.ts";
import { serverEmitter } from "../../generator/emit/server.ts";
import { typesEmitter } from "../../generator/emit/types.ts";
import { validatorsEmitter } from "../../generator/emit/validators.ts";
import { buildModel } from "../../generator/model/build.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { contextOf } from "../support/compiled.ts";
import { readFiles } from "../support/read.ts";

const text = readFileSync(join(import.meta.dirname, "queries.yaml"), "utf8");

/** The model of queries.yaml: queries of several kinds that may go to the background. `change` rewrites its text. */
export async function queriesModel(change: (text: string) => string = (same) => same): Promise<ApiModel> {
  const { document, diagnostics } = await readFiles({ "queries.yaml": change(text) });
  if (document === undefined) throw new Error(diagnostics.all.map(({ message }) => message).join("\n"));
  const model = buildModel(document, diagnostics);
  const errors = diagnostics.all.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  return model;
}

/** The client of a model, and its server when that is asked for. */
export function queriesPlans(model: ApiModel, withServer = false): FilePlan[] {
  const emitters = [typesEmitter, operationsEmitter, clientEmitter, ...(withServer ? [validatorsEmitter, serverEmitter] : [])];
  return emitters.flatMap((emitter) => emitter.emit(model, contextOf()));
}
