import { wordsOf } from "./names.ts";

/** When the samples of an object take place, by their number. */
const beginnings = ["2026-01-31T09:30:00Z", "2026-02-01T14:05:12Z", "2026-03-15T18:45:30Z", "2026-04-02T07:00:00Z"];

const hour = 3_600_000;
const day = 24 * hour;

/** How long after the beginning a thing happens, by a word of its name: what is created is updated later, and expires last. */
const delays: readonly (readonly [number, readonly string[]])[] = [
  [365 * day, ["expires", "expire", "expiry", "expired", "expiration", "renews", "renewal"]],
  [60 * day, ["deleted", "archived", "removed", "canceled", "cancelled", "revoked", "voided", "retired", "banned"]],
  [30 * day, ["due", "deadline", "until", "by", "before", "to", "next"]],
  [14 * day, ["ended", "end", "ends", "completed", "finished", "closed", "stopped", "resolved", "merged", "failed"]],
  [14 * day, ["delivered", "arrival", "arrived", "returned", "max", "latest"]],
  [7 * day, ["updated", "modified", "changed", "edited", "pushed", "synced", "refreshed", "last", "seen", "used"]],
  [2 * day, ["published", "released", "shipped", "sent", "departed", "posted", "paid", "processed", "captured"]],
  [1 * day, ["started", "start", "starts", "begin", "began", "begins", "accepted", "approved", "confirmed", "verified"]],
];

/** The moment that a name speaks of, in milliseconds since 1970. Names of one object agree in their order. */
export function momentOf(name: string, index: number): number {
  const words = new Set(wordsOf(name));
  const [first = ""] = beginnings;
  const beginning = Date.parse(beginnings[index] ?? first) + (index < beginnings.length ? 0 : index * day);
  if (words.has("birth") || words.has("birthday") || words.has("born") || words.has("dob") || words.has("birthdate"))
    return Date.UTC(1985 + (index % 20), 11, 10);
  const delay = delays.find(([, telling]) => telling.some((word) => words.has(word)))?.[0] ?? 0;
  return beginning + delay;
}

/** The moment as RFC 3339 has it, in UTC, without fractions of a second. */
export function dateTimeOf(name: string, index: number): string {
  return new Date(momentOf(name, index)).toISOString().replace(".000Z", "Z");
}

/** The day of the moment. */
export function dateOf(name: string, index: number): string {
  return dateTimeOf(name, index).slice(0, 10);
}

/** Whether a text of this name is likely a moment, or a day. */
export function momentKind(name: string): "moment" | "day" | undefined {
  const last = wordsOf(name).at(-1) ?? "";
  if (days.has(last)) return "day";
  return moments.has(last) ? "moment" : undefined;
}

const days = new Set(["date", "birthday", "birthdate", "dob", "day", "deadline"]);
const moments = new Set([
  "at",
  "time",
  "timestamp",
  "datetime",
  "created",
  "updated",
  "modified",
  "expires",
  "expiry",
  "until",
  "since",
]);

/** Whether a whole number of this name is likely a count of seconds since 1970. */
export function isTimestamp(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? "";
  return last !== "day" && last !== "time" && (days.has(last) || moments.has(last));
}
