import { child } from "../../diagnostics/location.ts";
import { isObject, kindOf, member, put, type Node } from "../node.ts";
import { componentKindOf, kindNames, type Kind } from "./component-kind.ts";
import { ignoreSibling, made, maxHops, reportLongChain, type Context, type Draft, type Reader } from "./context.ts";
import { text } from "./fields.ts";

/**
 * A reader of objects of a kind that may stand elsewhere: a `$ref` is replaced by what it leads to, read once and shared.
 * `variant` tells readers of one kind apart that read the same place differently.
 */
export function inline<T extends object>(kind: Kind, read: Reader<T>, variant = ""): Reader<T> {
  return (node, context) => {
    if (node.value === null) {
      context.diagnostics.report("value-missing", node.at, { what: kindNames[kind] }, { atKey: true });
      return undefined;
    }
    if (!isObject(node.value)) {
      context.diagnostics.report("value-wrong-kind", node.at, {
        what: kindNames[kind],
        found: kindOf(node.value),
        expected: "an object",
      });
      return undefined;
    }
    if (node.value["$ref"] === undefined) return read(node, context);
    const target = endOf(node, kind, context);
    if (target === undefined) return undefined;
    const object = shared(kind, read, variant)(target, context);
    return object === undefined ? undefined : withOverrides(object, node, context);
  };
}

/** A reader that makes the object of a place once, for components and for what references lead to. */
export function shared<T extends object>(kind: Kind, read: Reader<T>, variant = ""): Reader<T> {
  return (node, context) => {
    const key = `${kind} ${variant} ${node.at}`;
    // What was stored under a kind was read by the reader of that kind.
    if (context.shared.has(key)) return context.shared.get(key) as T | undefined;
    if (context.open.has(key)) {
      context.diagnostics.report("reference-cycle", node.at, { what: kindNames[kind] }, { atKey: true });
      return undefined;
    }
    context.open.add(key);
    const object = inline(kind, read, variant)(node, context);
    context.open.delete(key);
    context.shared.set(key, object);
    return object;
  };
}

/** Where a reference ends that may lead to other references. */
function endOf(start: Node, kind: Kind, context: Context): Node | undefined {
  let node = start;
  const passed = new Set<string>();
  while (isObject(node.value) && node.value["$ref"] !== undefined) {
    const reference = node.value["$ref"];
    if (typeof reference !== "string") {
      context.diagnostics.report("value-wrong-kind", child(node.at, "$ref"), {
        what: '"$ref"',
        found: kindOf(reference),
        expected: "a string",
      });
      return undefined;
    }
    if (passed.size > maxHops) {
      reportLongChain(start, context.diagnostics);
      return undefined;
    }
    if (passed.has(node.at)) {
      context.diagnostics.report("reference-to-itself", child(start.at, "$ref"), {
        reference: String((start.value as Draft)["$ref"]),
      }); // An object, by the loop's first round.
      return undefined;
    }
    passed.add(node.at);
    const target = context.bundle.follow(reference, node);
    if (target === undefined) return undefined;
    const found = componentKindOf(target, context.dialect);
    const wrong =
      found !== undefined && found !== kind && !(found === "parameter" && kind === "requestBody")
        ? kindNames[found]
        : isObject(target.value)
          ? undefined
          : kindOf(target.value);
    if (wrong !== undefined) {
      context.diagnostics.report("reference-wrong-kind", child(node.at, "$ref"), {
        reference,
        found: wrong,
        expected: kindNames[kind],
      });
      return undefined;
    }
    node = target;
  }
  return node;
}

/** A Reference Object may override two texts of its target: https://spec.openapis.org/oas/v3.1.1#reference-object */
function withOverrides<T extends object>(object: T, node: Node, context: Context): T {
  const overrides: Draft = {};
  for (const keyword of Object.keys(node.value as object)) {
    // An object: `inline` has asked.
    if (keyword === "summary" || keyword === "description") put(overrides, keyword, text(member(node, keyword), context));
    else if (keyword !== "$ref" && !keyword.startsWith("x-")) ignoreSibling(keyword, node, context);
  }
  return Object.keys(overrides).length === 0 ? object : made({ ...object, ...overrides }, node, context);
}
