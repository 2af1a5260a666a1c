import type { ContentDescriptor } from "../operation.js";
import type { ValueContract } from "../validation/operation-validators.js";
import { boundaryOf } from "../wire/decode-body.js";
import { decodeMultipart } from "../wire/decode-multipart.js";
import { DecodeError, type FormLimits, type WireProblem } from "../wire/errors.js";
import { countParts, isFile, partTooLarge, type RawPart } from "../wire/parse-multipart.js";
import type { Reading } from "../wire/reading.js";
import { arrivingParts } from "../wire/stream-multipart.js";
import { validate } from "./validate.js";

/** A part of a form as it arrives: a field with its value, or a file whose bytes have not been read yet. */
export type StreamedPart<Body = { readonly [name: string]: unknown }> =
  | {
      readonly kind: "field";
      readonly name: keyof Body & string;
      /** Decoded as the document has it; of a member that is a list, the list with this one item. */
      readonly value: Body[keyof Body];
    }
  | {
      readonly kind: "file";
      readonly name: keyof Body & string;
      /** As the client says: no path to be trusted. */
      readonly filename: string | undefined;
      /** The media type, if the part names one. */
      readonly type: string | undefined;
      readonly headers: ReadonlyMap<string, string>;
      /** Good until the next part is asked for; what is left of it then is passed over. */
      readonly body: ReadableStream<Uint8Array>;
    };

/** A form that is read while it arrives. */
export interface ArrivingForm {
  readonly content: ContentDescriptor;
  readonly contract: ValueContract | undefined;
  readonly stream: ReadableStream<Uint8Array>;
  readonly contentType: string | null;
  readonly limits: FormLimits;
}

/**
 * The parts of a form, in the order in which they arrive. At the end the form is held to its schema, the bytes of files apart: throws
 * a DecodeError when it breaks it, and a LimitError as soon as there is more than there may be.
 */
export async function* streamParts(form: ArrivingForm): AsyncGenerator<StreamedPart, void, undefined> {
  const { content, contract, stream, contentType, limits } = form;
  const count = countParts(limits);
  const seen: RawPart[] = [];
  for await (const { head, body } of arrivingParts(stream, boundaryOf(contentType))) {
    count(head, 0);
    const name = head.name ?? "";
    if (isFile(head)) {
      seen.push({ ...head, bytes: new Uint8Array() });
      const { filename, type } = head;
      const limited = atMost(body, limits.fileSize, () => partTooLarge(head, limits));
      yield { kind: "file", name, filename, type, headers: head.headers, body: limited };
    } else {
      const limited = atMost(body, limits.fieldSize, () => partTooLarge(head, limits));
      const raw = { ...head, bytes: new Uint8Array(await new Response(limited).arrayBuffer()) };
      seen.push(raw);
      const members = new Map(Object.entries(await decoded(content, contract, [raw])));
      yield { kind: "field", name, value: members.get(name) };
    }
  }
  const problems: WireProblem[] = [];
  validate(contract, await decoded(content, contract, seen), { in: "body" }, problems, content.mediaType);
  if (problems.length > 0) throw new DecodeError(problems);
}

async function decoded(
  { parts = {} }: ContentDescriptor,
  contract: ValueContract | undefined,
  raws: readonly RawPart[],
): Promise<object> {
  const problems: WireProblem[] = [];
  const reading: Reading = { place: { in: "body" }, pointer: "", unescape: (raw) => raw, problems };
  const value = await decodeMultipart(parts, contract?.shape ?? "any", raws, reading);
  if (problems.length > 0) throw new DecodeError(problems);
  return value;
}

function atMost(
  stream: ReadableStream<Uint8Array>,
  limit: number,
  tooLarge: () => Error,
): ReadableStream<Uint8Array> {
  if (limit === Infinity) return stream;
  let size = 0;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > limit) throw tooLarge();
        controller.enqueue(chunk);
      },
    }),
  );
}
