/** A regular expression of ECMAScript as a tree (https://tc39.es/ecma262/#sec-patterns). */
export type RegexNode =
  | { readonly kind: "character"; readonly source: string }
  | { readonly kind: "assertion"; readonly source: "^" | "$" | "\\b" | "\\B" }
  | { readonly kind: "sequence"; readonly nodes: readonly RegexNode[] }
  | { readonly kind: "choice"; readonly branches: readonly RegexNode[] }
  | { readonly kind: "repeat"; readonly node: RegexNode; readonly least: number; readonly most: number }
  | { readonly kind: "group"; readonly number: number; readonly name?: string; readonly node: RegexNode }
  | { readonly kind: "look"; readonly node: RegexNode }
  | { readonly kind: "reference"; readonly to: string };

/** Deeper groups than these are not followed. */
const deepest = 200;

/**
 * Reads the source of what is known to be a regular expression. `unicode` says whether it has the flag `u`. `undefined` for what has
 * groups with modifiers, and for groups in groups beyond all use.
 */
export function parseRegex(source: string, unicode: boolean): RegexNode | undefined {
  let at = 0;
  let groups = 0;
  let depth = 0;
  let unknown = false;

  const take = (expression: RegExp): RegExpExecArray | undefined => {
    expression.lastIndex = at;
    const match = expression.exec(source);
    if (match === null) return undefined;
    at = expression.lastIndex;
    return match;
  };
  const choice = (): RegexNode => {
    const branches = [sequence()];
    while (take(/\|/y) !== undefined) branches.push(sequence());
    const [only] = branches;
    return branches.length === 1 && only !== undefined ? only : { kind: "choice", branches };
  };
  const sequence = (): RegexNode => {
    const nodes: RegexNode[] = [];
    while (at < source.length && !unknown && source[at] !== "|" && source[at] !== ")")
      nodes.push(repeated(atom()));
    return { kind: "sequence", nodes };
  };
  const repeated = (node: RegexNode): RegexNode => {
    const match = take(/(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y);
    if (match === undefined) return node;
    const [, sign, low, comma, high] = match;
    if (sign !== undefined)
      return { kind: "repeat", node, least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : Infinity };
    const least = Number(low);
    const most = comma === undefined ? least : high === "" || high === undefined ? Infinity : Number(high);
    return { kind: "repeat", node, least, most };
  };
  const atom = (): RegexNode => {
    const [assertion] = take(/\^|\$|\\[bB]/y) ?? [];
    if (assertion === "^" || assertion === "$" || assertion === "\\b" || assertion === "\\B")
      return { kind: "assertion", source: assertion };
    const reference = take(/\\(?:([1-9]\d*)|k<([^>]+)>)/y);
    if (reference !== undefined) return { kind: "reference", to: reference[1] ?? reference[2] ?? "" };
    const opening = take(/\((?:\?(?:[:=!]|<[=!]|<([^>]+)>))?/y);
    if (opening !== undefined) return group(opening[0], opening[1]);
    const character = take(unicode ? unicodeCharacter : plainCharacter)?.[0] ?? "";
    return { kind: "character", source: character };
  };
  const group = (open: string, name: string | undefined): RegexNode => {
    const number = open === "(" || name !== undefined ? ++groups : 0;
    depth += 1;
    unknown ||= depth > deepest || source[at] === "?";
    const node = choice();
    depth -= 1;
    at += 1;
    if (/^\(\?<?[=!]$/.test(open)) return { kind: "look", node };
    return { kind: "group", number, ...(name === undefined ? {} : { name }), node };
  };

  const tree = choice();
  return at >= source.length && !unknown ? tree : undefined;
}

const escape = "x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|c[a-zA-Z]";
// Two halves of a character may be written as two escapes.
const surrogates = "\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}";
const charClass = "\\[(?:\\\\[^]|[^\\]\\\\])*\\]";
const unicodeCharacter = new RegExp(
  `${surrogates}|${charClass}|\\\\(?:u\\{[0-9a-fA-F]+\\}|[pP]\\{[^}]*\\}|${escape}|[^])|[^]`,
  "uy",
);
const plainCharacter = new RegExp(`${charClass}|\\\\(?:${escape}|0[0-7]{0,2}|[^])|[^]`, "y");
