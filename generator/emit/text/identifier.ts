import { isPlainName, stringLiteral } from "./literal.ts";

/** Whether a text may name a variable, a function or a type: an identifier that is not reserved, in any script. */
export function isIdentifier(text: string): boolean {
  return identifierName.test(text) && !reserved.has(text);
}

/** A name that is not taken: as wished, or with underscores behind it. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  return taken.has(wanted) ? freeName(`${wanted}_`, taken) : wanted;
}

/** Reads a member: `parameters.limit`, `parameters["per-page"]`. */
export function memberAccess(object: string, key: string): string {
  return isPlainName(key) ? `${object}.${key}` : `${object}[${stringLiteral(key)}]`;
}

// https://tc39.es/ecma262/#prod-IdentifierName
const identifierName = /^[$_\p{ID_Start}][$\u200c\u200d\p{ID_Continue}]*$/u;

// Reserved in modules (https://tc39.es/ecma262/#prod-ReservedWord), or not to be bound or declared there.
const reserved = new Set([
  ..."await break case catch class const continue debugger default delete do else enum export extends false finally for".split(
    " ",
  ),
  ..."function if import in instanceof new null return super switch this throw true try typeof var void while with yield".split(
    " ",
  ),
  ..."implements interface let package private protected public static arguments eval undefined".split(" "),
  ..."any bigint boolean never number object string symbol unknown".split(" "),
]);
