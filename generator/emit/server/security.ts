import type { ApiModel, SecurityScheme } from "../../model/api-model.ts";
import { securityDescriptor } from "../../model/security-descriptor.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { choice, concat, group, indent, join, line, print, softline, type Layout } from "../text/layout.ts";
import { holdsInheritedName, literal, propertyKey, stringLiteral } from "../text/literal.ts";

/** The schemes that operations need, in the order of the document. */
export function neededSchemes(model: ApiModel): SecurityScheme[] {
  const named = new Set(model.operations.flatMap((operation) => operation.security.flat().map(({ scheme }) => scheme)));
  return model.securitySchemes.filter(({ key }) => named.has(key));
}

/** `Principals`: a type for each scheme, which the user says. */
export function principalsInterface(schemes: readonly SecurityScheme[]): string {
  const documentation = jsdoc([
    "Who shows the credentials of a scheme, as its verifier tells. Give the types of your own: `Handlers<Context, Record<keyof Principals, User>>`, or let the verifiers say it: `PrincipalsOf<typeof security>`.",
  ]);
  const members = schemes.map(({ key }) => `  readonly ${propertyKey(key)}: unknown;\n`);
  return `${documentation}export interface Principals {\n${members.join("")}}\n`;
}

/** `Security`: a verifier for each scheme. */
export function securityInterface(schemes: readonly SecurityScheme[]): string {
  const members = schemes.map((scheme) => {
    const kind = stringLiteral(securityDescriptor(scheme).kind);
    const type = genericLayout("Verifier", [kind, `Who[${stringLiteral(scheme.key)}]`]);
    const member = print(concat(`readonly ${propertyKey(scheme.key)}: `, type, ";"), { indent: 2 });
    return `${jsdoc([scheme.description], 2)}  ${member}\n`;
  });
  const documentation = jsdoc([
    "Verifies the credentials of each scheme, before anything else of a request is looked at. A verifier is asked with the scopes that the operation needs, and returns a principal, or nothing for nobody (401); it throws `Forbidden` for somebody who may not do this (403).",
  ]);
  return `${documentation}export interface Security<Who extends Principals = Principals> {\n${members.join("\n")}}\n`;
}

/** What the router knows of the schemes. */
export function schemeTable(schemes: readonly SecurityScheme[]): string {
  const table = Object.fromEntries(schemes.map((scheme) => [scheme.key, securityDescriptor(scheme)]));
  return `const securitySchemes: { readonly [scheme: string]: SecuritySchemeDescriptor } = ${literal(table, { expand: true })}${holdsInheritedName(table) ? " as const" : ""};\n`;
}

/** `{ one, other }` of an import, broken where it does not fit. */
export function braces(members: readonly Layout[]): Layout {
  return group(concat("{", indent(concat(line, join(concat(",", line), members))), choice(","), line, "}"));
}

/** `Name<One, Other>`, broken where it does not fit. */
export function genericLayout(name: string, parameters: readonly string[]): Layout {
  return group(concat(`${name}<`, indent(concat(softline, join(concat(",", line), parameters))), softline, ">"));
}
