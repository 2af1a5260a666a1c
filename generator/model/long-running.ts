import { child } from "../diagnostics/location.ts";
import type { Json } from "../openapi/shapes.ts";
import type { LongRunning, Operation } from "./api-model.ts";
import { type Building, defined } from "./building.ts";
import { FollowUps } from "./long-running/follow-ups.ts";
import { nameFault } from "./long-running/name.ts";
import { Reading } from "./long-running/reading.ts";
import { membersOf, type Written } from "./written.ts";

/** The operations, those with `x-triad-long-running` with what it says. What is wrong in one is reported, and then it says nothing. */
export function longRunningOperations(building: Building, operations: readonly Operation[]): Operation[] {
  return operations.map((operation) => {
    const value = operation.extensions["x-triad-long-running"];
    if (value === undefined) return operation;
    const reading = new Reading(building, operation);
    const longRunning = readLongRunning(reading, new FollowUps(reading, operations), {
      value,
      at: child(operation.at, "x-triad-long-running"),
    });
    if (longRunning === undefined || reading.failed) return operation;
    return { ...operation, longRunning };
  });
}

const known = ["name", "argument", "start", "stale", "status", "cancel"];
const knownOfStatus = ["operationId", "parameters", "complete", "error", "errorMessage", "progress", "result"];
const knownOfCancel = ["operationId", "parameters"];

function readLongRunning(reading: Reading, followUps: FollowUps, written: Written): LongRunning | undefined {
  const members = reading.members(written, known);
  if (members === undefined) return undefined;
  if (reading.request === undefined)
    return reading.invalid(
      written.at,
      "x-triad-long-running stands on an operation without a JSON body, or with several media types",
      "remove it",
    );
  if (
    !reading.operation.responses.some(({ status, contents }) => status === 202 && contents.some(({ kind }) => kind === "json"))
  ) {
    return reading.invalid(
      written.at,
      "x-triad-long-running stands on an operation that never answers 202 with JSON",
      "declare that answer, or remove the extension",
    );
  }
  const status = readStatus(reading, followUps, members.get("status") ?? { value: undefined, at: written.at });
  const cancel = members.get("cancel");
  const name = readName(reading, followUps, members.get("name") ?? { value: undefined, at: written.at });
  const parts = {
    argument: readArgument(reading, members.get("argument")),
    start: readStart(reading, members.get("start")),
    stale: reading.place(members.get("stale"), followUps.pending, "the answer 202"),
    cancel: cancel === undefined ? undefined : followUps.read(cancel, reading.members(cancel, knownOfCancel)),
  };
  if (name === undefined || status === undefined) return undefined;
  return { name, start: parts.start, status, ...defined({ argument: parts.argument, stale: parts.stale, cancel: parts.cancel }) };
}

function readStatus(reading: Reading, followUps: FollowUps, written: Written): LongRunning["status"] | undefined {
  const members = reading.members(written, knownOfStatus);
  const followUp = members === undefined ? undefined : followUps.read(written, members);
  if (members === undefined || followUp === undefined) return undefined;
  const answers = followUps.answersOf(followUp.id);
  const place = (name: string): readonly string[] | undefined =>
    reading.place(members.get(name), answers, "the answer of the status operation");
  const complete = place("complete");
  const result = place("result");
  for (const name of ["complete", "result"]) {
    if (!members.has(name))
      reading.invalid(
        written.at,
        `"status" of x-triad-long-running has no "${name}"`,
        `say where it stands, such as \`${name}: $response.body#/${name}\``,
      );
  }
  if (complete === undefined || result === undefined) return undefined;
  return {
    ...followUp,
    complete,
    result,
    ...defined({ error: place("error"), errorMessage: place("errorMessage"), progress: place("progress") }),
  };
}

function readName(reading: Reading, followUps: FollowUps, { value, at }: Written): string | undefined {
  const fault = nameFault(value, reading.operation, followUps.operations);
  return fault === undefined ? String(value) : reading.invalid(at, fault, "write a name that is free, such as `run`");
}

function readArgument(reading: Reading, written: Written | undefined): string | undefined {
  const [name, ...deeper] = reading.requestPlace(written) ?? [];
  if (written !== undefined && deeper.length > 0)
    reading.invalid(
      written.at,
      '"argument" of x-triad-long-running is no member of the body itself',
      "point at a member, such as `$request.body#/query`",
    );
  return name;
}

function readStart(reading: Reading, written: Written | undefined): Readonly<Record<string, Json>> {
  if (written === undefined) return {};
  const members = membersOf(written);
  if (members === undefined)
    reading.invalid(written.at, '"start" of x-triad-long-running is no object', "write an object of members of the body");
  for (const [name, { at }] of members ?? [])
    reading.requestPlace({ value: `$request.body#/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, at });
  return Object.fromEntries([...(members ?? [])].map(([name, { value }]) => [name, value as Json])); // Extensions are JSON by origin.
}
