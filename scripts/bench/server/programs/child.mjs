/** What each program tells the one that measures it. */
import { readFileSync } from "node:fs";

export const { document, answers } = JSON.parse(readFileSync(new URL("./subject.json", import.meta.url), "utf8"));

export function listening(port) {
  process.send({ port });
}

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send({ cpu: user + system, memory: process.memoryUsage.rss() });
});
process.on("disconnect", () => process.exit());
