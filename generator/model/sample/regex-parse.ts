/** A regular expression of ECMAScript as far as text can be made from it. */
export type Node =
  | { readonly kind: "character"; readonly source: string }
  | { readonly kind: "sequence"; readonly nodes: readonly Node[] }
  | { readonly kind: "choice"; readonly branches: readonly Node[] }
  | { readonly kind: "repeat"; readonly node: Node; readonly least: number; readonly most: number }
  | { readonly kind: "group"; readonly number: number; readonly name?: string; readonly node: Node }
  | { readonly kind: "reference"; readonly to: string }
  /** What must follow, without being part of the match: `(?=…)`. */
  | { readonly kind: "ahead"; readonly node: Node };

/** Reads a pattern that is known to be a regular expression. */
export function parse(pattern: string): Node | undefined {
  let at = 0;
  let groups = 0;

  const choice = (): Node => {
    const branches = [sequence()];
    while (pattern[at] === "|") {
      at += 1;
      branches.push(sequence());
    }
    return branches.length === 1 && branches[0] !== undefined ? branches[0] : { kind: "choice", branches };
  };
  const sequence = (): Node => {
    const nodes: Node[] = [];
    while (at < pattern.length && pattern[at] !== "|" && pattern[at] !== ")") {
      const node = atom();
      if (node !== undefined) nodes.push(repeated(node));
    }
    return { kind: "sequence", nodes };
  };
  const repeated = (node: Node): Node => {
    const match = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(pattern.slice(at));
    if (match === null) return node;
    at += match[0].length;
    if (match[1] !== undefined)
      return { kind: "repeat", node, least: match[1] === "+" ? 1 : 0, most: match[1] === "?" ? 1 : Infinity };
    const least = Number(match[2]);
    return { kind: "repeat", node, least, most: match[3] === undefined ? least : match[4] === "" ? Infinity : Number(match[4]) };
  };
  const atom = (): Node | undefined => {
    const rest = pattern.slice(at);
    if (rest.startsWith("^") || rest.startsWith("$")) return skip(1);
    if (/^\\[bB]/.test(rest)) return skip(2);
    if (rest.startsWith("(")) return group(rest);
    const reference = /^\\(?:([1-9]\d*)|k<([^>]+)>)/.exec(rest);
    if (reference !== null) {
      at += reference[0].length;
      return { kind: "reference", to: reference[1] ?? reference[2] ?? "" };
    }
    const source =
      /^(?:\[(?:\\.|[^\]\\])*\]|\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|c[a-zA-Z]|.)|[^])/u.exec(
        rest,
      )?.[0] ?? "";
    at += Math.max(1, source.length);
    return { kind: "character", source: source.length === 1 && /[/]/.test(source) ? "/" : source };
  };
  const skip = (length: number): undefined => {
    at += length;
    return undefined;
  };
  const group = (rest: string): Node | undefined => {
    const opening = /^\((?:\?(?:[:=!]|<[=!]|<([^>]+)>|[a-z-]*:))?/.exec(rest);
    const open = opening?.[0] ?? "(";
    at += open.length;
    const number = open === "(" || opening?.[1] !== undefined ? ++groups : 0;
    const node = choice();
    at += 1;
    // What other lookarounds ask for is left to the test of the whole text; what follows one may be a quantifier, to be passed over.
    if (/^\(\?<?[=!]$/.test(open)) {
      repeated(node);
      return open === "(?=" ? { kind: "ahead", node } : undefined;
    }
    return { kind: "group", number, ...(opening?.[1] === undefined ? {} : { name: opening[1] }), node };
  };

  const tree = choice();
  return at >= pattern.length ? tree : undefined;
}
