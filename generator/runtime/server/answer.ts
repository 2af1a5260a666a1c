import type { Soon } from "./soon.js";

/** An answer on its way out, whoever carries it. */
export interface Answer {
  readonly status: number;
  /** Names and values in turn. A name that stands there twice is two fields. */
  readonly fields: readonly string[];
  readonly body: BodyInit | null;
}

/** Gathers the fields of a header, held to what HTTP can carry as `Headers` does it. */
export class Fields {
  readonly list: string[] = [];

  /** Adds a field. Throws a TypeError for a name or value that no header can have. */
  append(name: string, value: string): void {
    // RFC 9110, §5.5 and §5.6.2; white space around a value is no part of it.
    if (!token.test(name)) throw new TypeError(`"${name}" is no name of a header.`);
    const text = value.replace(/^[\t\r\n ]+|[\t\r\n ]+$/g, "");
    if (!fieldValue.test(text))
      throw new TypeError(`The header ${name} has a value that no header can carry.`);
    this.list.push(name, text);
  }

  /** Puts a field in the place of those of its name. */
  set(name: string, value: string): void {
    const lower = name.toLowerCase();
    for (let index = this.list.length - 2; index >= 0; index -= 2)
      if (this.list[index]?.toLowerCase() === lower) this.list.splice(index, 2);
    this.append(name, value);
  }
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const fieldValue = /^[\t\x20-\x7E\x80-\xFF]*$/;

/** The answer by the Fetch standard; to HEAD without its body. */
export function responseOf({ status, fields, body }: Answer, method: string): Response {
  const headers = new Headers();
  for (let index = 0; index + 1 < fields.length; index += 2)
    headers.append(fields[index] ?? "", fields[index + 1] ?? "");
  return new Response(method === "HEAD" ? null : body, { status, headers });
}

/** RFC 9110, §9.3.2: the head of what GET would send. What comes piece by piece is called off; whoever sends a text still tells its length. */
export function headOf(answer: Answer): Soon<Answer> {
  if (!(answer.body instanceof ReadableStream)) return answer;
  return answer.body.cancel().then(() => ({ ...answer, body: null }));
}
