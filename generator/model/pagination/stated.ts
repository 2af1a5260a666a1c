import type { Location } from "../../diagnostics/location.ts";
import { type Building, defined } from "../building.ts";
import type { PagedOperation } from "../pagination.ts";
import { bodyKeys, memberCure, membersOf, type Written } from "../written.ts";
import { defaultOf } from "./infer.ts";
import { elementOf, schemasAt, successContents, typesOf } from "./members.ts";
import type { Pagination, RequestPlace } from "./pagination.ts";

/** How pages follow one another as `x-triad-pagination` says. What is wrong is reported, and then the operation has no pages. */
export function statedPagination(building: Building, operation: PagedOperation, written: Written): Pagination | undefined {
  return new Reading(building, operation).pagination(written);
}

const members = ["items", "cursor", "next", "offset", "more", "total"];

class Reading {
  readonly #building: Building;
  readonly #operation: PagedOperation;
  #failed = false;

  constructor(building: Building, operation: PagedOperation) {
    this.#building = building;
    this.#operation = operation;
  }

  pagination(written: Written): Pagination | undefined {
    const object = this.#members(written, members);
    if (object === undefined) return undefined;
    if (successContents(this.#operation).length === 0)
      this.#invalid(
        written.at,
        "x-triad-pagination stands on an operation that no JSON body answers",
        "remove it, or give a success a JSON body",
      );
    if (object["items"] === undefined)
      this.#invalid(
        written.at,
        'x-triad-pagination has no "items"',
        "say where the items stand, such as `items: $response.body#/items`",
      );
    if (["cursor", "next", "offset"].every((name) => object[name] === undefined)) {
      this.#invalid(
        written.at,
        'x-triad-pagination has no "cursor", no "next" and no "offset"',
        "say how the next page is asked for, such as `next: $response.body#/next`",
      );
    }
    const place = (name: string): readonly string[] | undefined => this.#answerPlace(object[name]);
    const items = place("items");
    const pagination = {
      ...defined({
        item: this.#item(items, object["items"]),
        more: place("more"),
        total: place("total"),
        cursor: this.#cursor(object["cursor"]),
        next: place("next"),
        offset: this.#offset(object["offset"]),
      }),
    };
    return this.#failed || items === undefined ? undefined : { items, ...pagination };
  }

  #cursor(written: Written | undefined): Pagination["cursor"] {
    const object = written === undefined ? undefined : this.#members(written, ["parameter", "value"], true);
    if (object === undefined) return undefined;
    const parameter = this.#requestPlace(object["parameter"]);
    const value = this.#answerPlace(object["value"]);
    return parameter === undefined || value === undefined ? undefined : { parameter, value };
  }

  #offset(written: Written | undefined): Pagination["offset"] {
    const object = written === undefined ? undefined : this.#members(written, ["parameter", "limit"]);
    if (written === undefined || object === undefined) return undefined;
    if (object["parameter"] === undefined)
      this.#invalid(written.at, '"offset" of x-triad-pagination has no "parameter"', "name the query parameter that skips items");
    const parameter = this.#requestPlace(object["parameter"]);
    const limit = this.#requestPlace(object["limit"]);
    const named = this.#operation.parameters.find((one) => one.in === "query" && one.name === limit?.[1]);
    return parameter === undefined
      ? undefined
      : { parameter, ...defined({ limit, defaultLimit: named === undefined ? undefined : defaultOf(named) }) };
  }

  #item(items: readonly string[] | undefined, written: Written | undefined): Pagination["item"] {
    if (items === undefined || written === undefined) return undefined;
    const { document } = this.#building;
    const schemas = successContents(this.#operation).flatMap(({ schema }) => schemasAt(document, schema ?? true, items) ?? []);
    const types = schemas.map((schema) => typesOf(document, schema));
    if (types.length > 0 && types.every((one) => one !== undefined && !one.has("array")))
      this.#invalid(written.at, `"${String(written.value)}" leads to no array`, "point at the array of items");
    return schemas.length === 1 ? elementOf(document, schemas) : undefined;
  }

  /** The members of an object, each with its place; those that it does not have are reported, and so is a value that is no object. */
  #members(written: Written, known: readonly string[], all = false): Readonly<Record<string, Written>> | undefined {
    const { at } = written;
    const found = membersOf(written);
    if (found === undefined) return this.#invalid(at, `${lastKey(at)} is no object`, `write an object with ${list(known)}`);
    for (const [name, member] of found) {
      if (!known.includes(name))
        this.#invalid(member.at, `${lastKey(at)} has no member "${name}"`, memberCure(name, known), true);
    }
    for (const name of known) {
      if (all && !found.has(name)) this.#invalid(at, `${lastKey(at)} has no "${name}"`, `give it both ${list(known)}`);
    }
    return Object.fromEntries(found);
  }

  /** The keys of `$response.body#/…`, which must be declared by a success, or be in a schema that is open. */
  #answerPlace(written: Written | undefined): readonly string[] | undefined {
    if (written === undefined) return undefined;
    const keys = bodyKeys("$response.body", written.value);
    if (keys === undefined)
      return this.#invalid(
        written.at,
        `"${String(written.value)}" is no place in the answer`,
        "write an expression such as `$response.body#/next`",
      );
    const contents = successContents(this.#operation);
    const there = contents.some(({ schema }) => schemasAt(this.#building.document, schema ?? true, keys)?.length !== 0);
    if (there || contents.length === 0) return keys;
    return this.#missing(written, "the body of a success");
  }

  /** A query parameter by its name, or the keys of `$request.body#/…`. */
  #requestPlace(written: Written | undefined): RequestPlace | undefined {
    if (written === undefined) return undefined;
    const keys = bodyKeys("$request.body", written.value);
    if (keys !== undefined) {
      const [content] = this.#operation.body?.contents ?? [];
      const there =
        content?.kind === "json" &&
        keys.length > 0 &&
        schemasAt(this.#building.document, content.schema ?? true, keys)?.length !== 0;
      return there ? ["body", ...keys] : this.#missing(written, "the body of the request");
    }
    const queried = this.#operation.parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
    const name = queried.find((one) => one === written.value);
    if (name !== undefined) return ["query", name];
    this.#failed = true;
    this.#building.diagnostics.report("pagination-parameter-unknown", written.at, {
      name: String(written.value),
      known: queried,
    });
    return undefined;
  }

  #missing(written: Written, where: string): undefined {
    this.#failed = true;
    this.#building.diagnostics.report("pagination-place-unknown", written.at, { expression: String(written.value), where });
  }

  #invalid(at: Location, fact: string, cure: string, atKey = false): undefined {
    this.#failed = true;
    this.#building.diagnostics.report("pagination-invalid", at, { fact, cure }, { atKey });
  }
}

function lastKey(at: Location): string {
  const key = at.slice(at.lastIndexOf("/") + 1);
  return key.startsWith("x-") ? key : `"${key}" of x-triad-pagination`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(names.length === 2 ? " and " : ", ");
}
