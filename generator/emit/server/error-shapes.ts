import type { ApiModel } from "../../model/api-model.ts";
import { errorContents, errorShapes } from "../../model/error-shapes.ts";
import { referenced } from "../../model/walk.ts";
import { header } from "../text/header.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { Expression, holdsInheritedName, literal, stringLiteral, type Literal } from "../text/literal.ts";

/** `error-shapes.ts`: how the API writes its errors; `undefined` when nothing is known of it. */
export function errorShapesText(model: ApiModel): string | undefined {
  const shapes = errorShapes(model);
  if (shapes.length === 0) return undefined;
  const rows = shapes.map(({ schema, body, words, separator }): Literal => ({
    validate: new Expression(`validators.validate${schema.name}`),
    body,
    ...(words === undefined ? {} : { words }),
    ...(separator === undefined ? {} : { separator }),
  }));
  const imports = `import type { ErrorShape } from "./runtime/server/error-shapes.js";\nimport * as validators from "./validators.js";\n`;
  const documentation = jsdoc(["How the API writes its errors. What the server answers by itself is written so, too."]);
  const constant = holdsInheritedName(rows) ? " as const" : "";
  return [
    header,
    imports,
    `${documentation}export const errorShapes: readonly ErrorShape[] = ${literal(rows)}${constant};\n`,
  ].join("\n");
}

/** The types of the errors that the document declares in JSON; none where there are none, or too many to be told one by one. */
export function errorBodyTypes(model: ApiModel): readonly string[] {
  const types = errorContents(model).map(({ operation, status, mediaType, schema }) => {
    const key = referenced(model, schema)?.key;
    return key === undefined
      ? `operations[${stringLiteral(operation.id)}]["responses"][${typeof status === "number" ? status : stringLiteral(status)}]["content"][${stringLiteral(mediaType)}]`
      : `components["schemas"][${stringLiteral(key)}]`;
  });
  const different = [...new Set(types)];
  return different.length > most ? [] : different;
}

// Past that nobody reads them, and the compiler has to.
const most = 24;
