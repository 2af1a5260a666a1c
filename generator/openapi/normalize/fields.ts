import { suggest } from "../../diagnostics/suggest.ts";
import { isExampleReference, items, kindOf, member, members, put, type Node } from "../node.ts";
import { countUnused, made, objectAt, type Context, type Draft, type Reader } from "./context.ts";
import { reportImprecise } from "./imprecise.ts";
import { through } from "./through.ts";

/** The readers of an object's members. Others than these are kept when they start with `x-`, and else reported. */
export type Fields = Readonly<Record<string, Reader>>;

/** Reads an object member by member, in the order they are written. */
export function readFields(written: Node, fields: Fields, what: string, context: Context): Draft {
  const draft: Draft = {};
  const node = through(written, context);
  if (node === undefined) return draft;
  for (const [key, inner] of members(node)) {
    const reader = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (reader === undefined) {
      if (key.startsWith("x-")) put(draft, key, literal(inner, context));
      else reportUnknown(key, inner, Object.keys(fields), what, context);
      continue;
    }
    if (inner.value === null && reader !== exampleValue && reader !== literal && reader !== skip) {
      context.diagnostics.report("value-missing", inner.at, { what: `"${key}"` }, { atKey: true });
      continue;
    }
    const value = reader(inner, context);
    if (value !== undefined) put(draft, key, value);
  }
  return draft;
}

function reportUnknown(key: string, node: Node, known: readonly string[], what: string, context: Context): void {
  context.diagnostics.report("member-unknown", node.at, { key, what, suggestion: suggest(key, known) }, { atKey: true });
}

/** Leaves a member out that is read elsewhere. */
export const skip: Reader = () => undefined;

/** A member that nothing is made of, which is said once for all of its kind; kept as it is read, for what looks at the document itself. */
export function unused(field: string, what: string, reader: Reader = literal): Reader {
  return (node, context) => {
    countUnused(field, what, node.at, context);
    return reader(node, context);
  };
}

/** A value as it was written. */
export const literal: Reader = (node, context) => {
  const { value } = node;
  reportImprecise(node, context);
  return typeof value === "object" && value !== null ? made(value, node, context) : value;
};

/** An example's value, which some keep in a file of its own. */
export const exampleValue: Reader = (node, context) => {
  const target = isExampleReference(node.value) ? through(node, context) : node;
  return target === undefined ? undefined : literal(target, context);
};

/** A string. Numbers and booleans are taken for one: YAML reads an unquoted version as a number. */
export const text: Reader<string> = (node, context) => {
  const { value } = node;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") {
    // As it is spelled: `version: 1.10` is the number 1.1.
    const spelled = context.bundle.textAt(node);
    const used = spelled === undefined || spelled.trim() === "" || spelled.includes("\n") ? String(value) : spelled;
    context.diagnostics.report("value-repaired", node.at, {
      what: nameOf(node),
      found: kindOf(value),
      expected: "a string",
      used: JSON.stringify(used),
    });
    return used;
  }
  // Some keep long descriptions in files of their own: `description: { $ref: intro.md }`.
  const target = through(node, context);
  if (typeof target?.value === "string") return target.value;
  if (target !== undefined) ignored(node, "a string", context);
  return undefined;
};

/** A boolean; its name in quotes is taken for it. */
export const flag: Reader<boolean> = (node, context) => {
  const { value } = node;
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "false") {
    context.diagnostics.report("value-repaired", node.at, {
      what: nameOf(node),
      found: "a string",
      expected: "a boolean",
      used: value,
    });
    return value === "true";
  }
  ignored(node, "a boolean", context);
  return undefined;
};

/** A number; one in quotes is taken for it. */
export const numeric: Reader<number> = (node, context) => {
  const { value } = node;
  if (typeof value === "number" && Number.isFinite(value)) {
    // The ends of 64 bits say no more than the format does.
    if (Math.abs(value) !== 2 ** 63 && value !== 2 ** 64) reportImprecise(node, context);
    return value;
  }
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))) {
    context.diagnostics.report("value-repaired", node.at, {
      what: nameOf(node),
      found: "a string",
      expected: "a number",
      used: String(Number(value)),
    });
    return Number(value);
  }
  ignored(node, "a number", context);
  return undefined;
};

/** An object whose values are all read alike; extensions in it are kept as they are written. */
export function mapOf<T>(reader: Reader<T>, extensions = false): Reader<Record<string, T>> {
  return (written, context) => {
    const node = through(written, context);
    if (node === undefined || objectAt(node, nameOf(written), context) === undefined) return undefined;
    const draft: Record<string, T> = {};
    for (const [key, inner] of members(node)) {
      if (extensions && key.startsWith("x-")) put(draft, key, literal(inner, context));
      else {
        const value = reader(inner, context);
        if (value !== undefined) put(draft, key, value);
      }
    }
    return made(draft, node, context);
  };
}

/** An array whose items are all read alike. */
export function listOf<T>(reader: Reader<T>): Reader<T[]> {
  return (written, context) => {
    const node = through(written, context);
    if (node === undefined) return undefined;
    if (!Array.isArray(node.value)) {
      context.diagnostics.report("value-wrong-kind", node.at, {
        what: nameOf(written),
        found: kindOf(node.value),
        expected: "an array",
      });
      return undefined;
    }
    return made(
      items(node)
        .map((item) => reader(item, context))
        .filter((item) => item !== undefined),
      node,
      context,
    );
  };
}

/** Reports a value that says nothing because it is of the wrong kind. */
export function ignored(node: Node, expected: string, context: Context): void {
  context.diagnostics.report("value-ignored", node.at, { what: nameOf(node), found: kindOf(node.value), expected });
}

/** The last key of a place, in quotes. */
export function nameOf(node: Node): string {
  const token = node.at.slice(node.at.lastIndexOf("/") + 1);
  return node.at.endsWith("#") ? "the document" : `"${token.replaceAll("~2", "#").replaceAll("~1", "/").replaceAll("~0", "~")}"`;
}

/** Whether an object has a member of its own. */
export function has(node: Node, key: string): boolean {
  return member(node, key).value !== undefined;
}
