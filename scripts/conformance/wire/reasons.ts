/** Why a row is not passed, where that is a decision. */
export function reasonFor(suite: string, row: string, fault: string): string {
  const known = reasons.find((reason) => reason.suite.test(suite) && reason.row.test(row) && (reason.fault?.test(fault) ?? true));
  return known?.text ?? "Not known why.";
}

interface Reason {
  readonly suite: RegExp;
  readonly row: RegExp;
  readonly fault?: RegExp;
  readonly text: string;
}

const commaIsData =
  "The delimiter stands as it is (OpenAPI 3.1.1, §4.8.12.4, Style Examples); `%2C` is a comma in an item (RFC 6570, §3.2.8), and is read as a delimiter only where no item can hold one.";

const reasons: readonly Reason[] = [
  {
    suite: /^query, decode$/,
    row: /subRole/,
    text: "One name cannot be a text and an object at once: there is no such value.",
  },
  {
    suite: /^query, decode$/,
    row: /^`id=`/,
    text: "A list with an empty text is written so (Style Examples, column *empty*); an empty list is not written at all.",
  },
  { suite: /^query, encode$/, row: /^`\[\]`/, text: "An empty list is not written at all (RFC 6570, §2.3: undefined)." },
  {
    suite: /^query, encode$/,
    row: /SpaceDelimited/,
    text: "The space is `%20` (Style Examples); `+` is understood, too.",
  },
  {
    suite: /^cookie, encode$/,
    row: /<>/,
    text: "All but unreserved characters are percent-encoded (OpenAPI 3.1.1, §4.8.12.4: by RFC 6570's form), which decodes to the same.",
  },
  { suite: /^(?:query|cookie), (?:en|de)code$/, row: /%2C/, text: commaIsData },
];
