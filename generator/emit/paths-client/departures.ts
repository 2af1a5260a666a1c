import type { ApiModel, Content, Operation, Parameter } from "../../model/api-model.ts";
import { contentPlan, planOf } from "../../model/codecs.ts";
import { isFlatShape, isScalarShape } from "../../model/plain-shape.ts";
import { routeOf } from "../../model/route.ts";
import { shapeOf } from "../../model/shape.ts";

/** The codecs of `runtime/path-style/codecs.ts`. */
export type Codec = "path" | "query" | "headers" | "body" | "answer" | "plainAnswer" | "failure";

/** The codecs of what an operation says beyond the defaults that a path-style client has without it; none for most. */
export function codecsOf(model: ApiModel, operation: Operation): readonly Codec[] {
  const { parameters, path } = operation;
  const within = (...locations: readonly Parameter["in"][]): readonly Parameter[] =>
    parameters.filter((parameter) => locations.includes(parameter.in));
  const route = routeOf(path);
  const codecs: (Codec | false)[] = [
    (hasOddPath(path) || within("path").some((one) => departs(model, one))) && "path",
    (route.query !== undefined || within("query", "querystring").some((one) => departs(model, one))) && "query",
    (within("cookie").length > 0 || within("header").some((one) => departs(model, one))) && "headers",
    (operation.body?.contents ?? []).some(
      (content) => content.mediaType !== "application/json" || contentPlan(model, content) !== undefined,
    ) && "body",
    answerOf(model, operation),
    operation.responses
      .filter(({ status }) => !String(status).startsWith("2"))
      .some(({ contents }) => contents.some((content) => contentPlan(model, content) !== undefined)) && "failure",
  ];
  return codecs.filter((codec) => codec !== false);
}

// Values that need each other's separators escaped, literals that no URL holds, and what the styles of RFC 6570 would be read into.
function hasOddPath(path: string): boolean {
  const literals = path.split(/\{[^{}]*\}/);
  return (
    routeOf(path).path !== path ||
    /\}[^/]+\{|\}\{|\{[.;]|\*\}/.test(path) ||
    literals.some((literal) => /[^!-~]|["%<>\\^`{|}]/.test(literal))
  );
}

function departs(model: ApiModel, { in: location, name, schema, serialization }: Parameter): boolean {
  if (location === "querystring" || serialization.kind === "content" || serialization.allowReserved) return true;
  if (planOf(model, schema) !== undefined) return true;
  const shape = shapeOf(model, schema);
  const { style, explode } = serialization;
  if (location === "header") return !isScalarShape(shape);
  if (location === "path") return style !== "simple" || !(isScalarShape(shape) || (!explode && isFlatShape(shape)));
  return style !== "form" || !/^[\w.~[\]$-]*$/.test(name) || !(isScalarShape(shape) || (explode && isFlatShape(shape)));
}

function answerOf(model: ApiModel, { responses }: Operation): "answer" | "plainAnswer" | false {
  const contents: readonly Content[] = responses
    .filter(({ status }) => String(status).startsWith("2"))
    .flatMap((response) => response.contents);
  if (contents.some((content) => contentPlan(model, content) !== undefined)) return "answer";
  if (contents.every(({ kind }) => kind === "json")) return false;
  return contents.every(({ kind }) => kind === "json" || kind === "text" || kind === "binary") ? "plainAnswer" : "answer";
}
