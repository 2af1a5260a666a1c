import { child } from "../../diagnostics/location.ts";
import type { Node } from "../node.ts";
import type { Context } from "./context.ts";

/**
 * Reports the numbers in a value that are written otherwise than JavaScript holds them: integers beyond 2^53, of which it knows every
 * second, fourth and so on, and what is beyond any double. That fractions are rounded is known to all who write them.
 */
export function reportImprecise(node: Node, context: Context): void {
  if (context.diagnostics.unheard) return;
  const path: (string | number)[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === "number") {
      if (Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))) return;
      const at = child(node.at, ...path);
      const written = context.bundle.textAt({ ...node, value, at })?.trim();
      if (written !== undefined && !isExact(written, value))
        context.diagnostics.report("number-imprecise", at, { written, used: String(value) });
    } else if (typeof value === "object" && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        if (typeof member !== "number" && typeof member !== "object") continue;
        path.push(key);
        visit(member);
        path.pop();
      }
    }
  };
  visit(node.value);
}

/** Whether what is written is the number; texts that are no numbers stand for other things, such as an alias. */
function isExact(written: string, value: number): boolean {
  if (!/^[-+]?\d/.test(written)) return true;
  if (!Number.isFinite(value)) return false;
  return !/^[-+]?\d+$/.test(written) || BigInt(written.replace(/^\+/, "")) === BigInt(value);
}
