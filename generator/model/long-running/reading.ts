import type { Location } from "../../diagnostics/location.ts";
import type { Schema } from "../../openapi/shapes.ts";
import type { Operation } from "../api-model.ts";
import type { Building } from "../building.ts";
import { schemasAt } from "../pagination/members.ts";
import { bodyKeys, memberCure, membersOf, type Written } from "../written.ts";

/** Reads `x-triad-long-running` of one operation; remembers whether something was wrong. */
export class Reading {
  readonly building: Building;
  readonly operation: Operation;
  #failed = false;

  constructor(building: Building, operation: Operation) {
    this.building = building;
    this.operation = operation;
  }

  get failed(): boolean {
    return this.#failed;
  }

  /** The schema of the request's body, when that is JSON alone. */
  get request(): Schema | undefined {
    const [content, ...others] = this.operation.body?.contents ?? [];
    return content?.kind === "json" && others.length === 0 ? (content.schema ?? true) : undefined;
  }

  /** The members of an object; a value that is none is reported, and so is a member that nobody knows. */
  members(written: Written, known: readonly string[]): ReadonlyMap<string, Written> | undefined {
    const members = membersOf(written);
    if (members === undefined)
      return this.invalid(
        written.at,
        "A part of x-triad-long-running is missing or no object",
        `write an object with ${known.join(", ")}`,
      );
    for (const [name, { at }] of members) {
      if (!known.includes(name))
        this.invalid(at, `x-triad-long-running has no member "${name}" here`, memberCure(name, known), true);
    }
    return members;
  }

  /** The keys of `$response.body#/…`; one of the schemas has to declare the place. */
  place(written: Written | undefined, schemas: readonly Schema[], where: string): readonly string[] | undefined {
    if (written === undefined) return undefined;
    const keys = bodyKeys("$response.body", written.value);
    if (keys === undefined)
      return this.invalid(
        written.at,
        `"${String(written.value)}" is no place in an answer`,
        "write an expression such as `$response.body#/status/id`",
      );
    return this.#declared(written, { keys, schemas, where });
  }

  /** The keys of `$request.body#/…`. */
  requestPlace(written: Written | undefined): readonly string[] | undefined {
    if (written === undefined) return undefined;
    const keys = bodyKeys("$request.body", written.value);
    if (keys === undefined)
      return this.invalid(
        written.at,
        `"${String(written.value)}" is no place in the body of the request`,
        "write an expression such as `$request.body#/query`",
      );
    return this.#declared(
      { value: keys.length === 1 ? keys[0] : written.value, at: written.at },
      { keys, schemas: [this.request ?? true], where: "the body of the request" },
    );
  }

  invalid(at: Location, fact: string, cure: string, atKey = false): undefined {
    this.#failed = true;
    this.building.diagnostics.report("long-running-invalid", at, { fact, cure }, { atKey });
  }

  /** Remembers what was reported elsewhere. */
  fail(): undefined {
    this.#failed = true;
  }

  #declared(
    written: Written,
    { keys, schemas, where }: { readonly keys: readonly string[]; readonly schemas: readonly Schema[]; readonly where: string },
  ): readonly string[] | undefined {
    const there = schemas.length === 0 || schemas.some((schema) => schemasAt(this.building.document, schema, keys)?.length !== 0);
    if (there) return keys;
    this.building.diagnostics.report("long-running-place-unknown", written.at, { expression: String(written.value), where });
    return this.fail();
  }
}
