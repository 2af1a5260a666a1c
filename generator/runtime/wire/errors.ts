import type { Problem } from "../validation/validator.js";

/** Where a value travels: a location of OpenAPI, or the body. */
export type WireLocation = "path" | "query" | "header" | "cookie" | "querystring" | "body";

/** Where a value stands in a message: its location and, but for whole bodies, its name. */
export interface Place {
  readonly in: WireLocation;
  readonly name?: string;
}

/** Something wrong with what came over the wire, at a place. */
export interface WireProblem extends Problem, Place {}

/** Thrown when a value cannot be written so that the other side reads the same value. Nothing has been sent. */
export class EncodeError extends TypeError {
  declare readonly place: Place;

  override get name(): string {
    return "EncodeError";
  }

  constructor(message: string, place: Place, options?: ErrorOptions) {
    super(message, options);
    this.place = place;
  }
}

/** Thrown when a body does not hold what its media type promises. */
export class DecodeError extends Error {
  override readonly name: string = "DecodeError";
  readonly problems: readonly WireProblem[];

  constructor(problems: readonly WireProblem[]) {
    super(
      problems.map((problem) => `${describePlace(problem)}${problem.pointer} ${problem.message}`).join("; "),
    );
    this.problems = problems;
  }
}

/** Thrown when a body holds more than it may. */
export class LimitError extends Error {
  override readonly name: string = "LimitError";
}

/** How much a form may hold: fields and files, and the bytes of one. More throws a LimitError. */
export interface FormLimits {
  readonly fields: number;
  readonly files: number;
  readonly fieldSize: number;
  readonly fileSize: number;
}

/** A place as a person says it: `query parameter "limit"`, `the body`. */
export function describePlace(place: Place): string {
  if (place.in === "body")
    return place.name === undefined ? "the body" : `body member ${JSON.stringify(place.name)}`;
  return `${place.in} parameter ${JSON.stringify(place.name ?? "")}`;
}
