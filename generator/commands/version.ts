import { readFileSync } from "node:fs";

// The same two steps up from `generator/commands/` and from `dist/commands/`.
const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/** The version of the tool, as in its package.json. */
export const version: string =
  typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "0.0.0";
