/** Work in the background, where the document says how it is followed (`x-triad-long-running`): running when asked once, then complete. */
import type { ApiModel, FollowUp, LongRunning, Response } from "../../model/api-model.ts";
import { type Answers, contentOf, successOf } from "../answers.ts";
import { type Asked, Declined, type Reply, valueAt, withValue } from "../exchange.ts";
import { isValid } from "./fit.ts";

/** How often a task is asked for before it is complete. */
const patience = 1;

export class Tasks {
  private readonly answers: Answers;
  private readonly model: ApiModel;
  private readonly roles = new Map<string, { readonly role: "start" | "status" | "cancel"; readonly how: LongRunning }>();
  /** How often each has been asked for; `gone` for one that was cancelled. */
  private readonly tasks = new Map<string, number | "gone">();
  private started = 0;

  constructor(answers: Answers) {
    this.answers = answers;
    this.model = answers.model;
    for (const { id, longRunning: how } of answers.model.operations) {
      if (how === undefined) continue;
      this.roles.set(id, { role: "start", how });
      this.roles.set(how.status.id, { role: "status", how });
      if (how.cancel !== undefined) this.roles.set(how.cancel.id, { role: "cancel", how });
    }
  }

  reset(): void {
    this.tasks.clear();
    this.started = 0;
  }

  /** The reply of an operation that starts, follows or ends a task; `undefined` for others. Throws Declined for one that was cancelled. */
  reply(asked: Asked): Reply | undefined {
    const known = this.roles.get(asked.operation.id);
    if (known === undefined) return undefined;
    const { role, how } = known;
    if (role === "start") return this.start(asked, how);
    const key = keyOf(
      role === "status" ? how.status : (how.cancel ?? how.status),
      (name) => asked.path[name] ?? asked.query[name],
    );
    const polls = this.tasks.get(key);
    if (polls === "gone") throw new Declined(404, "There is no such task any more: it was cancelled.");
    if (role === "cancel") {
      this.tasks.set(key, "gone");
      return undefined;
    }
    const running = polls !== undefined && polls < patience;
    if (polls !== undefined) this.tasks.set(key, polls + 1);
    return this.status(asked, how, running);
  }

  private start(asked: Asked, how: LongRunning): Reply | undefined {
    const pending = asked.operation.responses.find(({ status }) => status === 202);
    const wanted = Object.entries(how.start).every(
      ([name, value]) => JSON.stringify(valueAt(asked.body, [name])) === JSON.stringify(value),
    );
    if (pending === undefined || !wanted) return undefined;
    const reply = this.answers.of(asked, pending);
    this.started += 1;
    let { body } = reply;
    for (const { value } of how.status.parameters) {
      if (!("answer" in value)) continue;
      const id = valueAt(body, value.answer);
      body = this.changed(pending, asked, body, value.answer, [numbered(id, this.started)]);
    }
    // What only an old result has, a new task has not.
    if (how.stale !== undefined) body = this.changed(pending, asked, body, how.stale, [null, undefined]);
    body = this.changed(pending, asked, body, how.status.complete, [false]);
    const key = keyOf(how.status, (name) => {
      const value = how.status.parameters.find((one) => one.name === name)?.value;
      if (value === undefined) return undefined;
      return "answer" in value ? valueAt(body, value.answer) : "path" in value ? asked.path[value.path] : undefined;
    });
    this.tasks.set(key, 0);
    return { ...reply, body };
  }

  private status(asked: Asked, { status }: LongRunning, running: boolean): Reply {
    const { operation } = asked;
    const response = (running ? operation.responses.find((one) => one.status === 202) : undefined) ?? successOf(operation);
    const reply = this.answers.of(asked, response);
    const ids = status.parameters.flatMap(({ name, value }) =>
      "answer" in value && typeof asked.path[name] === "string" ? [{ keys: value.answer, id: asked.path[name] }] : [],
    );
    let body = this.changed(response, asked, reply.body, status.complete, [!running]);
    for (const { keys, id } of ids) body = this.changed(response, asked, body, keys, [id]);
    if (status.error !== undefined) body = this.changed(response, asked, body, status.error, [false, null, undefined]);
    if (status.errorMessage !== undefined) body = this.changed(response, asked, body, status.errorMessage, [null, undefined]);
    if (running) body = this.changed(response, asked, body, status.result, [null, undefined]);
    return { ...reply, body };
  }

  /** A body with the first of the values that the schema takes, at a place that it has; as it is when it takes none. */
  private changed(response: Response, asked: Asked, body: unknown, keys: readonly string[], values: readonly unknown[]): unknown {
    const schema = contentOf(asked, response)?.schema;
    const holder = valueAt(body, keys.slice(0, -1));
    if (typeof holder !== "object" || holder === null) return body;
    const fitting = values
      .map((value) => withValue(body, keys, value))
      .find((changed) => schema === undefined || isValid(this.model, schema, changed));
    return fitting ?? body;
  }
}

function keyOf(followUp: FollowUp, valueOf: (name: string) => unknown): string {
  const names = followUp.parameters.filter(({ value }) => "answer" in value).map(({ name }) => name);
  return JSON.stringify(names.map((name) => String(valueOf(name))));
}

/** Another id of the same kind: its last digits, or hexadecimal ones, counted on. */
function numbered(id: unknown, count: number): unknown {
  if (typeof id === "number") return id + count - 1;
  if (typeof id !== "string" || count === 1) return id;
  const digits = /[0-9a-f]+$/i.exec(id)?.[0].slice(-6);
  if (digits === undefined) return `${id}-${count}`;
  const next = (Number.parseInt(digits, 16) + count - 1) % 16 ** digits.length;
  return id.slice(0, -digits.length) + next.toString(16).padStart(digits.length, "0");
}
