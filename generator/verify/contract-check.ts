/** An answer comes in; what of it the document does not allow goes out. */
import type { Operation } from "../model/api-model.ts";
import { show } from "./equal.ts";
import type { Answer, Correspondent } from "./contract-send.ts";
import type { FailurePlace } from "./failure.ts";
import { responseOf } from "./place.ts";

/** Something that a server does against the document. */
export interface Breach {
  readonly check: "no answer" | "server error" | "status" | "media type" | "header" | "body" | "refusal";
  /** What is wrong, in words, with the value. */
  readonly message: string;
  readonly place: FailurePlace;
  readonly expected?: string;
  readonly actual?: string;
}

/** Holds the answer to a valid request to what the document declares: its status, media type, headers and body. */
export async function checkAnswer(
  correspondent: Correspondent,
  operation: Operation,
  answer: Answer,
): Promise<readonly Breach[]> {
  const { status } = answer;
  const whole: FailurePlace = { in: "operation", pointer: "" };
  if (status === undefined)
    return [{ check: "no answer", message: `there is no answer: ${answer.problem ?? "nothing"}`, place: whole }];
  const declared = responseOf(operation, status);
  const actual = String(status);
  const expected = operation.responses.map((response) => response.status).join(", ") || "nothing";
  if (declared === undefined) {
    const target = answer.headers.get("location");
    const leads = status >= 300 && status < 400 && target !== null ? `; it leads to ${show(target)}` : "";
    return [{ check: "status", message: `${undeclared(actual, expected)}${leads}`, place: whole, expected, actual }];
  }
  // `default` stands for errors that are meant; a request that is valid should not break a server.
  if (status >= 500 && declared.status === "default")
    return [{ check: "server error", message: `a valid request is answered ${actual}`, place: whole, expected, actual }];
  return [
    ...checkHeaders(correspondent, operation, answer, String(declared.status)),
    ...(await checkBody(correspondent, operation, answer, String(declared.status))),
  ];
}

function checkHeaders(correspondent: Correspondent, operation: Operation, answer: Answer, key: string): Breach[] {
  const { status = 0, headers } = answer;
  const values = correspondent.headersOf(operation, key, headers);
  return (responseOf(operation, status)?.headers ?? []).flatMap(({ name, required }): Breach[] => {
    const place = { in: "responseHeader" as const, name, pointer: "", status };
    const text = headers.get(name);
    if (text === null)
      return required ? [{ check: "header", message: `the header "${name}" is required, and is not there`, place }] : [];
    const actual = show(text);
    const read = values.find((value) => value.name === name);
    if (read === undefined)
      return [{ check: "header", message: `the header "${name}" cannot be decoded: it is ${actual}`, place, actual }];
    return read.problems.map(({ pointer, message }) => ({
      check: "header",
      message: `the header "${name}" ${message}; it is ${actual}`,
      place: { ...place, pointer },
      actual,
    }));
  });
}

async function checkBody(correspondent: Correspondent, operation: Operation, answer: Answer, key: string): Promise<Breach[]> {
  const { status = 0, contentType, bytes } = answer;
  const contents = responseOf(operation, status)?.contents ?? [];
  // RFC 9110, §6.4.1.
  if (operation.method === "head" || [204, 205, 304].includes(status) || contents.length === 0) return [];
  const content = correspondent.contentOf(operation, key, contentType);
  const place: FailurePlace = { in: "response", pointer: "", status };
  if (content === undefined) {
    const expected = contents.map(({ mediaType }) => mediaType).join(", ");
    const actual = contentType ?? "no Content-Type";
    return [{ check: "media type", message: undeclared(actual, expected), place, expected, actual }];
  }
  // Any bytes will do for a file, and a stream may have no end.
  if (!["json", "text", "urlencoded", "multipart"].includes(content.kind)) return [];
  const there = { ...place, mediaType: content.mediaType };
  let value: unknown;
  try {
    value = content.kind === "json" ? JSON.parse(new TextDecoder().decode(bytes)) : await correspondent.read(content, answer);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const actual = show(new TextDecoder().decode(bytes));
    return [{ check: "body", message: `the body is no ${nameOf(content.kind)}: ${why}`, place: there, actual }];
  }
  const problems = correspondent.bodyProblems(operation, key, content.mediaType, value);
  return onceEach(problems).map(({ pointer, message, others }) => {
    const found = valueAt(value, pointer);
    const actual = show(found);
    const said = found === undefined ? "is not there" : `is ${actual}`;
    const more = others === 0 ? "" : ` (and ${others} more like it)`;
    return {
      check: "body",
      message: `the body${pointer === "" ? "" : ` ${pointer}`} ${message}; it ${said}${more}`,
      place: { ...there, pointer },
      actual,
    };
  });
}

/** The first of the problems that differ by the place in a list alone, with how many others there are. */
function onceEach(problems: readonly Found[]): readonly (Found & { readonly others: number })[] {
  const byKind = new Map<string, Found[]>();
  for (const problem of problems) {
    const kind = `${problem.pointer.replace(/\/\d+(?=\/|$)/g, "/#")} ${problem.message}`;
    byKind.set(kind, [...(byKind.get(kind) ?? []), problem]);
  }
  return [...byKind.values()].flatMap(([first, ...rest]) => (first === undefined ? [] : [{ ...first, others: rest.length }]));
}

interface Found {
  readonly pointer: string;
  readonly message: string;
}

function undeclared(actual: string, expected: string): string {
  return `${actual} is not declared; ${expected} ${expected.includes(",") ? "are" : "is"}`;
}

function nameOf(kind: string): string {
  return kind === "json" ? "JSON" : kind === "text" ? "text" : "form";
}

function valueAt(value: unknown, pointer: string): unknown {
  let here = value;
  for (const token of pointer.split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}
