import { isBareReference, type Node, type Via } from "../node.ts";
import type { Context } from "./context.ts";
import { withScope } from "./dynamic-scope.ts";

/** More replaced references than any real document has; beyond it, they multiply. */
const maxFollowed = 100_000;

/**
 * Where a value ends that is nothing but a `$ref`. The specification allows references for some objects only; split
 * documents have them anywhere (`properties: { $ref: … }`, `get: { $ref: … }`), and what they mean is plain.
 * `undefined` when the reference leads nowhere or into itself, which is reported.
 */
export function through(start: Node, context: Pick<Context, "bundle" | "diagnostics" | "followed">): Node | undefined {
  let node = start;
  while (isBareReference(node.value)) {
    const reference = node.value.$ref;
    const target = context.bundle.follow(reference, node);
    if (target === undefined) return undefined;
    if (passed(node.via, target)) {
      context.diagnostics.report("reference-to-itself", start.at, { reference });
      return undefined;
    }
    if (++context.followed.count > maxFollowed) {
      context.diagnostics.report("references-multiply", context.bundle.entry.at, {});
      return undefined;
    }
    node = { ...withScope(target, node.scope, context.bundle), via: { at: target.at, before: node.via } };
  }
  return node;
}

function passed(via: Via | undefined, target: Node): boolean {
  for (let place = via; place !== undefined; place = place.before) if (place.at === target.at) return true;
  return false;
}
