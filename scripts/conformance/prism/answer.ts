/** An answer as curl prints it with `-i`. */
export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export function readAnswer(text: string): Answer {
  const lines = text.trim().replaceAll("\r\n", "\n").split("\n");
  // After `100 Continue` comes the answer.
  while (/^HTTP\/\S+ 1\d\d/.test(lines[0] ?? "")) lines.splice(0, lines.indexOf("") + 1);
  const [, status = "0"] = /^HTTP\/\S+ (\d+)/.exec(lines[0] ?? "") ?? [];
  const end = lines.indexOf("");
  const head = end === -1 ? lines : lines.slice(0, end);
  const headers = head.slice(1).map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(status),
    headers: new Map(headers),
    body:
      end === -1
        ? ""
        : lines
            .slice(end + 1)
            .join("\n")
            .trim(),
  };
}

/** What is not as expected; of a refusal the status alone counts. */
export function compare(
  expected: Answer,
  found: Answer,
  refusal: boolean,
): { readonly fault: string | undefined; readonly exact: boolean } {
  const told = (fault: string | undefined, exact = false) => ({ fault, exact });
  // The generated server answers 422 where it is declared, and else 400; Prism always 422.
  const said = refusal && expected.status === 422 && found.status === 400 ? 422 : found.status;
  if (expected.status !== said) return told(`${found.status} instead of ${expected.status}`);
  if (refusal) return told(undefined);
  for (const [name, value] of expected.headers) {
    const own = found.headers.get(name);
    if (name === "content-type" && own?.split(";")[0] !== value.split(";")[0]) return told(`it is ${own} instead of ${value}`);
    if (ignored.has(name) || own !== undefined) continue;
    return told(`the header ${name} is missing`);
  }
  if (expected.body === "") return told(undefined, found.body === "");
  const [one, other] = [parsed(expected.body), parsed(found.body)];
  const exact = JSON.stringify(one) === JSON.stringify(other);
  const place = one === undefined || other === undefined ? (found.body === "" ? "body" : undefined) : difference(one, other, "");
  return told(
    place === undefined ? undefined : `the body has another structure at ${place || "/"}`,
    exact || expected.body === found.body,
  );
}

/** Those of the connection, and of Prism itself. */
const ignored = new Set([
  "connection",
  "date",
  "content-length",
  "transfer-encoding",
  "keep-alive",
  "vary",
  "sl-violations",
  "content-type",
]);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function difference(one: unknown, other: unknown, place: string): string | undefined {
  if (Array.isArray(one)) {
    if (!Array.isArray(other)) return place;
    return one.length === 0 || other.length === 0 ? undefined : difference(one[0], other[0], `${place}/0`);
  }
  if (typeof one !== "object" || one === null) return typeof one === typeof other ? undefined : place;
  if (typeof other !== "object" || other === null) return place;
  for (const [name, member] of Object.entries(one)) {
    if (!Object.hasOwn(other, name)) return `${place}/${name}`;
    const found = difference(member, Reflect.get(other, name), `${place}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
