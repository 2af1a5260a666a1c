import { isBareReference, type Node } from "../node.ts";
import type { Context } from "./context.ts";

/**
 * Where a value ends that is nothing but a `$ref`. The specification allows references for some objects only; split
 * documents have them anywhere (`properties: { $ref: … }`, `get: { $ref: … }`), and what they mean is plain.
 * `undefined` when the reference leads nowhere, which is reported.
 */
export function through(start: Node, context: Context): Node | undefined {
  let node = start;
  for (let hops = 0; isBareReference(node.value); hops++) {
    if (hops > 50) {
      context.diagnostics.report("reference-to-itself", start.at, { reference: node.value.$ref });
      return undefined;
    }
    const target = context.bundle.follow(node.value.$ref, node);
    if (target === undefined) return undefined;
    node = target;
  }
  return node;
}
