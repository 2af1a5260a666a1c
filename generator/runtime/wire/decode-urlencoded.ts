import type { ContentDescriptor, ParameterDescriptor, PartDescriptor, Shape } from "../operation.js";
import { alternativesOf, propertyShape } from "./alternatives.js";
import { absent, decodeEntry, type Entry } from "./decode-entries.js";
import { splitPair } from "./decode-styled.js";
import { isJson, isStyled } from "./encode-urlencoded.js";
import { formDecode } from "./percent.js";
import { inside, type Reading, readText, report } from "./reading.js";

type Parts = NonNullable<ContentDescriptor["parts"]>;

/** Reads an `application/x-www-form-urlencoded` document, member by member. */
export function decodeUrlencoded(parts: Parts, shape: Shape, text: string, reading: Reading): unknown {
  const { scalars, array, object } = alternativesOf(shape);
  if (object === undefined && array === undefined && scalars.length > 0 && !scalars.includes("any"))
    return readText(text, shape, reading);
  const entries = text.split("&").flatMap((part): Entry[] => {
    if (part === "") return [];
    const [rawName, raw] = splitPair(part);
    const name = formDecode(rawName);
    if (name === undefined) report(reading, "encoding", "must have names of percent-encoded UTF-8");
    return name === undefined ? [] : [{ name, raw }];
  });
  return decodeMembers(parts, shape, entries, { ...reading, unescape: formDecode });
}

/** Reads the members of a form: those that the shape names, and then what is left. */
export function decodeMembers(
  parts: Parts,
  shape: Shape,
  entries: readonly Entry[],
  reading: Reading,
): object {
  const { object } = alternativesOf(shape);
  const known = Object.keys(object?.object ?? {});
  const named = new Set([...known, ...Object.keys(parts)]);
  const claimed = claimedNames(
    parts,
    shape,
    entries.map((entry) => entry.name),
  );
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) {
    const same = byName.get(entry.name);
    if (same === undefined) byName.set(entry.name, [entry]);
    else same.push(entry);
  }
  const members: [string, unknown][] = [];
  const taken = new Set<string>();
  for (const name of named) {
    const memberShape = (object && propertyShape(object, name)) ?? "any";
    const part = own(parts, name);
    // Most members have entries of their own name alone: a form is read in time that grows with its length.
    const near = takesOthers(part, memberShape) ? entries : (byName.get(name) ?? []);
    const value = decodeEntry(
      memberOf(name, part, memberShape),
      memberShape,
      near,
      claimed,
      inside(reading, name),
    );
    for (const entry of near)
      if (belongs(entry.name, name, part, memberShape, claimed)) taken.add(entry.name);
    if (value !== absent) members.push([name, value]);
  }
  const memberShape = object?.rest ?? "any";
  const takesAll = takesOthers({}, memberShape);
  for (const [name, same] of byName) {
    if (taken.has(name)) continue;
    const near = takesAll ? entries : same;
    const value = decodeEntry(
      memberOf(name, {}, memberShape),
      memberShape,
      near,
      claimed,
      inside(reading, name),
    );
    members.push([name, value]);
  }
  return Object.fromEntries(members);
}

/** The names in a form that members own: their own names, and those in brackets of the style deepObject. */
export function claimedNames(parts: Parts, shape: Shape, names: Iterable<string>): ReadonlySet<string> {
  const { object } = alternativesOf(shape);
  const deep = Object.keys(parts).filter((name) => own(parts, name).style === "deepObject");
  const claimed = new Set<string>();
  if (object !== undefined) for (const name of Object.keys(object.object)) claimed.add(name);
  for (const name of Object.keys(parts)) claimed.add(name);
  for (const each of names) if (deep.some((name) => each.startsWith(`${name}[`))) claimed.add(each);
  return claimed;
}

/** How a member of a form travels: objects as JSON, unless the part has a style or another content type. */
function memberOf(name: string, part: PartDescriptor, shape: Shape): ParameterDescriptor {
  const { scalars, array, object } = alternativesOf(shape);
  const documented =
    part.contentType !== undefined
      ? isJson(part.contentType)
      : object !== undefined && array === undefined && scalars.every((scalar) => scalar === "null");
  if (!isStyled(part) && documented) return { name, in: "query", mediaType: "application/json" };
  return {
    name,
    in: "query",
    ...(part.style === undefined ? {} : { style: part.style }),
    ...(part.explode === undefined ? (isStyled(part) ? {} : { explode: true }) : { explode: part.explode }),
  };
}

/** Whether a member may be made of entries of other names than its own: in brackets, or those of an exploded object. */
export function takesOthers(part: PartDescriptor, shape: Shape): boolean {
  return part.style === "deepObject" || alternativesOf(shape).object !== undefined;
}

/** Whether an entry is of a member, by its name: its own, one in brackets, or one of an exploded object. */
export function belongs(
  entry: string,
  name: string,
  part: PartDescriptor,
  shape: Shape,
  claimed: ReadonlySet<string>,
): boolean {
  if (entry === name) return true;
  if (part.style === "deepObject") return entry.startsWith(`${name}[`);
  const { object } = alternativesOf(shape);
  if (!isStyled(part) || object === undefined || part.explode === false) return false;
  return Object.hasOwn(object.object, entry) || (object.rest !== undefined && !claimed.has(entry));
}

function own(parts: Parts, name: string): PartDescriptor {
  return (Object.hasOwn(parts, name) ? parts[name] : undefined) ?? {};
}
