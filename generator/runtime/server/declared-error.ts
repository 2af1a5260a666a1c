import type { OperationDescriptor } from "../operation.js";
import type { Failure, FailureReply } from "./failure.js";
import { type ErrorShape, shapedBody } from "./error-shapes.js";
import type { RouterParts } from "./respond.js";

/**
 * Makes what answers a failure as the document declares its errors: in the shape of the operation's answer of that status; for what no
 * operation declares, in the shape that most of its errors have. `undefined` where the document says `application/problem+json`, or
 * nothing that is known.
 */
export function createDeclaredErrors(parts: RouterParts): (failure: Failure) => FailureReply | undefined {
  const { errorShapes = [] } = parts;
  if (errorShapes.length === 0) return () => undefined;
  const names = new Map(Object.entries(parts.operations).map(([name, { id }]) => [id, name]));
  const byValidator = new Map(errorShapes.map((shape) => [shape.validate, shape]));
  const shapeOf = (name: string | undefined, status: string, mediaType: string): ErrorShape | undefined => {
    const validate = parts.validators[name ?? ""]?.responses?.[status]?.body?.[mediaType]?.validate;
    return validate === undefined ? undefined : byValidator.get(validate);
  };
  const contentsOf = ({ responses }: OperationDescriptor, status: number) =>
    [String(status), `${Math.floor(status / 100)}XX`, "default"].flatMap((key) => {
      const response = responses.find((each) => each.status === key);
      return response === undefined ? [] : [{ key, contents: response.contents ?? [] }];
    })[0];
  let common: { readonly shape: ErrorShape; readonly contentType: string } | undefined | null = null;
  const mostCommon = () => {
    const counts = new Map<ErrorShape, { count: number; contentType: string }>();
    for (const [name, { responses }] of Object.entries(parts.operations))
      for (const { status, contents = [] } of responses)
        for (const { mediaType } of contents) {
          const shape = /^[45d]/.test(status) ? shapeOf(name, status, mediaType) : undefined;
          if (shape === undefined) continue;
          const known = counts.get(shape) ?? { count: 0, contentType: mediaType };
          counts.set(shape, known);
          known.count += 1;
        }
    const [best] = [...counts].sort(([, one], [, other]) => other.count - one.count);
    return best === undefined ? undefined : { shape: best[0], contentType: best[1].contentType };
  };
  return (failure) => {
    const { operation, status } = failure;
    const declared = operation === undefined ? undefined : contentsOf(operation, status);
    if (operation !== undefined && declared !== undefined) {
      for (const { mediaType } of declared.contents) {
        if (mediaType.startsWith("application/problem+json")) return undefined;
        const shape = shapeOf(names.get(operation.id), declared.key, mediaType);
        const body = shape === undefined ? undefined : shapedBody(shape, failure);
        if (body !== undefined) return { body, contentType: mediaType };
      }
      if (declared.contents.length > 0) return undefined;
    }
    if (common === null) common = mostCommon();
    const body = common === undefined ? undefined : shapedBody(common.shape, failure);
    return body === undefined ? undefined : { body, contentType: common?.contentType ?? "application/json" };
  };
}
