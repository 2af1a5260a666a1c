import { child } from "../../diagnostics/location.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { rule } from "../rule.ts";

/** A tag whose parent is no tag of the document, or is the tag itself in the end (OpenAPI 3.2, §4.22). */
export const tagParentUnknown = rule("tag-parent-unknown", ({ document }, report) => {
  const tags = document.root.tags ?? [];
  const parents = new Map(tags.map(({ name, parent }) => [name, parent]));
  const cleared = new Set<string>();
  for (const tag of tags) {
    const { name, parent } = tag;
    if (parent === undefined) continue;
    const at = child(document.locate(tag), "parent");
    if (!parents.has(parent)) {
      report(at, { tag: name, parent, circular: false, suggestion: suggest(parent, [...parents.keys()]) });
      continue;
    }
    const above = new Set([name]);
    let next: string | undefined = parent;
    while (next !== undefined && !above.has(next) && !cleared.has(next)) {
      above.add(next);
      next = parents.get(next);
    }
    if (next === name) report(at, { tag: name, parent, circular: true, suggestion: undefined });
    // Each circle is told once.
    for (const one of above) cleared.add(one);
  }
});
