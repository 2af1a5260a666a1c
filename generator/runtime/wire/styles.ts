import type { ParameterDescriptor, Style } from "../operation.js";

/** How a parameter is written, with the defaults of its location filled in (OpenAPI 3.1, §4.8.12.2). */
export interface Spelling {
  readonly style: Style;
  readonly explode: boolean;
}

/** The style and explode of a parameter. */
export function spellingOf(parameter: Pick<ParameterDescriptor, "in" | "style" | "explode">): Spelling {
  const style = parameter.style ?? (parameter.in === "path" || parameter.in === "header" ? "simple" : "form");
  return {
    style,
    explode: parameter.explode ?? (style === "form" || style === "cookie" || style === "deepObject"),
  };
}

/**
 * What stands between the members of a value that is not exploded. The space and the bar may not stand in a URL as they are, so
 * these delimiters are percent-encoded, as in the table of OpenAPI 3.1.1, §4.8.12.4.
 */
export function delimiterOf(style: Style): { readonly wire: string; readonly text: string } {
  if (style === "spaceDelimited") return { wire: "%20", text: " " };
  if (style === "pipeDelimited") return { wire: "%7C", text: "|" };
  return { wire: ",", text: "," };
}
