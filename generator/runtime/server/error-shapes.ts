import type { Validator } from "../validation/validator.js";
import type { WireProblem } from "../wire/errors.js";
import type { Failure } from "./failure.js";
import { isUnreadable } from "./invalid.js";

/**
 * How an API writes its errors. The body is JSON whose texts may hold words in braces. A text that is one word alone becomes the word's
 * value; a list with one item has the item for each problem.
 *
 * `status`, `title` and `detail` are those of the failure; `code` is its title in one word: `not_found`. The others are of the first
 * problem, or of each in a list: `message`, a sentence with the place and the schema (without a problem: the detail), `reason`, the same without the
 * place, `in`, `name`, `pointer`, `keyword`, and `field`, the name and the keys to the place.
 */
export interface ErrorShape {
  /** What checks the schema that has this shape. */
  readonly validate: Validator;
  readonly body: unknown;
  /** More words. Each is said by the first of: `unreadable`, the keyword of the first problem, the status, its range, `default`. */
  readonly words?: { readonly [word: string]: { readonly [situation: string]: unknown } };
  /** Between the keys of `field`. Default: `.`. */
  readonly separator?: string;
}

/** The body of a failure in a shape; `undefined` when the schema does not take it. */
export function shapedBody(shape: ErrorShape, failure: Failure): unknown {
  const body = fill(shape.body, failure.errors[0], shape, failure);
  return shape.validate(body, null, null) ? body : undefined;
}

function fill(
  template: unknown,
  problem: WireProblem | undefined,
  shape: ErrorShape,
  failure: Failure,
): unknown {
  if (typeof template === "string")
    return fillText(template, (word) => wordOf(word, problem, shape, failure));
  if (Array.isArray(template)) {
    const [item] = template as unknown[];
    return template.length === 1
      ? failure.errors.map((each) => fill(item, each, shape, failure))
      : template.map((each) => fill(each, problem, shape, failure));
  }
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, member]) => [key, fill(member, problem, shape, failure)]),
  );
}

function fillText(template: string, valueOf: (word: string) => unknown): unknown {
  const [, only] = /^\{(\w+)\}$/.exec(template) ?? [];
  if (only !== undefined) return valueOf(only);
  return template.replace(/\{(\w+)\}/g, (_, word: string) => String(valueOf(word) ?? ""));
}

function wordOf(
  word: string,
  problem: WireProblem | undefined,
  shape: ErrorShape,
  failure: Failure,
): unknown {
  const { status, title, detail, errors } = failure;
  const own = shape.words !== undefined && Object.hasOwn(shape.words, word) ? shape.words[word] : undefined;
  if (own !== undefined) {
    const situations = [
      ...(isUnreadable(errors) ? ["unreadable"] : []),
      ...(problem === undefined ? [] : [problem.keyword]),
      String(status),
      `${Math.floor(status / 100)}XX`,
      "default",
    ];
    const situation = situations.find((each) => Object.hasOwn(own, each));
    return situation === undefined ? null : own[situation];
  }
  switch (word) {
    case "status":
      return status;
    case "title":
      return title;
    case "detail":
      return detail;
    case "code":
      return title.toLowerCase().replaceAll(" ", "_");
    case "message":
      return problem === undefined ? detail : sentenceOf(problem);
    case "reason":
      return problem?.message ?? detail;
    case "in":
    case "name":
    case "pointer":
    case "keyword":
      return problem?.[word] ?? null;
    case "field":
      return problem === undefined ? null : fieldOf(problem, shape.separator ?? ".");
    default:
      return null;
  }
}

function sentenceOf(problem: WireProblem): string {
  const schema = problem.schema === undefined ? "" : ` (${problem.schema})`;
  return `${placeOf(problem)} ${problem.message}${schema}`;
}

/** Where a problem is, in a sentence: the pointer into a body, or the name of a parameter. */
function placeOf({ in: place, name, pointer }: WireProblem): string {
  if (place === "body") return pointer === "" ? "The body" : pointer;
  return `${name ?? place}${pointer}`;
}

// The keys, without the numbers of items.
function fieldOf({ name, pointer, keyword, message }: WireProblem, separator: string): string | null {
  const keys = pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  // What is missing is the field at fault, and its pointer is that of the object that wants it.
  const [, missing] = keyword === "required" ? (/"((?:[^"\\]|\\.)*)"$/.exec(message) ?? []) : [];
  const fields = [name, ...keys.filter((key) => !/^\d+$/.test(key)), missing].filter(
    (key) => key !== undefined,
  );
  return fields.length === 0 ? null : fields.join(separator);
}
