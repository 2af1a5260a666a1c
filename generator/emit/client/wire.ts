import type { ApiModel, Content, Header, Operation, Parameter, Response } from "../../model/api-model.ts";
import { contentPlan, planOf } from "../../model/codecs.ts";
import { isFlatObject, isFlatShape, isScalarShape } from "../../model/plain-shape.ts";
import { shapeOf } from "../../model/shape.ts";

/** What a function brings along of `runtime/client/departures.ts`; `kinds` are what it is made of: `queryOf(asJson, deep)`. */
export interface Departure {
  readonly name: DepartureName | "queryOf";
  readonly kinds?: readonly QueryKind[];
}

type QueryKind = "asJson" | "delimited" | "deep";

type DepartureName =
  | "path"
  | "idempotent"
  | "plainQuery"
  | "query"
  | "headers"
  | "cookies"
  | "plainBody"
  | "body"
  | "statuses"
  | "bare"
  | "redirects"
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
  // A success by its code, and no other statuses than codes of successes and errors.
  const codes = responses.map(({ status }) => `${status}`);
  const byRange = codes.some((code) => !/^[245]\d\d$/.test(code)) || !codes.some((code) => code.startsWith("2"));
  const found: readonly (readonly [departure: DepartureName, departs: boolean])[] = [
    ["idempotent", /^(?:HEAD|OPTIONS|TRACE|PUT|DELETE|QUERY)$/i.test(operation.method)],
    ["path", !hasPlainPath(path) || within("path").some((one) => !isPlain(model, one))],
    ["headers", within("header").length > 0],
    ["cookies", within("cookie").length > 0],
    ...plainOr("body", "plainBody", body === undefined ? [] : [body], ({ contents }) => areJson(model, contents)),
    ["statuses", byRange],
    ["bare", !byRange && (operation.method.toUpperCase() === "HEAD" || responses.some(isBare))],
    ["redirects", codes.some((code) => /^3(?!04)/.test(code))],
    ["answer", responses.some(({ contents }) => !areJson(model, contents))],
    ["items", answers.some(({ kind }) => kind === "json-lines" || kind === "event-stream")],
    ...plainOr(
      "answerHeaders",
      "plainHeaders",
      responses.flatMap(({ headers }) => headers),
      (one) => isPlainHeader(model, one),
    ),
  ];
  return [...queryOf(model, operation), ...found.flatMap(([name, departs]) => (departs ? { name } : []))];
}

function queryOf(model: ApiModel, { parameters, path }: Operation): readonly Departure[] {
  const queried = parameters.filter(({ in: location }) => location === "query" || location === "querystring");
  const kinds = queried.map((parameter) => (isPlain(model, parameter) ? "plain" : queryKind(model, parameter)));
  if (kinds.includes(undefined) || /[?#]/.test(path)) return [{ name: "query" }];
  const brought = (["asJson", "delimited", "deep"] as const).filter((kind) => kinds.includes(kind));
  if (brought.length > 0) return [{ name: "queryOf", kinds: brought }];
  return queried.length === 0 ? [] : [{ name: "plainQuery" }];
}

/** The kind of a parameter of the query that is not plain; `undefined` for one that needs the whole table. */
function queryKind(model: ApiModel, { in: location, schema, serialization }: Parameter): QueryKind | undefined {
  if (location !== "query" || planOf(model, schema) !== undefined) return undefined;
  if (serialization.kind === "content") return /^text\//i.test(serialization.mediaType) ? undefined : "asJson";
  const { style, explode, allowReserved } = serialization;
  if (allowReserved) return undefined;
  if (style === "deepObject") return "deep";
  const shape = shapeOf(model, schema);
  return !explode && (isFlatShape(shape) || isFlatObject(shape)) ? "delimited" : undefined;
}

/** The plain one of two, if all is plain; neither, if there is nothing. */
function plainOr<Part>(
  full: DepartureName,
  plain: DepartureName,
  parts: readonly Part[],
  isPlainPart: (part: Part) => boolean,
): readonly (readonly [departure: DepartureName, departs: boolean])[] {
  const all = parts.every(isPlainPart);
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

// There can be no body at 204 and 205.
function isBare({ status, contents }: Response): boolean {
  return contents.length === 0 || /^20[45]$/.test(`${status}`);
}

// One media type at most, which a `Content-Type` names by itself.
function areJson(model: ApiModel, contents: readonly Content[]): boolean {
  return contents.every(
    (content) =>
      contents.length === 1 &&
      content.kind === "json" &&
      !/[*;A-Z]/.test(content.mediaType) &&
      contentPlan(model, content) === undefined,
  );
}
