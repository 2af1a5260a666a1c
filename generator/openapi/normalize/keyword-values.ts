/** The readers of keywords that hold values: `enum`, `example` and `examples`. */
import { isObject, items, kindOf, member, members } from "../node.ts";
import { exampleValue, ignored, literal } from "./fields.ts";
import type { KeywordReader } from "./schema-keywords.ts";

export const enumeration: KeywordReader = ({ node, draft, context }) => {
  if (Array.isArray(node.value)) draft["enum"] = literal(node, context);
  else if (isObject(node.value) || node.value === null) ignored(node, "an array", context);
  else {
    context.diagnostics.report("value-repaired", node.at, {
      what: '"enum"',
      found: kindOf(node.value),
      expected: "an array",
      used: "an array of it",
    });
    draft["enum"] = [node.value];
  }
};

export const example: KeywordReader = ({ node, draft, context }) => {
  const others: unknown[] = Array.isArray(draft["examples"]) ? draft["examples"] : [];
  draft["examples"] = [exampleValue(node, context), ...others];
};

export const examples: KeywordReader = ({ node, draft, context }) => {
  const before: unknown[] = Array.isArray(draft["examples"]) ? draft["examples"] : [];
  if (Array.isArray(node.value)) {
    draft["examples"] = [...before, ...items(node).map((item) => literal(item, context))];
    return;
  }
  // The map of Example Objects that media types have.
  const used = [...members(node)].map(([, inner]) =>
    isObject(inner.value) && "value" in inner.value ? literal(member(inner, "value"), context) : literal(inner, context),
  );
  context.diagnostics.report(
    "value-repaired",
    node.at,
    { what: '"examples"', found: kindOf(node.value), expected: "an array", used: "an array of its values" },
    { atKey: true },
  );
  draft["examples"] = [...before, ...(isObject(node.value) ? used : [literal(node, context)])];
};
