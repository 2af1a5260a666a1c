import type { ApiModel, Content, Header, Operation, Parameter } from "../../model/api-model.ts";
import { contentPlan, planOf } from "../../model/codecs.ts";
import { isFlatShape, isScalarShape } from "../../model/plain-shape.ts";
import { shapeOf } from "../../model/shape.ts";

/** The departures of `runtime/client/departures.ts`. */
export type Departure = "path" | "query" | "headers" | "cookies" | "body" | "answer" | "items" | "answerHeaders";

/** How an operation departs from the plain way of `runtime/client/plain.ts`: what its function has to bring along. */
export function departuresOf(model: ApiModel, operation: Operation): readonly Departure[] {
  const { parameters, path, body, responses } = operation;
  const within = (...locations: readonly Parameter["in"][]): readonly Parameter[] =>
    parameters.filter((parameter) => locations.includes(parameter.in));
  const answers = responses.flatMap(({ contents }) => contents);
  const found: readonly (readonly [departure: Departure, departs: boolean])[] = [
    ["path", !hasPlainPath(path) || within("path").some((one) => !isPlain(model, one))],
    ["query", within("query", "querystring").some((one) => !isPlain(model, one))],
    ["headers", within("header").length > 0],
    ["cookies", within("cookie").length > 0],
    ["body", body !== undefined && !areJson(model, body.contents)],
    ["answer", responses.some(({ contents }) => !areJson(model, contents))],
    ["items", answers.some(({ kind }) => kind === "json-lines" || kind === "event-stream")],
    ["answerHeaders", responses.some(({ headers }) => headers.some((one) => !isPlainHeader(model, one)))],
  ];
  return found.flatMap(([departure, departs]) => (departs ? departure : []));
}

// Each segment is one parameter, or a literal that a URL holds as it is.
function hasPlainPath(path: string): boolean {
  return path.split("/").every((segment) => /^(?:\{[^{}]+\}|[\w~!$&'()*+,;=:@.-]*)$/.test(segment));
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
