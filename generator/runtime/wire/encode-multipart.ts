import type { ContentDescriptor, PartDescriptor } from "../operation.js";
import { classify, omitted, refuse } from "./classify.js";
import { documentText } from "./documents.js";
import { isStyled } from "./encode-urlencoded.js";
import type { Place } from "./errors.js";
import { expandForm } from "./expand-form.js";

/**
 * A `multipart/form-data` document (OpenAPI 3.1.1, §4.8.15): lists are repeated parts, bytes are files, objects are JSON parts, a
 * scalar is text, and a part's content type is sent when the document names one. Null and undefined members are left out.
 */
export function encodeMultipart(parts: NonNullable<ContentDescriptor["parts"]>, value: unknown): FormData {
  if (value instanceof FormData) return value;
  const classified = classify(value, { in: "body" });
  if (classified.kind !== "object") return refuse("is not an object, which a form needs", { in: "body" });
  const form = new FormData();
  for (const [name, member] of classified.entries) {
    const place: Place = { in: "body", name };
    const part = parts[name] ?? {};
    if (isStyled(part)) {
      const plain = (text: string): string => text;
      for (const [key, text] of expandForm({ ...part, name, in: "query" }, member, plain, plain, place))
        form.append(key, text);
    } else {
      for (const item of Array.isArray(member) ? member : [member])
        if (!omitted(item)) append(form, name, item, part, place);
    }
  }
  return form;
}

function append(form: FormData, name: string, item: unknown, part: PartDescriptor, place: Place): void {
  // The content type of a part may be a list or a range to choose from; only one that is exact can be sent for a value without a type.
  const declared =
    part.contentType !== undefined && !/[*,]/.test(part.contentType) ? part.contentType : undefined;
  if (item instanceof Blob) {
    const typed = item.type === "" && declared !== undefined ? new Blob([item], { type: declared }) : item;
    const named = "name" in item && typeof item.name === "string" ? item.name : undefined;
    return named === undefined ? form.append(name, typed) : form.append(name, typed, named);
  }
  if (item instanceof ArrayBuffer)
    return form.append(name, new Blob([item], { type: declared ?? "application/octet-stream" }));
  if (ArrayBuffer.isView(item)) {
    const bytes = new Uint8Array(item.buffer, item.byteOffset, item.byteLength).slice();
    return form.append(name, new Blob([bytes], { type: declared ?? "application/octet-stream" }));
  }
  const classified = classify(item, place);
  if (classified.kind !== "scalar")
    return form.append(
      name,
      new Blob([documentText(declared ?? "application/json", item, place)], {
        type: declared ?? "application/json",
      }),
    );
  if (declared === undefined || declared === "text/plain") return form.append(name, classified.text);
  return form.append(
    name,
    new Blob([documentText(declared.endsWith("json") ? declared : "text/plain", item, place)], {
      type: declared,
    }),
  );
}
