import type { ApiModel, Content, Header, Operation, Parameter } from "../../model/api-model.ts";
import { contentPlan, planOf } from "../../model/codecs.ts";
import { isFlatShape, isScalarShape } from "../../model/plain-shape.ts";
import { shapeOf } from "../../model/shape.ts";

/** What `runtime/client/departures.ts` has. */
export type Departure =
  | "path"
  | "plainQuery"
  | "query"
  | "headers"
  | "cookies"
  | "plainBody"
  | "body"
  | "answer"
  | "items"
  | "plainHeaders"
  | "answerHeaders";

/** What the function of an operation has to bring along, beyond a path of scalars and an answer that is JSON. */
export function departuresOf(model: ApiModel, operation: Operation): readonly Departure[] {
  const { parameters, path, body, responses } = operation;
  const within = (...locations: readonly Parameter["in"][]): readonly Parameter[] =>
    parameters.filter((parameter) => locations.includes(parameter.in));
  const answers = responses.flatMap(({ contents }) => contents);
  const found: readonly (readonly [departure: Departure, departs: boolean])[] = [
    ["path", !hasPlainPath(path) || within("path").some((one) => !isPlain(model, one))],
    ...plainOr("query", "plainQuery", within("query", "querystring"), (one) => isPlain(model, one), /[?#]/.test(path)),
    ["headers", within("header").length > 0],
    ["cookies", within("cookie").length > 0],
    ...plainOr("body", "plainBody", body === undefined ? [] : [body], ({ contents }) => areJson(model, contents)),
    ["answer", responses.some(({ contents }) => !areJson(model, contents))],
    ["items", answers.some(({ kind }) => kind === "json-lines" || kind === "event-stream")],
    ...plainOr(
      "answerHeaders",
      "plainHeaders",
      responses.flatMap(({ headers }) => headers),
      (one) => isPlainHeader(model, one),
    ),
  ];
  return found.flatMap(([departure, departs]) => (departs ? departure : []));
}

/** The plain one of two, if all is plain; neither, if there is nothing. */
function plainOr<Part>(
  full: Departure,
  plain: Departure,
  parts: readonly Part[],
  isPlainPart: (part: Part) => boolean,
  departs = false,
): readonly (readonly [departure: Departure, departs: boolean])[] {
  const all = !departs && parts.every(isPlainPart);
  return [
    [plain, parts.length > 0 && all],
    [full, !all],
  ];
}

// Each segment is one parameter, or a literal that a URL holds as it is.
function hasPlainPath(path: string): boolean {
  return path.startsWith("/") && path.split("/").every((segment) => /^(?:\{[^{}]+\}|[\w~!$&'()*+,;=:@.-]*)$/.test(segment));
}

function isPlain(model: ApiModel, { in: location, name, schema, serialization }: Parameter): boolean {
  if (location === "querystring" || serialization.kind === "content" || serialization.allowReserved) return false;
  if (planOf(model, schema) !== undefined) return false;
  const shape = shapeOf(model, schema);
  if (location === "path") return serialization.style === "simple" && isScalarShape(shape) && name !== "";
  return serialization.style === "form" && (isScalarShape(shape) || (serialization.explode && isFlatShape(shape)));
}

function isPlainHeader(model: ApiModel, { name, schema, serialization }: Header): boolean {
  const shape = shapeOf(model, schema);
  return (
    serialization.kind !== "content" &&
    planOf(model, schema) === undefined &&
    (shape === "string" || shape === "integer" || shape === "number" || shape === "boolean") &&
    // An assignment to it would be none.
    name !== "__proto__"
  );
}

// One media type at most, which a `Content-Type` names by itself.
function areJson(model: ApiModel, contents: readonly Content[]): boolean {
  return contents.every(
    (content) =>
      contents.length === 1 &&
      content.kind === "json" &&
      !/[*;]/.test(content.mediaType) &&
      contentPlan(model, content) === undefined,
  );
}
