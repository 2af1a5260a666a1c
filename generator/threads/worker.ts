/** The second thread: a Task comes in; what its emitters make goes out, or nothing when the document has errors. */
import { parentPort, workerData } from "node:worker_threads";
import { emitterNames, type EmitterName } from "../emit/emitter.ts";
import { emit, prerendered, understand, type Emission, type Progress } from "../pipeline.ts";
import { claim, longest, type Made, type Said, type Task } from "./task.ts";

// What crosses the border of a thread has no type; the only sender is assistant.ts.
const { config, claims } = workerData as Task;
const say = (said: Said): void => parentPort?.postMessage(said);
const progress: Progress = (stage, detail) => say({ kind: "progress", stage, detail });
const understood = await understand(config, undefined, { unheard: true });
const { model, diagnostics, trace } = understood;
if (model !== undefined && !diagnostics.failed) {
  const emissions = new Map<EmitterName, Emission>();
  // The first thread begins at the other end.
  const others = emitterNames.filter((name) => name !== longest).reverse();
  for (const emitter of [longest, ...others]) {
    const isMine = (name: EmitterName): boolean => name === emitter && (name === longest || claim(claims, name));
    const own = emit(understood, model, config, isMine, progress);
    for (const [name, emission] of await prerendered(own)) emissions.set(name, emission);
  }
  const made: Made = { emissions, trace };
  say({ kind: "made", made });
}
