import type { OperationDescriptor } from "../operation.js";
import type { Validator } from "../validation/validator.js";
import { type ErrorShape, shapedBody } from "./error-shapes.js";
import type { Failure, FailureReply } from "./failure.js";
import type { RouterParts } from "./respond.js";

/**
 * Makes what answers a failure as the document declares its errors: in the first known shape that the operation's answer of that status
 * takes; where it declares none, in the shape that most of the API's errors have. `undefined` where the document says
 * `application/problem+json`, or nothing that is known.
 */
export function createDeclaredErrors(parts: RouterParts): (failure: Failure) => FailureReply | undefined {
  const { errorShapes = [] } = parts;
  if (errorShapes.length === 0) return () => undefined;
  const names = new Map(Object.entries(parts.operations).map(([name, { id }]) => [id, name]));
  const checkOf = (name: string | undefined, status: string, mediaType: string): Validator | undefined =>
    name === undefined ? undefined : parts.validators[name]?.responses?.[status]?.body?.[mediaType]?.validate;
  let sorted: readonly ErrorShape[] | undefined;
  const byUse = (): readonly ErrorShape[] => {
    const uses = new Map(errorShapes.map((shape) => [shape.validate, 0]));
    for (const [name, { responses }] of Object.entries(parts.operations))
      for (const { status, contents = [] } of responses)
        for (const { mediaType } of contents) {
          const validate = checkOf(name, status, mediaType);
          if (validate !== undefined && uses.has(validate)) uses.set(validate, (uses.get(validate) ?? 0) + 1);
        }
    return [...errorShapes].sort(
      (one, other) => (uses.get(other.validate) ?? 0) - (uses.get(one.validate) ?? 0),
    );
  };
  return (failure) => {
    sorted ??= byUse();
    const { operation, status } = failure;
    const declared = operation === undefined ? undefined : responseFor(operation, status);
    if (operation === undefined || declared === undefined) return bodyIn(sorted.slice(0, 1), failure);
    for (const { mediaType } of declared.contents ?? []) {
      if (mediaType.startsWith("application/problem+json")) return undefined;
      const check = checkOf(names.get(operation.id), declared.status, mediaType);
      if (check === undefined) continue;
      const own = sorted.filter(({ validate }) => validate === check);
      const reply = bodyIn(own.length > 0 ? own : sorted, failure, check);
      if (reply !== undefined) return { ...reply, contentType: mediaType };
    }
    return undefined;
  };
}

function bodyIn(
  shapes: readonly ErrorShape[],
  failure: Failure,
  check?: Validator,
): FailureReply | undefined {
  for (const shape of shapes) {
    const body = shapedBody(shape, failure);
    if (body !== undefined && (check === undefined || check(body, null, null))) return { body };
  }
  return undefined;
}

function responseFor(
  { responses }: OperationDescriptor,
  status: number,
): OperationDescriptor["responses"][number] | undefined {
  for (const key of [String(status), `${Math.floor(status / 100)}XX`, "default"]) {
    const found = responses.find((each) => each.status === key);
    if (found !== undefined) return found;
  }
  return undefined;
}
