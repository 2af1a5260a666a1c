import { jsdoc } from "./jsdoc.ts";
import { choice, concat, group, indent, join, line, print } from "./layout.ts";
import { propertyKey, stringLiteral } from "./literal.ts";

/** What has security, and of its alternatives the schemes. */
export interface Requirement {
  readonly key: string;
  readonly alternatives: readonly (readonly { readonly scheme: string }[])[];
}

/** An interface of alternatives: `readonly getPet: ["key"] | ["user", "password"] | []`. What needs nothing at all is left out. */
export function requirementsInterface(name: string, requirements: readonly Requirement[]): string {
  const documentation = jsdoc(["The schemes that each needs: of the alternatives one, and of that all. `[]` lets anybody in."]);
  const members = requirements
    .filter(({ alternatives }) => alternatives.some((alternative) => alternative.length > 0))
    .map(({ key, alternatives }) => {
      const tuples = [...new Set(alternatives.map(tupleOf))];
      const head = `readonly ${propertyKey(key)}:`;
      const union = group(concat(choice("| ", ""), join(concat(line, "| "), tuples)));
      const layout = group(tuples.length === 1 ? concat(head, " ", union, ";") : concat(head, indent(concat(line, union)), ";"));
      return `  ${print(layout, { indent: 2 })}\n`;
    });
  return `${documentation}export interface ${name} {\n${members.join("")}}\n`;
}

function tupleOf(alternative: Requirement["alternatives"][number]): string {
  return `[${alternative.map(({ scheme }) => stringLiteral(scheme)).join(", ")}]`;
}
