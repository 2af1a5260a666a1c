/** Document → the requests that the API sends itself: its webhooks, and the callbacks of its operations. */
import type { OperationObject, PathItemObject } from "../openapi/shapes.ts";
import type { Hook } from "./api-model.ts";
import { type Building, defined } from "./building.ts";
import { assignNames, valueIdentifier } from "./names.ts";
import { buildMessage, operationsOf, type WrittenOperation } from "./operations.ts";
import { objectMembers, ourValues, reservedWords } from "./reserved.ts";

interface WrittenHook extends WrittenOperation {
  readonly event: string;
  readonly item: PathItemObject;
  readonly callback?: Hook["callback"];
  /** The identifier that it would have if it were alone. */
  readonly wanted: string;
  readonly key: string;
}

/** An operation that may have callbacks. */
export interface Caller {
  readonly name: string;
  readonly id: string;
  readonly written: OperationObject;
}

/** The webhooks in spec order, named by their keys. */
export function buildWebhooks(building: Building, undeclared: Set<string>): Hook[] {
  const items = building.document.root.webhooks ?? {};
  return buildHooks(
    building,
    Object.entries(items).flatMap(([event, item]) => hooksOf(event, item, { wanted: event, key: event, path: event })),
    undeclared,
  );
}

/**
 * The callbacks in the order of their operations, each named by its operation and its key. A callback whose own operation has
 * callbacks brings those too, where they are met for the first time: callbacks that share parts would multiply otherwise.
 */
export function buildCallbacks(building: Building, callers: readonly Caller[], undeclared: Set<string>): Hook[] {
  const found: WrittenHook[] = [];
  const inner = new Set<OperationObject>();
  const pending = callers.map((caller) => ({ ...caller, depth: 0 })).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const nested: typeof pending = [];
    for (const [event, expressions] of Object.entries(next.written.callbacks ?? {})) {
      for (const [expression, item] of Object.entries(expressions)) {
        const place = { wanted: `${next.name} ${event}`, key: `${next.id} ${event} ${expression}`, path: expression };
        for (const hook of hooksOf(event, item, place)) {
          if (next.depth > 0 && inner.has(hook.operation)) continue;
          if (next.depth > 0) inner.add(hook.operation);
          found.push({ ...hook, callback: { operation: next.id, expression } });
          nested.push({ name: valueIdentifier(hook.wanted), id: hook.key, written: hook.operation, depth: next.depth + 1 });
        }
      }
    }
    pending.push(...nested.reverse());
  }
  return buildHooks(building, found, undeclared);
}

interface HookPlace {
  readonly wanted: string;
  readonly key: string;
  readonly path: string;
}

/** The operations of one path item; the method is in the name only where there are several. */
function hooksOf(event: string, item: PathItemObject, { wanted, key, path }: HookPlace): WrittenHook[] {
  const operations = operationsOf({ [path]: item });
  return operations.map((written) => ({
    ...written,
    event,
    item,
    wanted: operations.length > 1 ? `${wanted} ${written.method.toLowerCase()}` : wanted,
    key: `${key} ${written.method}`,
  }));
}

function buildHooks(building: Building, written: readonly WrittenHook[], undeclared: Set<string>): Hook[] {
  const { names } = assignNames(
    written.map(({ key, wanted }) => ({ key, wanted: valueIdentifier(wanted) || "event" })),
    new Set([...reservedWords, ...objectMembers, ...ourValues]),
    "Event",
  );
  return written.map((one): Hook => {
    const name = names.get(one.key) ?? one.key;
    const id = one.operation.operationId;
    const built = buildMessage(building, one, {
      names: { id: id === undefined || id === "" ? name : id, name },
      place: { chain: [], action: name },
      undeclared,
    });
    // What the path item says goes for each of its operations: there is no path that it could stand at.
    const texts = defined({
      summary: built.summary ?? one.item.summary,
      description: built.description ?? one.item.description,
    });
    return {
      ...built,
      ...texts,
      sent: true,
      event: one.event,
      ...(one.callback === undefined ? {} : { callback: one.callback }),
    };
  });
}
