import { jsdoc } from "./jsdoc.ts";
import { choice, concat, group, indent, join, line, print } from "./layout.ts";
import { propertyKey, stringLiteral } from "./literal.ts";

/** What has security, and of its alternatives the schemes. */
export interface Requirement {
  readonly key: string;
  readonly alternatives: readonly (readonly { readonly scheme: string }[])[];
}

/**
 * An interface of who asks, by the schemes of each alternative: `readonly getPet: Pick<Who, "key"> | Pick<Who, "user" | "code"> |
 * undefined`. `some` writes the type of several schemes.
 */
export function requirementsInterface(
  head: string,
  requirements: readonly Requirement[],
  some: (schemes: string) => string,
): string {
  const documentation = jsdoc([
    "Who asks, by the schemes that each needs: one of the alternatives, and all of it; `undefined` where anybody may.",
  ]);
  const members = requirements.map(({ key, alternatives }) => {
    // Nobody is named last, wherever the document has him.
    const named = alternatives.filter((alternative) => alternative.length > 0).map((alternative) => some(schemesOf(alternative)));
    const all = [...new Set(named), ...(named.length < alternatives.length || named.length === 0 ? ["undefined"] : [])];
    const union = group(concat(choice("| ", ""), join(concat(line, "| "), all)));
    const start = `readonly ${propertyKey(key)}:`;
    const layout = group(all.length === 1 ? concat(start, " ", union, ";") : concat(start, indent(concat(line, union)), ";"));
    return `  ${print(layout, { indent: 2 })}\n`;
  });
  return `${documentation}export interface ${head} {\n${members.join("")}}\n`;
}

function schemesOf(alternative: Requirement["alternatives"][number]): string {
  return [...new Set(alternative.map(({ scheme }) => stringLiteral(scheme)))].join(" | ");
}
