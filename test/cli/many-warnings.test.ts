import picocolors from "picocolors";
import { expect, it } from "vitest";
import { showDiagnostics } from "../../generator/commands/diagnostics.ts";
import type { Terminal } from "../../generator/commands/terminal.ts";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import { locationOf } from "../../generator/diagnostics/location.ts";

function printed(warnings: number): string {
  const diagnostics = new Diagnostics();
  for (let number = 0; number < warnings; number++)
    diagnostics.report("request-body-empty", locationOf("/spec.yaml", ["paths", `/p${number}`]), {});
  diagnostics.report("info-incomplete", locationOf("/spec.yaml", ["info"]), { member: "title", standIn: "API" });
  let text = "";
  const terminal: Terminal = {
    cwd: "/",
    out: () => undefined,
    err: (line) => void (text += line),
    progress: () => undefined,
    interactive: false,
    colors: picocolors.createColors(false),
    onInterrupt: () => undefined,
    environment: () => undefined,
    now: () => 0,
    clock: () => new Date(0),
  };
  showDiagnostics({ diagnostics, sources: [] }, terminal);
  return text;
}

const count = (text: string, code: string): number => text.split(`  ${code}  `).length - 1;

it("shows each of a few warnings", () => {
  const text = printed(20);
  expect(count(text, "request-body-empty")).toBe(20);
  expect(text).not.toContain("more warnings");
});

it("groups warnings of one kind that are many, and says how many were left out", () => {
  const text = printed(1683);
  expect(count(text, "request-body-empty")).toBe(5);
  expect(text).toContain("\n1,678 more warnings request-body-empty; `openapi-triad lint` shows each\n");
  expect(text).toMatch(/info-incomplete[^]*\n1,684 warnings\n$/);
});
