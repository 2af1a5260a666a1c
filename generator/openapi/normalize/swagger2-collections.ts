import type { Schema } from "../shapes.ts";
import { isObject, member, type Node } from "../node.ts";
import type { Context, Draft } from "./context.ts";
import { readInlineSchema } from "./schema.ts";

/** The keywords of a type that parameters and headers of Swagger 2.0 carry themselves. */
export const typeKeywords = [
  "type",
  "format",
  "items",
  "default",
  "enum",
  "maximum",
  "exclusiveMaximum",
  "minimum",
  "exclusiveMinimum",
  "maxLength",
  "minLength",
  "pattern",
  "maxItems",
  "minItems",
  "uniqueItems",
  "multipleOf",
  "x-nullable",
  "example",
  "x-example",
];

/** The schema that the type keywords of a parameter or header make. */
export function readTypedSchema(node: Node, context: Context): Schema {
  return readInlineSchema(node, typeKeywords, context);
}

/** `collectionFormat` as a style: https://spec.openapis.org/oas/v2.0#parameter-object */
export function collectionStyle(node: Node, place: string, context: Context): Draft {
  if (member(node, "type").value !== "array") return {};
  reportNested(member(node, "items"), context);
  const written = member(node, "collectionFormat").value ?? "csv";
  const inQuery = place === "query" || place === "formData";
  const styles: Readonly<Record<string, Draft>> = inQuery
    ? {
        csv: { style: "form", explode: false },
        multi: { style: "form", explode: true },
        ssv: { style: "spaceDelimited", explode: false },
        pipes: { style: "pipeDelimited", explode: false },
      }
    : { csv: { style: "simple", explode: false } };
  const style = Object.hasOwn(styles, String(written)) ? styles[String(written)] : undefined;
  if (style !== undefined) return style;
  context.diagnostics.report("collection-format-unsupported", member(node, "collectionFormat").at, {
    format: String(written),
    place,
  });
  return styles["csv"] ?? {};
}

/** Arrays in arrays with separators of their own have no successor: only the outermost is written on the wire as a list. */
function reportNested(node: Node, context: Context): void {
  if (!isObject(node.value) || node.value["type"] !== "array") return;
  const format = member(node, "collectionFormat");
  context.diagnostics.report("collection-format-unsupported", format.value === undefined ? node.at : format.at, {
    format: `${String(format.value ?? "csv")} in an array`,
    place: "any place",
  });
}
