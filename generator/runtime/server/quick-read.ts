import type { ParameterDescriptor } from "../operation.js";
import type { ValueContract } from "../validation/operation-validators.js";
import { alternativesOf, type Scalar } from "../wire/alternatives.js";
import { formDecode, percentDecode } from "../wire/percent.js";
import { readScalar } from "../wire/reading.js";
import { spellingOf } from "../wire/styles.js";

// Most requests hold scalars, and in their query lists of scalars, each written in the usual way, and right. They are read and checked
// here in one pass, by tables made when the server starts. Whatever is rare or wrong is `undefined` here, and then read again by all
// the rules, which know every style and find every problem. So nothing is decided here that is not decided there alike.

/** The values by the names of the parameters, with defaults; `undefined` where all the rules are needed. */
export type Values = { [name: string]: unknown };

type Contracts = { readonly [name: string]: ValueContract };

interface Slot {
  readonly name: string;
  readonly scalars: readonly Scalar[];
  readonly isList: boolean;
  readonly required: boolean;
  readonly contract: ValueContract | undefined;
}

/** Makes what reads a query, with its `?`, in one pass; `undefined` for parameters that are not of the usual kind. */
export function quickQuery(
  parameters: readonly ParameterDescriptor[],
  contracts: Contracts,
): ((search: string) => Values | undefined) | undefined {
  const slots = slotsOf(parameters, contracts, "form");
  if (slots === undefined) return undefined;
  const places = new Map(slots.map(({ name }, index) => [name, index]));
  return (search) => {
    const given: unknown[] = slots.map(() => undefined);
    for (let start = 1, end = 0; start < search.length; start = end + 1) {
      end = search.indexOf("&", start);
      if (end === -1) end = search.length;
      const part = search.slice(start, end);
      const equals = part.indexOf("=");
      const name = equals === -1 ? part : part.slice(0, equals);
      const index = places.get(name);
      const slot = index === undefined ? undefined : slots[index];
      if (index === undefined || slot === undefined) {
        // Another spelling of a name, or of none.
        if (isEscaped(name)) return undefined;
        continue;
      }
      const value = scalarOf(slot, equals === -1 ? "" : part.slice(equals + 1), formDecode);
      const known = given[index];
      if (value === undefined || (known !== undefined && !slot.isList)) return undefined;
      if (Array.isArray(known)) known.push(value);
      else given[index] = slot.isList ? [value] : value;
    }
    return valuesOf(slots, given);
  };
}

/** Makes what reads the texts of a path; `undefined` for parameters that are not of the usual kind. */
export function quickPath(
  parameters: readonly ParameterDescriptor[],
  contracts: Contracts,
): ((texts: { readonly [name: string]: string }) => Values | undefined) | undefined {
  const slots = slotsOf(parameters, contracts, "simple");
  if (slots === undefined || slots.some(({ isList }) => isList)) return undefined;
  return (texts) => {
    const given = slots.map((slot) => {
      const text = Object.hasOwn(texts, slot.name) ? texts[slot.name] : undefined;
      return text === undefined ? undefined : scalarOf(slot, text, percentDecode);
    });
    return given.includes(undefined) ? undefined : valuesOf(slots, given);
  };
}

/** Makes what reads fields of a header; `undefined` for parameters that are not of the usual kind. */
export function quickHeaders(
  parameters: readonly ParameterDescriptor[],
  contracts: Contracts,
): ((header: (name: string) => string | null) => Values | undefined) | undefined {
  const slots = slotsOf(parameters, contracts, "simple");
  if (slots === undefined || slots.some(({ isList }) => isList)) return undefined;
  return (header) => {
    const given: unknown[] = [];
    for (const slot of slots) {
      const text = header(slot.name);
      const value = text === null ? undefined : readAs(slot.scalars, text);
      if (text !== null && value === undefined) return undefined;
      given.push(value);
    }
    return valuesOf(slots, given);
  };
}

function slotsOf(
  parameters: readonly ParameterDescriptor[],
  contracts: Contracts,
  style: "form" | "simple",
): readonly Slot[] | undefined {
  const slots: Slot[] = [];
  for (const parameter of parameters) {
    const { name } = parameter;
    const contract = Object.hasOwn(contracts, name) ? contracts[name] : undefined;
    const spelling = spellingOf(parameter);
    const { scalars, array, object } = alternativesOf(contract?.shape ?? "any");
    const item = array === undefined ? undefined : alternativesOf(array.array);
    const isList = spelling.explode && scalars.length === 0 && array?.prefix === undefined && isScalar(item);
    const isUsual = spelling.style === style && parameter.in !== "querystring" && !isEscaped(name);
    const hasMore = parameter.mediaType ?? parameter.codec ?? parameter.allowEmptyValue ?? object;
    if (!isUsual || hasMore !== undefined || name === "__proto__" || !(isList || array === undefined))
      return undefined;
    const required = parameter.required === true;
    slots.push({ name, scalars: isList ? (item?.scalars ?? []) : scalars, isList, required, contract });
  }
  return slots;
}

function isScalar(shape: ReturnType<typeof alternativesOf> | undefined): boolean {
  return shape !== undefined && shape.array === undefined && shape.object === undefined;
}

function isEscaped(text: string): boolean {
  return text.includes("%") || text.includes("+");
}

function scalarOf({ scalars }: Slot, raw: string, unescape: (raw: string) => string | undefined): unknown {
  const text = isEscaped(raw) ? unescape(raw) : raw;
  return text === undefined ? undefined : readAs(scalars, text);
}

function readAs(scalars: readonly Scalar[], text: string): unknown {
  for (const scalar of scalars) {
    const value = readScalar(text, scalar);
    if (value !== undefined) return value;
  }
  return undefined;
}

function valuesOf(slots: readonly Slot[], given: readonly unknown[]): Values | undefined {
  const values: Values = {};
  for (let index = 0; index < slots.length; index++) {
    const { name, contract, required } = slots[index] as Slot;
    const value = given[index];
    if (value !== undefined) {
      if (contract?.validate(value, null, null) === false) return undefined;
      values[name] = value;
    } else if (contract !== undefined && "default" in contract) {
      const standing = contract.default;
      // A copy: a handler that changes what it gets must not change the default of the next request.
      values[name] = typeof standing === "object" && standing !== null ? structuredClone(standing) : standing;
    } else if (required) {
      return undefined;
    }
  }
  return values;
}
