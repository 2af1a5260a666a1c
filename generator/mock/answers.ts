/** Replies by the document: a status, a media type, and an example or a fixture. */
import { sample, sampleResponse, type SampleValue } from "../model/sample.ts";
import type { ApiModel, Content, Operation, Response } from "../model/api-model.ts";
import { concreteStatus } from "../model/sample/messages.ts";
import { Bytes } from "../model/validate/scalar.ts";
import { type Asked, Declined, type Reply } from "./exchange.ts";
import { randomOf } from "./random.ts";

/** What replies are made by. */
export interface AnswerOptions {
  /** Whether bodies are made anew for each request. */
  readonly dynamic: boolean;
  readonly seed: string;
}

/** Makes replies, and remembers what it has made. */
export class Answers {
  readonly model: ApiModel;
  private readonly options: AnswerOptions;
  private readonly made = new Map<object, Reply>();
  private readonly counts = new Map<string, number>();

  constructor(model: ApiModel, options: AnswerOptions) {
    this.model = model;
    this.options = options;
  }

  /** Starts from the beginning. */
  reset(): void {
    this.counts.clear();
  }

  /** The reply that the caller wishes, or that of the operation's success. Throws Declined when there is none. */
  reply(asked: Asked): Reply {
    const { operation, wishes } = asked;
    return this.of(asked, wishes.code === undefined ? successOf(operation) : responseFor(operation, wishes.code));
  }

  /** The reply by one of the operation's responses. */
  of(asked: Asked, response: Response): Reply {
    const { operation, wishes } = asked;
    const content = contentOf(asked, response);
    const made = this.fixture(operation, response, content);
    // Where nothing else is declared, `default` is the success.
    const status = wishes.code ?? (response.status === "default" && response === successOf(operation) ? 200 : made.status);
    const base = status === made.status ? made : { ...made, status };
    if (content === undefined || made.contentType === undefined) return base;
    if (wishes.example !== undefined) {
      const example = content.examples.find(({ key }) => key === wishes.example);
      if (example?.value === undefined)
        throw new Declined(404, `The answer ${status} of ${operation.id} has no example "${wishes.example}".`);
      return { ...base, body: example.value };
    }
    return (wishes.dynamic ?? this.options.dynamic) ? { ...base, body: this.another(asked, content, base.body) } : base;
  }

  /** The fixture of a response in a media type. */
  fixture(operation: Operation, response: Response, content: Content | undefined = response.contents[0]): Reply {
    const key = content ?? response;
    const before = this.made.get(key);
    if (before !== undefined) return before;
    const sampled = sampleResponse(this.model, operation, response, content);
    if (!sampled.ok)
      throw new Declined(
        500,
        `No answer ${response.status} can be made for ${operation.id}: ${sampled.reason} (${sampled.pointer || "/"}).`,
      );
    const { body, ...rest } = sampled.response;
    const reply = body === undefined ? rest : { ...rest, body: sendable(body) };
    this.made.set(key, reply);
    return reply;
  }

  private another({ operation, wishes }: Asked, content: Content, fallback: unknown): unknown {
    if (content.kind !== "json" || content.schema === undefined) return fallback;
    const seed = wishes.seed ?? this.options.seed;
    const count = this.counts.get(operation.id) ?? 0;
    this.counts.set(operation.id, count + 1);
    // With a seed of its own a request has the same answer each time.
    const index = 1 + Math.floor(randomOf(`${seed} ${operation.id} ${wishes.seed === undefined ? count : ""}`)() * 10_000);
    const made = sample(this.model, content.schema, { direction: "response", index });
    return made.ok ? sendable(made.value) : fallback;
  }
}

/** The success with the lowest status; where none is declared, `default`, and else the first. */
export function successOf(operation: Operation): Response {
  const rank = ({ status }: Response): number =>
    status === "default"
      ? 3e3
      : typeof status === "number"
        ? status < 300
          ? status
          : status + 4e3
        : status === "2XX"
          ? 299
          : 5e3;
  const [first] = [...operation.responses]
    .filter(({ status }) => concreteStatus(operation, status) !== undefined)
    .sort((one, other) => rank(one) - rank(other));
  if (first === undefined) throw new Declined(500, `${operation.id} declares no answer.`);
  return first;
}

/** The response of a status: its own, that of its range, or `default`. Throws Declined when there is none. */
export function responseFor(operation: Operation, code: number): Response {
  const keys = [code, `${Math.floor(code / 100)}XX`, "default"];
  const found = keys.flatMap((key) => operation.responses.filter(({ status }) => status === key))[0];
  if (found === undefined || code < 200) throw new Declined(404, `${operation.id} declares no answer ${code}.`);
  return found;
}

/** The media type that the caller likes best. */
export function contentOf({ accepts, wishes }: Pick<Asked, "accepts" | "wishes">, { contents }: Response): Content | undefined {
  const exemplary = contents.filter(({ examples }) => examples.some(({ key }) => key === wishes.example));
  const open = exemplary.length === 0 ? contents : exemplary;
  const liked = accepts(open.map(({ mediaType }) => mediaType));
  return open.find(({ mediaType }) => mediaType === liked) ?? open[0];
}

/** A value as a handler gives it: bytes are a Blob. */
export function sendable(value: SampleValue): unknown {
  if (value instanceof Bytes) return new Blob([value.text], { type: value.type });
  if (Array.isArray(value)) return value.map((item: SampleValue) => sendable(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, sendable(member)]));
}
