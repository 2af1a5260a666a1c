/** The second thread: a Task comes in; what its emitters make goes out, or nothing when the document has errors. */
import { parentPort, workerData } from "node:worker_threads";
import type { EmitterName } from "../emit/emitter.ts";
import { prerender } from "../output/render.ts";
import { emit, understand, type Emission, type Progress } from "../pipeline.ts";
import type { Made, Said, Task } from "./task.ts";

// What crosses the border of a thread has no type; the only sender is assistant.ts.
const { config, emitters } = workerData as Task;
const say = (said: Said): void => parentPort?.postMessage(said);
const progress: Progress = (stage, detail) => say({ kind: "progress", stage, detail });
const understood = await understand(config);
const { model, diagnostics, trace } = understood;
if (model !== undefined && !diagnostics.failed) {
  const emissions = new Map<EmitterName, Emission>();
  for (const [name, { plans, problems }] of emit(understood, model, config, (emitter) => emitters.has(emitter), progress))
    emissions.set(name, { plans: await prerender(plans), problems });
  const made: Made = { emissions, trace };
  say({ kind: "made", made });
}
