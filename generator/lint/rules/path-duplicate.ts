import { rule } from "../rule.ts";

/** Paths that differ in the names of their placeholders alone (OpenAPI 3.1, §4.8.8.2: they are identical and invalid). */
export const pathDuplicate = rule("path-duplicate", ({ survey }, report) => {
  const first = new Map<string, (typeof survey.paths)[number]>();
  for (const site of survey.paths) {
    const key = site.path.replace(/\{[^{}]*\}/g, "{}");
    const other = first.get(key);
    if (other === undefined) first.set(key, site);
    else
      report(
        site.at,
        { path: site.path, other: other.path },
        { atKey: true, related: [{ at: other.at, message: `"${other.path}" is here` }] },
      );
  }
});
