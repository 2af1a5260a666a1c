import type { OpenApiObject } from "../shapes.ts";
import type { Node } from "../node.ts";
import type { Context } from "./context.ts";
import { complete } from "./openapi3.ts";

/** Reads the root of a Swagger 2.0 document. */
export function readSwagger2(root: Node, context: Context): OpenApiObject {
  return complete({}, {}, root, context);
}
