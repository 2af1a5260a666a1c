import type { Json, Schema } from "../../openapi/shapes.ts";
import type { ApiModel, Content, Direction } from "../api-model.ts";
import { sequenceOf } from "../sequence.ts";
import { sample, type Sample, type SampleValue } from "../sample.ts";
import { validate } from "../validate.ts";
import { Bytes } from "../validate/scalar.ts";
import { memberSurvives } from "./wire.ts";

type Schemas = Pick<ApiModel, "schemaByReference">;

/**
 * A body of a content, as a handler gives or takes it: bytes for `binary`, a string for XML, a list of items or of events for
 * streams, and members that a form can carry.
 */
export function sampleBody(model: Schemas, content: Content, direction: Direction): Sample {
  const contentType = concreteType(content);
  const hints = content.examples.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const schema = content.schema ?? true;
  switch (content.kind) {
    case "binary":
      return { ok: true, value: new Bytes("Some bytes.", contentType) };
    case "text":
      return sampleText(model, content, schema, direction, hints);
    case "json-lines":
    case "event-stream":
      return sampleItems(model, content, direction);
    case "json":
      return sample(model, schema, { direction, hints });
    default:
      return sampleForm(model, content, schema, direction, hints);
  }
}

/** A media type that can be sent: `image/*` and `application/*+json` are ranges, of which a fixture needs one member. */
export function concreteType(content: Content): string {
  const { mediaType, kind } = content;
  if (!mediaType.includes("*")) return mediaType;
  const [type = "*", subtype = ""] = mediaType.split("/");
  if (type !== "*" && subtype.startsWith("*+")) return `${type}/vnd.example${subtype.slice(1)}`;
  const byType: Readonly<Record<string, string>> = {
    image: "image/png",
    text: "text/plain",
    audio: "audio/mpeg",
    video: "video/mp4",
    font: "font/woff2",
    multipart: "multipart/form-data",
  };
  return byType[type] ?? (kind === "json" ? "application/json" : kind === "text" ? "text/plain" : "application/octet-stream");
}

function sampleText(model: Schemas, content: Content, schema: Schema, direction: Direction, hints: readonly Json[]): Sample {
  if (/[/+]xml\b/i.test(content.mediaType)) {
    return { ok: true, value: hints.find(isSomeText) ?? "<example/>" };
  }
  if (schema === true) return { ok: true, value: hints.find(isSomeText) ?? "Some text." };
  return sample(model, schema, { direction, hints, name: "text", accept: (value) => value !== "" });
}

/** Of nothing, the wire does not tell that it was sent. */
function isSomeText(hint: Json): hint is string {
  return typeof hint === "string" && hint !== "";
}

/** Two items of a sequence. An event without data is not delivered. */
function sampleItems(model: Schemas, content: Content, direction: Direction): Sample {
  const sequence = sequenceOf(model, content);
  const written = sequence?.item ?? true;
  const delivered = content.kind === "event-stream" && sequence?.data === false;
  const schema: Schema = delivered ? { allOf: [written, { required: ["data"] }] } : written;
  const items: SampleValue[] = [];
  for (const index of [0, 1]) {
    const item = sample(model, schema, { direction, index });
    if (!item.ok) return { ...item, pointer: `/${index}${item.pointer}` };
    items.push(item.value);
  }
  return { ok: true, value: items };
}

function sampleForm(model: Schemas, content: Content, schema: Schema, direction: Direction, hints: readonly Json[]): Sample {
  const fits = (value: SampleValue): boolean =>
    Object.entries(members(value) ?? {}).every(([name, member]) => memberSurvives(model, content, name, member));
  for (const index of [0, 1, 2, 3]) {
    const whole = sample(model, schema, { direction, hints, index });
    if (!whole.ok) return whole;
    const made = members(whole.value);
    if (made === undefined) return { ok: false, reason: "a form needs an object", pointer: "" };
    const kept = Object.fromEntries(
      Object.entries(made).flatMap(([name, member]) => {
        const left = surviving(member, (value) => memberSurvives(model, content, name, value));
        return left === undefined ? [] : [[name, typed(content, name, left)]];
      }),
    );
    if (validate(model, schema, kept, { direction }).length === 0 && Object.keys(kept).length > 0)
      return { ok: true, value: kept };
  }
  const other = sample(model, schema, {
    direction,
    hints,
    accept: (value) => fits(value) && Object.keys(members(value) ?? {}).length > 0,
  });
  return other.ok ? other : { ...other, reason: "a form cannot carry any of its values" };
}

/** What is left of a value without the members that a form cannot carry, such as empty lists; nothing when it cannot carry any. */
function surviving(value: SampleValue, survives: (value: SampleValue) => boolean): SampleValue | undefined {
  if (survives(value)) return value;
  const kept = Object.entries(members(value) ?? {}).flatMap(([name, member]): [string, SampleValue][] => {
    const left = surviving(member, (one) => survives({ [name]: one }));
    return left === undefined ? [] : [[name, left]];
  });
  const whole = Object.fromEntries(kept);
  return kept.length > 0 && survives(whole) ? whole : undefined;
}

function members(value: SampleValue): Readonly<Record<string, SampleValue>> | undefined {
  // What is neither a list nor bytes nor a scalar is a record of samples.
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Bytes)
    ? (value as Readonly<Record<string, SampleValue>>)
    : undefined;
}

/** Files have the media type that the part declares, if it declares a single one. */
function typed(content: Content, name: string, value: SampleValue): SampleValue {
  if (Array.isArray(value)) return value.map((item: SampleValue) => typed(content, name, item));
  if (!(value instanceof Bytes)) {
    const inner = content.partHeaders !== undefined && Object.hasOwn(content.partHeaders, name) ? members(value) : undefined;
    return inner?.["value"] === undefined ? value : { ...inner, value: typed(content, name, inner["value"]) };
  }
  const declared = content.encoding[name]?.contentType?.split(",")[0]?.trim();
  return new Bytes(value.text, declared === undefined || declared.includes("*") ? value.type : declared);
}
