/** Another thread of the law: orders come in, one at a time, and what comes of them goes out. */
import { parentPort, workerData } from "node:worker_threads";
import { createHand } from "./hand.ts";
import type { Order, Start } from "./thread.ts";

// What crosses the border of a thread has no type; the only other side is thread.ts.
const { folder, scenes } = workerData as Start;
const hand = createHand(folder, scenes);
parentPort?.on("message", async (order: Order) => {
  const answer = order.kind === "layOut" ? await hand.layOut(order.files) : await hand.prove(order.range);
  parentPort?.postMessage(answer);
});
