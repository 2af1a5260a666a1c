import type { ApiModel, Operation } from "../../model/api-model.ts";
import { header } from "../text/header.ts";
import { freeName, isIdentifier } from "../text/identifier.ts";
import { longOperations, longRunningFunction, optionsNames, optionsType, planConstant } from "./long-running.ts";
import { operationFunction, type OperationFunction } from "./operation.ts";
import type { Resource } from "./resources.ts";
import { importing } from "./statements.ts";

/** The module of a resource. */
export interface ResourceFile {
  readonly text: string;
  readonly functions: readonly OperationFunction[];
}

/** One function for each operation of a resource, in the order of the document. Methods of the client, and to be had alone. */
export function resourceFile(model: ApiModel, { operations }: Resource): ResourceFile {
  const shared = new Set(model.sharedPathParameters.map(({ name }) => name));
  const taken = new Set([...imported, ...operations.flatMap(({ action, longRunning }) => [action, longRunning?.name ?? action])]);
  const nameOf = (action: string): string =>
    isIdentifier(action) && !imported.has(action) ? action : claim(`${action}_`, taken);
  const functions: OperationFunction[] = [];
  const blocks = operations.flatMap((operation) => {
    const own = operationFunction(model, operation, { shared, name: nameOf(operation.action) });
    const followed = followedBlocks(model, operation, { shared, nameOf, taken });
    functions.push(own, ...followed.functions);
    return [own.text, ...followed.blocks];
  });
  return { text: [header, importsOf(blocks.join("\n"), functions), ...blocks].join("\n"), functions };
}

interface Naming {
  readonly shared: ReadonlySet<string>;
  readonly nameOf: (action: string) => string;
  readonly taken: Set<string>;
}

/** The function beside an operation's own that follows it to its end, with its plan and the type of its options. */
function followedBlocks(
  model: ApiModel,
  operation: Operation,
  { shared, nameOf, taken }: Naming,
): { readonly blocks: readonly string[]; readonly functions: readonly OperationFunction[] } {
  const [long] = longOperations({ operations: [operation] });
  if (long === undefined) return { blocks: [], functions: [] };
  const options = optionsNames(model).get(long.id) ?? "CallOptions";
  const plan = claim(`${long.longRunning.name}Plan`, taken);
  const following = longRunningFunction(model, long, { shared, options, plan, name: nameOf(long.longRunning.name) });
  return { blocks: [planConstant(model, long, plan), optionsType(long, options), following.text], functions: [following] };
}

function claim(wanted: string, taken: Set<string>): string {
  const name = freeName(wanted, taken);
  taken.add(name);
  return name;
}

/** What the functions use by these names. */
const imported: ReadonlySet<string> = new Set(
  "byLocation operations runToEnd send sendPaged sendStreamed ways wire undefined".split(" "),
);

function importsOf(text: string, functions: readonly OperationFunction[]): string {
  const uses = (name: string): boolean => new RegExp(`[^\\w.$"\`]${name}[<(]`).test(text);
  const coreTypes = [
    ...["ApiCall", "Body"],
    ...["Content", "Finished", "Item", "Located", "Named", "PagedCall", "StatusValue", "StreamedCall", "Telling", "ValueIn"],
  ].filter(uses);
  const core = [...coreTypes, "CallOptions"].sort();
  const plans = ["FollowOptions", "RestOfBody"].filter(uses);
  const long = plans.length > 0;
  const lines = [
    importing(core, "../core.js", "import type"),
    `import * as operations from "../operations.js";`,
    ...(functions.some(({ sorts }) => sorts) ? [`import { byLocation } from "../runtime/client/by-location.js";`] : []),
    `import { ${uses("send") ? "send, " : ""}type Caller } from "../runtime/client/caller.js";`,
    ...(/[ [(]wire\./.test(text) ? [`import * as wire from "../runtime/client/departures.js";`] : []),
    ...(long
      ? [
          importing([...plans, "LongRunningPlan"].sort(), "../runtime/client/long-running-plan.js", "import type"),
          `import { runToEnd } from "../runtime/client/long-running.js";`,
        ]
      : []),
    ...(uses("sendPaged") ? [`import { sendPaged } from "../runtime/client/pages.js";`] : []),
    ...(/[ (]ways\.(?:by[A-Z]|firstOf)/.test(text) ? [`import * as ways from "../runtime/client/next-page.js";`] : []),
    ...(uses("sendStreamed") ? [`import { sendStreamed } from "../runtime/client/streams.js";`] : []),
    ...(functions.some(({ items }) => items === "named") ? [`import type * as types from "../types.js";`] : []),
    ...(text.includes("Operations[") ? [`import type { operations as Operations } from "../types.js";`] : []),
  ];
  return `${lines.join("\n")}\n`;
}
