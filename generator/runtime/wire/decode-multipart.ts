import type { ContentDescriptor, PartDescriptor, Shape } from "../operation.js";
import { alternativesOf, itemShape, propertyShape } from "./alternatives.js";
import { absent, decodeEntry } from "./decode-entries.js";
import { belongs, claimedNames } from "./decode-urlencoded.js";
import { isJson, isStyled } from "./encode-urlencoded.js";
import { inside, readJson, type Reading, readText, report } from "./reading.js";

type Part = string | Blob;

/**
 * Reads a `multipart/form-data` document: parts with one name are a list where the shape has one, JSON parts are parsed, texts
 * become what the shape says, files stay Blobs.
 */
export async function decodeMultipart(
  parts: NonNullable<ContentDescriptor["parts"]>,
  shape: Shape,
  form: FormData,
  reading: Reading,
): Promise<object> {
  const { object } = alternativesOf(shape);
  const entries = [...form.entries()].flatMap(([name, value]) =>
    typeof value === "string" ? [{ name, raw: value }] : [],
  );
  const names = new Set([...form.keys()]);
  const claimed = claimedNames(parts, shape, names);
  const members: [string, unknown][] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (!isStyled(part)) continue;
    const memberShape = (object && propertyShape(object, name)) ?? "any";
    const value = decodeEntry(
      { ...styleOf(part), name, in: "query" },
      memberShape,
      entries,
      claimed,
      inside(reading, name),
    );
    if (value !== absent) members.push([name, value]);
    for (const key of names) if (belongs(key, name, part, memberShape, claimed)) names.delete(key);
  }
  for (const name of names) {
    const memberShape = (object && propertyShape(object, name)) ?? "any";
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
    members.push([name, await readMember(form.getAll(name), memberShape, part ?? {}, inside(reading, name))]);
  }
  return Object.fromEntries(members);
}

async function readMember(
  values: readonly Part[],
  shape: Shape,
  part: PartDescriptor,
  reading: Reading,
): Promise<unknown> {
  const { scalars, array } = alternativesOf(shape);
  const [only] = values;
  if (values.length === 1 && only !== undefined && array === undefined)
    return readPart(only, shape, part, reading);
  if (values.length === 1 && (typeof only === "string" || (only !== undefined && scalars.includes("any")))) {
    const trial: Reading = { ...reading, problems: [] };
    const value = await readPart(only, { union: scalars }, part, trial);
    if (trial.problems.length === 0) return value;
  }
  if (array === undefined && !scalars.includes("any"))
    return report(reading, "duplicate", "must be given once");
  const items: unknown[] = [];
  for (const [index, value] of values.entries()) {
    const shapeOfItem = array === undefined ? "any" : itemShape(array, index);
    const item = await readPart(value, shapeOfItem, part, inside(reading, index));
    // Some clients send a whole list as one JSON part.
    if (values.length === 1 && Array.isArray(item) && alternativesOf(shapeOfItem).array === undefined)
      return item;
    items.push(item);
  }
  return items;
}

async function readPart(value: Part, shape: Shape, part: PartDescriptor, reading: Reading): Promise<unknown> {
  if (typeof value === "string") {
    return part.contentType !== undefined && isJson(part.contentType)
      ? readJson(value, reading)
      : readText(value, shape, reading);
  }
  const { scalars, array, object } = alternativesOf(shape);
  // FormData gives a Blob without a name this one; a file that a person chose has its own, and is kept whatever its type.
  const nameless = !("name" in value) || value.name === "blob";
  const structured =
    (array !== undefined || object !== undefined) && scalars.every((scalar) => scalar === "null");
  if (isJson(value.type) && (structured || nameless)) return readJson(await value.text(), reading);
  const textual =
    part.contentType !== undefined && /^text\/|^application\/(?:.*\+)?xml/i.test(part.contentType);
  return textual && nameless && !scalars.includes("any")
    ? readText(await value.text(), shape, reading)
    : value;
}

function styleOf(part: PartDescriptor): Pick<PartDescriptor, "style" | "explode"> {
  return {
    ...(part.style === undefined ? {} : { style: part.style }),
    ...(part.explode === undefined ? {} : { explode: part.explode }),
  };
}
