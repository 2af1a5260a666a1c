import { methods, type PathItemObject } from "../../openapi/shapes.ts";
import { rule } from "../rule.ts";

/** Two paths that match the same URL, neither being the more concrete one (OpenAPI 3.1, §4.8.8.2). */
export const pathAmbiguous = rule("path-ambiguous", ({ survey }, report) => {
  // Either path has a placeholder where the other has none, so that those without any need no look.
  const sites = survey.paths
    .filter(({ path }) => path.includes("{"))
    .map((site) => ({ ...site, segments: site.path.split("/") }));
  for (const [index, site] of sites.entries()) {
    for (const other of sites.slice(0, index)) {
      if (!isAmbiguous(site.segments, other.segments) || !shareMethod(site.item, other.item)) continue;
      report(
        site.at,
        { path: site.path, other: other.path },
        { atKey: true, related: [{ at: other.at, message: `"${other.path}" is here` }] },
      );
    }
  }
});

function isAmbiguous(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  let leftConcrete = false;
  let rightConcrete = false;
  for (const [index, one] of left.entries()) {
    const other = right[index] ?? "";
    if (one === other) continue;
    const [isOpen, otherIsOpen] = [placeholder.test(one), placeholder.test(other)];
    // A segment with text beside its placeholder is left alone: whether it can match is more than this rule knows.
    if ((!isOpen && one.includes("{")) || (!otherIsOpen && other.includes("{")) || (!isOpen && !otherIsOpen)) return false;
    leftConcrete ||= !isOpen;
    rightConcrete ||= !otherIsOpen;
  }
  return leftConcrete && rightConcrete;
}

const placeholder = /^\{[^{}]*\}$/;

function shareMethod(left: PathItemObject, right: PathItemObject): boolean {
  return methods.some((method) => left[method] !== undefined && right[method] !== undefined);
}
