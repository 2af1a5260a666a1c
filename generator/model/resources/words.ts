/** The English that operation names are made of. */

/** `companies` is `company`, `Boxes` is `box`, `status` stays: enough to tell whether two words name the same thing. */
export function singular(word: string): string {
  const lower = word.toLowerCase();
  if (lower.length > 4 && lower.endsWith("ies")) return `${lower.slice(0, -3)}y`;
  if (/(?:ss|x|z|ch|sh|us)es$/.test(lower)) return lower.slice(0, -2);
  return /[^sui]s$|[^snx]is$/.test(lower) && lower.length > 2 && !alwaysOne.has(lower) ? lower.slice(0, -1) : lower;
}

const alwaysOne = new Set(["always", "as", "aws", "chaos", "dns", "gps", "has", "https", "news", "os", "sms", "tls"]);

/** Whether a word looks like many of a thing. */
export function isPlural(word: string): boolean {
  return singular(word) !== word.toLowerCase();
}

/** Whether two phrases name the same thing, however they are split: `data centers` and `datacenter`. */
export function same(a: readonly string[], b: readonly string[]): boolean {
  return singular(a.join("")) === singular(b.join(""));
}

/** Whether the words of `part` stand at the start of `whole`. */
export function startsWith(whole: readonly string[], part: readonly string[]): boolean {
  return part.length <= whole.length && part.every((word, index) => singular(word) === singular(whole[index] ?? ""));
}

/** Whether the words of `part` stand at the end of `whole`. */
export function endsWith(whole: readonly string[], part: readonly string[]): boolean {
  return part.length <= whole.length && startsWith(whole.slice(whole.length - part.length), part);
}

export const isVerb = (word: string | undefined): boolean => word !== undefined && verbs.has(word.toLowerCase());
/** At the end of a phrase, a word that may be a noun is one: the `pin` of `deprecated pin`, the `request` of `join request`. */
export const isVerbAtEnd = (word: string | undefined): boolean => isVerb(word) && !nounsToo.has(word?.toLowerCase() ?? "");
export const isPreposition = (word: string): boolean => prepositions.has(word.toLowerCase());
/** Words that say nothing: `get-an-album`, `listAllUsers`. */
export const isFiller = (word: string): boolean => fillers.has(word.toLowerCase());
/** Words that say how many or whose, and stand well without the thing itself: `getMultiple`. */
export const isQuantifier = (word: string): boolean => quantifiers.has(word.toLowerCase());

const nounsToo = new Set(
  "answer block build call change charge check claim draft filter grant index issue label link load lock order pin poll process promise query record refund report request reserve resume review schedule search share sign split star store test track transfer trigger view watch".split(
    " ",
  ),
);
const prepositions = new Set([
  "as",
  "at",
  "by",
  "for",
  "from",
  "in",
  "into",
  "of",
  "on",
  "to",
  "using",
  "via",
  "with",
  "within",
  "without",
]);
/** Verbs that say no more than a method does. */
export const isPlainVerb = (verb: readonly string[]): boolean => plainVerbs.has(verb.join(" ").toLowerCase());

const plainVerbs = new Set([
  "add",
  "create",
  "delete",
  "destroy",
  "fetch",
  "get",
  "index",
  "insert",
  "list",
  "modify",
  "partial update",
  "patch",
  "post",
  "put",
  "read",
  "remove",
  "retrieve",
  "show",
  "update",
]);
const fillers = new Set(["a", "all", "an", "existing", "new", "one", "single", "specific", "the"]);
const quantifiers = new Set(["batch", "bulk", "current", "many", "multiple", "my", "own", "several"]);

const verbs = new Set(
  `
  abort accept activate add allow analyze answer apply approve archive assign attach authenticate authorize ban begin block build buy
  calculate call cancel capture change charge check claim clear clone close commit compare complete compute confirm connect consume convert copy
  count create crosspost deactivate deauthorize decline decrypt delete deliver deny deploy describe destroy detach disable disconnect dismiss
  download draft drop edit embed enable encrypt end estimate evaluate exchange execute expire export fetch filter find finish follow force fork forward
  generate get give grant hangup hide import increment index init initialize insert inspect install invalidate invite issue join kick kill launch leave
  like link list load lock login logout lookup make mark merge modify move mute notify open patch pause pay perform pin ping place play poll
  post prepare preview process promote prune publish pull purge push put query read reauthorize rebuild receive reconnect record recover redeem
  redeliver refer refresh refund register reject release reload remove rename render renew reopen reorder replace reply report request rerun resend
  reserve reset resize resolve restart restore resume retrieve retry return revert review revoke rotate run save scan schedule search seek send set share
  show sign simulate skip snooze split star start stop store submit subscribe suggest suspend swap sync test tokenize touch track transfer
  trigger unarchive unassign unban unblock undo unfollow uninstall unlink unlock unmark unpin unpublish unstar unsubscribe unsuspend update
  upgrade upload upsert validate verify view void vote wait watch wipe write
`
    .trim()
    .split(/\s+/),
);
