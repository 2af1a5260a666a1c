import { ExactInteger } from "./exact.js";

/** What tells a member of a union from the others, by the wire form of a value. What is left out says nothing. */
export interface CaseTest {
  readonly types?: readonly ("null" | "boolean" | "integer" | "number" | "string" | "array" | "object")[];
  /** The texts, numbers, booleans or null that it may be. */
  readonly values?: readonly unknown[];
  readonly required?: readonly string[];
  /** Of those properties that are there. */
  readonly properties?: { readonly [name: string]: CaseTest };
  /** The names of all properties that there may be. */
  readonly closed?: readonly string[];
  readonly any?: readonly CaseTest[];
  readonly all?: readonly CaseTest[];
}

/** Whether a value passes. A value that has been decoded already passes as what it was decoded from. */
export function isFit(test: CaseTest, value: unknown): boolean {
  if (isDecoded(value)) return test.types?.some((type) => decodedFrom.has(type)) ?? true;
  if (test.types !== undefined && !test.types.some((type) => isOfType(type, value))) return false;
  if (test.values !== undefined && !test.values.includes(value)) return false;
  if (test.all?.every((each) => isFit(each, value)) === false) return false;
  if (test.any?.some((each) => isFit(each, value)) === false) return false;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return true;
  const members: { readonly [name: string]: unknown } = { ...value };
  const has = (name: string): boolean => Object.hasOwn(members, name) && members[name] !== undefined;
  return (
    (test.required?.every(has) ?? true) &&
    (test.closed === undefined || Object.keys(members).every((name) => test.closed?.includes(name))) &&
    Object.entries(test.properties ?? {}).every(([name, each]) => !has(name) || isFit(each, members[name]))
  );
}

const decodedFrom: ReadonlySet<string> = new Set(["string", "integer", "number"]);

function isDecoded(value: unknown): boolean {
  return typeof value === "bigint" || value instanceof Date || ArrayBuffer.isView(value);
}

function isOfType(type: NonNullable<CaseTest["types"]>[number], value: unknown): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value) || value instanceof ExactInteger;
    case "number":
      return typeof value === "number" || value instanceof ExactInteger;
    case "string":
      // A binary part of a form is bytes where its schema says a text.
      return typeof value === "string" || value instanceof Blob;
    default:
      return typeof value === type;
  }
}
