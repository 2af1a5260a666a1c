import type { ParameterDescriptor, Shape } from "../../runtime/operation.ts";
import { alternativesOf, propertyShape } from "../../runtime/wire/alternatives.ts";
import { decodeHeaderText } from "../../runtime/wire/decode-header.ts";
import { decodeCookies, decodeHeaders, decodePath, decodeQuery, type Decoded } from "../../runtime/wire/decode-parameters.ts";
import { decodeUrlencoded } from "../../runtime/wire/decode-urlencoded.ts";
import { encodeHeaderValue } from "../../runtime/wire/encode-header.ts";
import { encodeCookies, encodeHeaders, encodePath, encodeQuery } from "../../runtime/wire/encode-parameters.ts";
import type { WireProblem } from "../../runtime/wire/errors.ts";
import { encodeUrlencoded } from "../../runtime/wire/encode-urlencoded.ts";
import type { ApiModel, Content, Header, Parameter, Serialization } from "../api-model.ts";
import type { SampleValue } from "../sample.ts";
import { shapeOf } from "../shape.ts";
import { equal } from "../validate/equal.ts";
import { Bytes } from "../validate/scalar.ts";
import { formShape, partsOf, shapeAround } from "./form-shape.ts";

type Schemas = Pick<ApiModel, "schemaByReference">;

/**
 * Whether a parameter's value arrives as it was sent. It is tried with the very codec that client and server use: an empty list in
 * a header, a path segment `..` or a null in a query do not.
 */
export function survives(model: Schemas, parameter: Parameter, value: SampleValue): boolean {
  const shape: Shape = parameter.serialization.kind === "style" ? shapeOf(model, parameter.schema) : "any";
  return arrived(parameter, shape, value) !== undefined;
}

/** What arrives of the values of several query parameters together, in which an exploded object may take what belongs to another. */
export function survivesTogether(
  model: Schemas,
  parameters: readonly Parameter[],
  values: ReadonlyMap<string, SampleValue>,
): boolean {
  const shapes = Object.fromEntries(
    parameters.map((one) => [one.name, one.serialization.kind === "style" ? shapeOf(model, one.schema) : "any"]),
  );
  const descriptors = parameters.map(descriptorOf);
  return attempt(() => {
    const given = Object.fromEntries(values);
    const decoded = decodeQuery(descriptors, shapes, encodeQuery(descriptors, given));
    // Members of one name in two objects are refused, though their values may be equal.
    return decoded.problems.length === 0 && equal(decoded.values, given);
  });
}

/** Whether a response header's value arrives as it was sent. */
export function headerSurvives(model: Schemas, header: Header, value: SampleValue): boolean {
  const { name, serialization } = header;
  const spelling = { name, ...spellingOf(serialization) };
  const shape: Shape = serialization.kind === "style" ? shapeOf(model, header.schema) : "any";
  return attempt(() => {
    const [text] = encodeHeaderValue(spelling, value, { in: "header", name });
    const reading = { place: { in: "header", name }, pointer: "", unescape: (raw: string) => raw, problems: [] } as const;
    return (
      text !== undefined && text !== "" && equal(decodeHeaderText(text, spelling, shape, { ...reading, problems: [] }), value)
    );
  });
}

/** Whether a member of a form arrives as it was sent; files do, and so do lists of them, but for one alone where a file would do. */
export function memberSurvives(model: Schemas, content: Content, name: string, value: SampleValue): boolean {
  const headers = partHeadersOf(content, name);
  if (headers === undefined) return plainSurvives(model, content, name, value);
  const arrived = withoutHeaders(model, headers, value);
  return arrived !== undefined && equal(arrived.rewrapped, value) && plainSurvives(model, content, name, arrived.plain);
}

function plainSurvives(model: Schemas, content: Content, name: string, value: SampleValue): boolean {
  if (value instanceof Bytes) return true;
  const shape = formShape(model, content);
  if (isList(value) && value.length > 0 && value.every((item) => item instanceof Bytes))
    return value.length > 1 || !takesOne(shape, name);
  const parts = partsOf(content);
  return attempt(() => {
    const problems: WireProblem[] = [];
    const text = encodeUrlencoded(parts, { [name]: value }, { in: "body" });
    const form = decodeUrlencoded(parts, shapeAround(content, shape, name), text, {
      place: { in: "body" },
      pointer: "",
      unescape: (raw) => raw,
      problems,
    });
    return problems.length === 0 && equal(form, { [name]: value });
  });
}

/** Whether a member may be a single file, so that a list of one is read as that. */
function takesOne(shape: Shape, name: string): boolean {
  const { object } = alternativesOf(shape);
  return alternativesOf((object && propertyShape(object, name)) ?? "any").scalars.includes("any");
}

