import type { MemberTraits } from "../validation/operation-validators.js";
import type { WireProblem } from "../wire/errors.js";

type Members = { [name: string]: unknown };

/**
 * Takes the readOnly members out of a body, in place, or refuses each: they belong to the server (JSON Schema Validation, §9.4). A value
 * whose type is wrong is left to its validator.
 */
export function settleReadOnly(
  traits: MemberTraits,
  body: unknown,
  how: "drop" | "refuse",
  problems: WireProblem[],
): void {
  visit(traits, body, "", (member, holder, name, pointer) => {
    if (member.readOnly !== true || !Object.hasOwn(holder, name)) return;
    if (how === "drop") delete holder[name];
    else
      problems.push({
        in: "body",
        pointer,
        keyword: "readOnly",
        message: "must not be sent, since it is read-only",
      });
  });
}

/** Puts the defaults of absent members into a body, in place. What holds them must be there: no object is made for its members. */
export function fillDefaults(traits: MemberTraits, body: unknown): void {
  visit(traits, body, "", (member, holder, name) => {
    // A copy, and defined rather than set: a handler may change what it gets, and a member may be called `__proto__`.
    if (member.default === undefined || member.readOnly === true || Object.hasOwn(holder, name)) return;
    const value: unknown = structuredClone(member.default);
    Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true });
  });
}

function visit(
  traits: MemberTraits,
  value: unknown,
  pointer: string,
  meet: (member: MemberTraits, holder: Members, name: string, pointer: string) => void,
): void {
  const { properties, items, rest } = traits.of?.() ?? traits;
  if (Array.isArray(value)) {
    if (items !== undefined)
      for (const [index, item] of value.entries()) visit(items, item, `${pointer}/${index}`, meet);
    return;
  }
  if (!isPlain(value)) return;
  for (const [name, member] of Object.entries(properties ?? {})) {
    const below = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    meet(member, value, name, below);
    if (Object.hasOwn(value, name)) visit(member, value[name], below, meet);
  }
  if (rest === undefined) return;
  for (const [name, member] of Object.entries(value)) {
    if (properties !== undefined && Object.hasOwn(properties, name)) continue;
    visit(rest, member, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, meet);
  }
}

// A file or a Date is no object with members.
function isPlain(value: unknown): value is Members {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
