import { environment } from "../client/environment.js";
import type { OperationDescriptor } from "../operation.js";
import type { WireProblem } from "../wire/errors.js";
import type { Incoming } from "./incoming.js";
import { keyed, type SchemaKeys } from "./schema-place.js";

/** How many replies are checked: none, all, or a share of them; `sample` alone is one in a hundred. */
export type ResponseCheck = "off" | "sample" | "always" | { readonly sample: number };

/** How replies are held to the document. */
export interface ResponseCheckOptions {
  /**
   * Whether replies are checked against the schemas of their bodies, the items of sequences as they leave, and headers. Of a sample the
   * first reply of each response is checked, and then every so many, by count. Default: `always`.
   */
  readonly responseCheck?: ResponseCheck;
  /**
   * What becomes of a reply that breaks its schemas: `refuse` answers 500 in its place, and breaks off a sequence that has begun; `send`
   * sends it as it is. Default: `send` where the variable NODE_ENV is `production`, `refuse` everywhere else. What cannot be written by
   * the document, such as a status that it does not declare, is answered 500 always.
   */
  readonly brokenReplies?: "refuse" | "send";
  /**
   * Is told of each reply that breaks the document; of a sequence, its first item that does. What it throws is ignored. Default: writes
   * the breach to `console.error`.
   */
  readonly onBreach?: (breach: Breach, request: Request) => void;
}

/** A reply that is not what the document says. */
export interface Breach {
  readonly operation: OperationDescriptor;
  readonly status: number;
  readonly problems: readonly BreachProblem[];
  /** Whether it was sent all the same. */
  readonly sent: boolean;
}

/** One thing wrong with a reply: in its body or a header, at a JSON Pointer, by a keyword. */
export interface BreachProblem extends WireProblem {
  /** Where the document says otherwise: `#/paths/~1pets/get/responses/200/content/application~1json/schema`. */
  readonly at: string;
}

/** The check of the replies of one operation. */
export interface ReplyCheck {
  /** Whether a reply by this key of the responses is to be checked. */
  isDue(key: string): boolean;
  readonly refuses: boolean;
  report(breach: Breach, incoming: Incoming): void;
}

/** The check of the replies of one operation: made once, since it counts. */
export function createResponseCheck(
  options: ResponseCheckOptions,
  logger: { error(message: string): void } = globalThis.console,
  keys?: SchemaKeys,
): ReplyCheck {
  const { responseCheck = "always", onBreach } = options;
  const rate = rateOf(responseCheck);
  const refuses =
    (options.brokenReplies ?? (environment("NODE_ENV") === "production" ? "send" : "refuse")) === "refuse";
  const isDue = sampler(rate);
  return {
    isDue,
    refuses,
    report({ problems, ...rest }, incoming) {
      const breach = { ...rest, problems: problems.map((problem) => keyed(keys, problem)) };
      try {
        if (onBreach === undefined) logger.error(describeBreach(breach));
        else onBreach(breach, incoming.request);
      } catch {
        // Who watches the answers must not change them.
      }
    },
  };
}

/** A line about a breach, and one for each place. */
export function describeBreach({ operation, status, problems, sent }: Breach): string {
  const head = `${operation.method} ${operation.path} (${operation.id}) was answered with a ${status} that breaks the document${sent ? ", and it was sent" : ""}:`;
  return [
    head,
    ...problems.map((problem) => `  ${describeProblem(problem)}, by ${problem.keyword} at ${problem.at}`),
  ].join("\n");
}

// Where a reply is wrong, and how: `body/0/name must be string (Pet.name)`.
function describeProblem({ in: place, name, pointer, message, schema }: WireProblem): string {
  const where = `${place}${name === undefined ? "" : ` ${name}`}${pointer}`;
  return `${where} ${message}${schema === undefined ? "" : ` (${schema})`}`;
}

/** The place in the document that a problem is about: below the operation, and for a path of the API from the root. */
export function placeOf(
  { path, method }: OperationDescriptor,
  key: string | undefined,
  problem: WireProblem,
  mediaType?: string,
): string {
  const below =
    problem.in === "body"
      ? mediaType === undefined
        ? []
        : ["content", mediaType, "schema"]
      : problem.name === undefined || problem.name === "status"
        ? []
        : ["headers", problem.name];
  const tokens = ["responses", ...(key === undefined ? [] : [key, ...below])];
  const root = path.startsWith("/") ? ["#", "paths", path, method.toLowerCase()] : [];
  return [...root, ...tokens].map((token) => token.replaceAll("~", "~0").replaceAll("/", "~1")).join("/");
}

function rateOf(check: ResponseCheck): number {
  if (check === "off") return 0;
  if (check === "always") return 1;
  const rate = check === "sample" ? 0.01 : check.sample;
  if (rate > 0 && rate <= 1) return rate;
  throw new RangeError(`The sample of the response check is ${rate}; it is a share above 0, up to 1.`);
}

// By count and not by chance: the first of each response, so that a rare one is looked at too, and then evenly.
function sampler(rate: number): (key: string) => boolean {
  if (rate === 0) return () => false;
  if (rate === 1) return () => true;
  const counts = new Map<string, number>();
  return (key) => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count === 0 || Math.floor(count * rate) > Math.floor((count - 1) * rate);
  };
}