/** A form as the server reads it: files as they are, all else by way of text; `undefined` when it cannot be sent. */
export function formArrives(
  model: Schemas,
  content: Content,
  value: SampleValue,
): { readonly value: unknown; readonly problems: number } | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Bytes) return undefined;
  const holdsBytes = (member: SampleValue): boolean =>
    member instanceof Bytes || (isList(member) && member.some((item) => item instanceof Bytes));
  const headed = new Map<string, Headless>();
  const entries: [string, SampleValue][] = [];
  for (const [name, member] of Object.entries(value)) {
    const headers = partHeadersOf(content, name);
    const headless = headers === undefined ? undefined : withoutHeaders(model, headers, member);
    if (headers !== undefined && headless === undefined) return undefined;
    if (headless !== undefined) headed.set(name, headless);
    entries.push([name, headless === undefined ? member : headless.plain]);
  }
  let form: { value: unknown; problems: number } | undefined;
  attempt(() => {
    const problems: WireProblem[] = [];
    const texts = Object.fromEntries(entries.filter(([, member]) => !holdsBytes(member)));
    const text = encodeUrlencoded(partsOf(content), texts, { in: "body" });
    const reading = { place: { in: "body" }, pointer: "", unescape: (raw: string) => raw, problems } as const;
    const read = decodeUrlencoded(partsOf(content), formShape(model, content), text, reading);
    const files = entries.filter(([, member]) => holdsBytes(member));
    const found: [string, unknown][] = [...Object.entries(read ?? {}), ...files];
    form = {
      value: Object.fromEntries(found.map(([name, one]) => [name, headed.get(name)?.rewrap(one) ?? one])),
      problems: problems.length,
    };
    return true;
  });
  return form;
}

/** The values of parts that have headers, without them, and the way back, with the headers as they arrive. */
interface Headless {
  readonly plain: SampleValue;
  readonly rewrapped: unknown;
  rewrap(plain: unknown): unknown;
}

function withoutHeaders(model: Schemas, headers: readonly Header[], value: SampleValue): Headless | undefined {
  const items = isList(value) ? value : [value];
  const plain: SampleValue[] = [];
  const arrived: object[] = [];
  for (const item of items) {
    if (typeof item !== "object" || item === null || isList(item) || item instanceof Bytes) return undefined;
    const { value: inner, headers: given = {}, ...rest } = item as Readonly<Record<string, SampleValue>>;
    if (inner === undefined || inner === null || Object.keys(rest).length > 0) return undefined;
    if (typeof given !== "object" || given === null || isList(given) || given instanceof Bytes) return undefined;
    const entries: [string, SampleValue][] = Object.entries(given);
    const known = entries.every(([name, one]) => {
      const header = headers.find((each) => each.name === name);
      return header !== undefined && headerSurvives(model, header, one);
    });
    if (!known) return undefined;
    plain.push(inner);
    arrived.push(entries.length === 0 ? {} : { headers: given });
  }
  const rewrap = (one: unknown): unknown =>
    Array.isArray(one) ? one.map((each: unknown, index) => ({ value: each, ...arrived[index] })) : { value: one, ...arrived[0] };
  const whole = isList(value) ? plain : plain[0];
  return whole === undefined ? undefined : { plain: whole, rewrapped: rewrap(whole), rewrap };
}

function partHeadersOf({ partHeaders = {} }: Content, name: string): readonly Header[] | undefined {
  return Object.hasOwn(partHeaders, name) ? partHeaders[name] : undefined;
}

/** The parameter as the server reads the text it is sent as; `undefined` when that is another value, or none. */
export function arrived(parameter: Parameter, shape: Shape, value: SampleValue): { readonly value: unknown } | undefined {
  const { name } = parameter;
  let decoded: Decoded | undefined;
  attempt(() => {
    decoded = transport(descriptorOf(parameter), { [name]: shape }, { [name]: value });
    return true;
  });
  if (decoded === undefined || decoded.problems.length > 0 || !Object.hasOwn(decoded.values, name)) return undefined;
  return equal(decoded.values[name], value) ? { value: decoded.values[name] } : undefined;
}

/** Sends one parameter through encoder and decoder. Throws what the encoder throws. */
export function transport(
  descriptor: ParameterDescriptor,
  shapes: Readonly<Record<string, Shape>>,
  values: Readonly<Record<string, unknown>>,
): Decoded {
  switch (descriptor.in) {
    case "path":
      return decodePath([descriptor], shapes, { [descriptor.name]: encodePath(`{${descriptor.name}}`, [descriptor], values) });
    case "header":
      return decodeHeaders([descriptor], shapes, new Headers(encodeHeaders([descriptor], values)));
    case "cookie":
      return decodeCookies([descriptor], shapes, encodeCookies([descriptor], values) ?? null);
    default:
      return decodeQuery([descriptor], shapes, encodeQuery([descriptor], values));
  }
}

/** A parameter as client and server know it. */
export function descriptorOf({ name, in: location, serialization }: Parameter): ParameterDescriptor {
  return { name, in: location, ...spellingOf(serialization) };
}

function spellingOf(serialization: Serialization): Omit<ParameterDescriptor, "name" | "in"> {
  if (serialization.kind === "content") return { mediaType: serialization.mediaType };
  const { style, explode, allowReserved } = serialization;
  return { style, explode, ...(allowReserved ? { allowReserved } : {}) };
}

// What the codec refuses does not survive; it throws nothing else for plain data.
function attempt(proof: () => boolean): boolean {
  try {
    return proof();
  } catch {
    return false;
  }
}

// `Array.isArray` does not narrow readonly arrays.
function isList(value: SampleValue): value is readonly SampleValue[] {
  return Array.isArray(value);
}
