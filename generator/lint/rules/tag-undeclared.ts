import { child } from "../../diagnostics/location.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { rule } from "../rule.ts";

/** A tag of an operation that the document's list of tags, if it has one, does not know. */
export const tagUndeclared = rule("tag-undeclared", ({ document, survey }, report) => {
  const declared = (document.root.tags ?? []).map(({ name }) => name);
  if (declared.length === 0) return;
  const known = new Set(declared);
  for (const { operation, at } of survey.operations) {
    for (const [index, tag] of (operation.tags ?? []).entries()) {
      if (!known.has(tag)) report(child(at, "tags", index), { tag, suggestion: suggest(tag, declared) });
    }
  }
});
