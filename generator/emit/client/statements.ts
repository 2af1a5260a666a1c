import { choice, concat, group, indent, join, line, print, softline, type Layout } from "../text/layout.ts";
import { stringLiteral } from "../text/literal.ts";

/** An import, on one line if it fits there. */
export function importing(names: readonly string[], module: string, kind: "import" | "import type" = "import"): string {
  return print(concat(`${kind} `, braces(names), ` from ${stringLiteral(module)};`));
}

/** An object, or a list of imports, on one line if it fits there. */
export function braces(members: readonly Layout[], broken = false): Layout {
  return group(concat("{", indent(concat(line, join(concat(",", line), members))), choice(","), line, "}"), broken);
}

/** A list of values, on one line if it fits there. */
export function list(items: readonly Layout[]): Layout {
  return group(concat("[", indent(concat(softline, join(concat(",", line), items))), choice(","), softline, "]"));
}

/** What follows a colon: the union on the same line, or each member on a line of its own behind a bar. */
export function union(types: readonly string[]): Layout {
  if (types.length <= 1) return ` ${types[0] ?? "never"}`;
  return group(indent(concat(line, choice("| "), join(concat(line, "| "), types))));
}

/** A call, or a list of parameters: on one line if it fits there, else each argument on a line of its own. */
export function call(name: Layout, given: readonly Layout[]): Layout {
  return group(concat(name, "(", indent(concat(softline, join(concat(",", line), given))), choice(","), softline, ")"));
}
