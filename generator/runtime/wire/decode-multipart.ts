import type { ContentDescriptor, PartDescriptor, Shape } from "../operation.js";
import { alternativesOf, itemShape, propertyShape } from "./alternatives.js";
import { absent, decodeEntry } from "./decode-entries.js";
import { decodeHeaderText } from "./decode-header.js";
import { belongs, claimedNames } from "./decode-urlencoded.js";
import { isJson, isStyled } from "./encode-urlencoded.js";
import { parseMediaType } from "./media-type.js";
import { isFile, isTextual, type RawPart } from "./parse-multipart.js";
import { inside, readJson, type Reading, readText, report } from "./reading.js";

/** A part that is a field, with its media type if it has one, or a file. */
type Part = { readonly headers: RawPart["headers"] } & (
  { readonly text: string; readonly type: string | undefined } | { readonly file: Blob }
);

/**
 * Reads the parts of a form: those with one name are a list where the shape has one, JSON parts are parsed, texts become what the
 * shape says, files are Blobs.
 */
export async function decodeMultipart(
  parts: NonNullable<ContentDescriptor["parts"]>,
  shape: Shape,
  raws: readonly RawPart[],
  reading: Reading,
): Promise<object> {
  const { object } = alternativesOf(shape);
  const found = new Map<string, Part[]>();
  for (const raw of raws) {
    if (raw.name === undefined) report(reading, "contentMediaType", "must have a name for every part");
    else {
      const part = partOf(raw, inside(reading, raw.name));
      if (part !== undefined) found.set(raw.name, [...(found.get(raw.name) ?? []), part]);
    }
  }
  const entries = [...found].flatMap(([name, values]) =>
    values.flatMap((part) => ("text" in part ? [{ name, raw: part.text }] : [])),
  );
  const names = new Set(found.keys());
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
    const value = await readMember(found.get(name) ?? [], memberShape, part ?? {}, inside(reading, name));
    members.push([name, value]);
  }
  return Object.fromEntries(members);
}

function partOf(raw: RawPart, reading: Reading): Part | undefined {
  const { filename, type, headers, bytes } = raw;
  if (filename !== undefined) return { headers, file: new File([bytes], filename, { type: type ?? "" }) };
  if (isFile(raw)) return { headers, file: new Blob([bytes], { type: type ?? "" }) };
  const text = textOf(bytes, type, reading);
  return text === undefined ? undefined : { headers, text, type };
}

// Strict, since a lenient decoder would put U+FFFD for what is not in the charset (RFC 7578, §4.4).
function textOf(bytes: BufferSource, type: string = "", reading: Reading): string | undefined {
  const charset = (!isJson(type) && parseMediaType(type)?.parameters.get("charset")) || "utf-8";
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return report(reading, "encoding", `must be text in ${charset}`);
  }
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
  const plain = only !== undefined && "text" in only && !isJson(part.contentType ?? only.type ?? "");
  if (values.length === 1 && only !== undefined && (plain || scalars.includes("any"))) {
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

async function readPart(part: Part, shape: Shape, known: PartDescriptor, reading: Reading): Promise<unknown> {
  if (known.headers === undefined) return readValue(part, shape, known, reading);
  const value = await readValue(part, shape, known, inside(reading, "value"));
  const headers = known.headers.flatMap((header) => {
    const text = part.headers.get(header.name.toLowerCase());
    if (text === undefined) return [];
    const here = inside(inside(reading, "headers"), header.name);
    return [[header.name, decodeHeaderText(text, header, header.shape ?? "string", here)] as const];
  });
  return headers.length === 0 ? { value } : { value, headers: Object.fromEntries(headers) };
}

async function readValue(
  value: Part,
  shape: Shape,
  part: PartDescriptor,
  reading: Reading,
): Promise<unknown> {
  if ("text" in value) {
    return isJson(part.contentType ?? value.type ?? "")
      ? readJson(value.text, reading)
      : readText(value.text, shape, reading);
  }
  const { file } = value;
  const { scalars, array, object } = alternativesOf(shape);
  // FormData gives a Blob without a name this one; a file that a person chose has its own, and is kept whatever its type.
  const nameless = !("name" in file) || file.name === "blob";
  const structured =
    (array !== undefined || object !== undefined) && scalars.every((scalar) => scalar === "null");
  const read = async (make: (text: string) => unknown): Promise<unknown> => {
    const text = textOf(await file.arrayBuffer(), file.type, reading);
    return text === undefined ? undefined : make(text);
  };
  if (isJson(file.type) && (structured || nameless)) return read((text) => readJson(text, reading));
  const textual = part.contentType !== undefined && isTextual(part.contentType);
  return textual && nameless && !scalars.includes("any")
    ? read((text) => readText(text, shape, reading))
    : file;
}

function styleOf(part: PartDescriptor): Pick<PartDescriptor, "style" | "explode"> {
  return {
    ...(part.style === undefined ? {} : { style: part.style }),
    ...(part.explode === undefined ? {} : { explode: part.explode }),
  };
}
