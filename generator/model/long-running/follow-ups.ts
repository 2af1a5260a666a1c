import { suggest } from "../../diagnostics/suggest.ts";
import type { Json, Schema } from "../../openapi/shapes.ts";
import type { FollowUp, FollowUpParameter, Operation } from "../api-model.ts";
import { sharedPathParameters } from "../shared-parameters.ts";
import { membersOf, type Written } from "../written.ts";
import type { Reading } from "./reading.ts";

/** Reads which operations follow a long-running one, and with what parameters. */
export class FollowUps {
  readonly operations: readonly Operation[];
  readonly #reading: Reading;
  readonly #shared: ReadonlySet<string>;

  constructor(reading: Reading, operations: readonly Operation[]) {
    this.#reading = reading;
    this.operations = operations;
    this.#shared = new Set(sharedPathParameters(operations).map(({ name }) => name));
  }

  /** The schemas of the answer 202. */
  get pending(): readonly Schema[] {
    return schemasOf(this.#reading.operation, (status) => status === 202);
  }

  /** The schemas of an operation's successes. */
  answersOf(id: string): readonly Schema[] {
    const operation = this.operations.find((one) => one.id === id);
    return operation === undefined
      ? []
      : schemasOf(operation, (status) => status === "default" || String(status).startsWith("2"));
  }

  /** An `operationId` with its `parameters`. */
  read(written: Written, members: ReadonlyMap<string, Written> | undefined): FollowUp | undefined {
    if (members === undefined) return undefined;
    const id = members.get("operationId");
    if (id === undefined)
      return this.#reading.invalid(
        written.at,
        'A part of x-triad-long-running has no "operationId"',
        "name the operation that it speaks of",
      );
    const operation = this.operations.find((one) => one.id === id.value);
    if (operation === undefined) {
      const suggestion = suggest(
        String(id.value),
        this.operations.map((one) => one.id),
      );
      this.#reading.building.diagnostics.report("long-running-operation-unknown", id.at, { name: String(id.value), suggestion });
      return this.#reading.fail();
    }
    const given = members.get("parameters") ?? { value: {}, at: written.at };
    const values = membersOf(given);
    if (values === undefined)
      return this.#reading.invalid(
        given.at,
        '"parameters" of x-triad-long-running is no object',
        "write an object of parameters and their values",
      );
    const parameters = [...values].map(([name, value]) => this.#parameter(operation, name, value));
    const missing = operation.parameters.find(
      ({ name, required, in: place }) => required && !values.has(name) && !(place === "path" && this.#shared.has(name)),
    );
    if (missing !== undefined)
      return this.#reading.invalid(
        given.at,
        `${operation.id} needs the parameter "${missing.name}"`,
        "say its value, such as `$response.body#/id`",
      );
    return { id: operation.id, operation: operation.name, parameters: parameters.filter((parameter) => parameter !== undefined) };
  }

  #parameter(operation: Operation, name: string, written: Written): FollowUpParameter | undefined {
    const parameter = operation.parameters.find((one) => one.name === name);
    if (parameter === undefined) {
      const suggestion = suggest(
        name,
        operation.parameters.map((one) => one.name),
      );
      this.#reading.building.diagnostics.report(
        "long-running-parameter-unknown",
        written.at,
        { name, operation: operation.id, suggestion },
        { atKey: true },
      );
      return this.#reading.fail();
    }
    const value = this.#value(written);
    return value === undefined ? undefined : { name, in: parameter.in, value };
  }

  #value(written: Written): FollowUpParameter["value"] | undefined {
    const { value } = written;
    if (typeof value !== "string" || !value.startsWith("$")) return { constant: value as Json }; // Extensions are JSON by origin.
    const path = /^\$request\.path\.(.+)$/.exec(value)?.[1];
    if (path !== undefined) {
      if (this.#reading.operation.parameters.some((one) => one.in === "path" && one.name === path)) return { path };
      return this.#reading.invalid(
        written.at,
        `${this.#reading.operation.id} has no path parameter "${path}"`,
        "name a path parameter of the operation itself",
      );
    }
    const answer = this.#reading.place(written, this.pending, "the answer 202");
    return answer === undefined ? undefined : { answer };
  }
}

function schemasOf({ responses }: Operation, meant: (status: Operation["responses"][number]["status"]) => boolean): Schema[] {
  return responses
    .filter(({ status }) => meant(status))
    .flatMap(({ contents }) => contents.filter(({ kind }) => kind === "json").map(({ schema }) => schema ?? true));
}
