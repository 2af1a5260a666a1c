import type { OperationDescriptor } from "../operation.js";

/** What the server says of an operation that is to go. */
export interface DeprecationNotice {
  /** The operationId. */
  readonly operationId: string;
  readonly method: string;
  /** The path template, as in the document. */
  readonly path: string;
  /** Since when it is deprecated, or from when on; `true` when the server does not say. Absent: it sent `Sunset` alone. */
  readonly deprecation?: Date | true;
  /** When it may be gone. */
  readonly sunset?: Date;
  /** What comes in its place, or where to read more. */
  readonly link?: string;
}

/** Tells of an operation that its answer calls deprecated (RFC 9745) or soon to be gone (RFC 8594), unless that was `told`. */
export function tellDeprecation(
  to: {
    readonly onDeprecation?: ((notice: DeprecationNotice) => void) | null | undefined;
    readonly told: Set<string>;
  },
  operation: OperationDescriptor,
  response: Response,
): void {
  const deprecation = response.headers.get("Deprecation");
  const sunset = response.headers.get("Sunset");
  const { onDeprecation = warn, told } = to;
  if ((deprecation ?? sunset) === null || onDeprecation === null || told.has(operation.id)) return;
  told.add(operation.id);
  const end = sunset === null ? undefined : dateOf(sunset);
  const link = linkOf(response);
  onDeprecation({
    operationId: operation.id,
    method: operation.method,
    path: operation.path,
    ...(deprecation === null ? {} : { deprecation: sinceOf(deprecation) }),
    ...(end === undefined ? {} : { sunset: end }),
    ...(link === undefined ? {} : { link }),
  });
}

function warn({ method, path, deprecation, sunset, link }: DeprecationNotice): void {
  const since = deprecation === undefined || deprecation === true ? "" : ` as of ${day(deprecation)}`;
  const parts = [
    deprecation === undefined ? `${method} ${path} is to go` : `${method} ${path} is deprecated${since}`,
    ...(sunset === undefined ? [] : [`it may be gone after ${day(sunset)}`]),
    ...(link === undefined ? [] : [`see ${link}`]),
  ];
  globalThis.console?.warn(`${parts.join("; ")}.`);
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

// RFC 9745, §2.1: `@` and the seconds since 1970; drafts had `true` or an HTTP date.
function sinceOf(text: string): Date | true {
  const seconds = /^@(-?\d+)$/.exec(text.trim())?.[1];
  return (seconds === undefined ? dateOf(text) : dateOf(Number(seconds) * 1000)) ?? true;
}

function dateOf(value: string | number): Date | undefined {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

// RFC 8288. `successor-version` is of RFC 5829.
const relations = ["successor-version", "deprecation", "sunset"];

function linkOf(response: Response): string | undefined {
  const links = [...(response.headers.get("Link") ?? "").matchAll(/<([^<>]*)>([^<]*)/g)];
  for (const relation of relations) {
    const found = links.find((link) => relationsIn(link[2] ?? "").includes(relation));
    const target = found?.[1];
    if (target === undefined) continue;
    const base = response.url === "" ? undefined : response.url;
    return URL.canParse(target, base) ? new URL(target, base).href : target;
  }
  return undefined;
}

function relationsIn(parameters: string): string[] {
  const match = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters);
  return (match?.[1] ?? match?.[2] ?? "").toLowerCase().split(/\s+/);
}
