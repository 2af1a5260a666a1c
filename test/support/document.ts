import type { Document } from "../../generator/openapi/document.ts";
import type { OpenApiObject, Schema } from "../../generator/openapi/shapes.ts";

/** A Document from JSON that is already normalized; every node is said to stand at the start of `inline.json`. */
export function documentOf(root: Partial<OpenApiObject>): Document {
  const whole: OpenApiObject = { openapi: "3.1.0", info: { title: "Test", version: "1" }, paths: {}, ...root };
  return {
    root: whole,
    dialect: "3.1",
    sources: [],
    written: () => whole,
    locate: () => "inline.json#",
    resolve(reference) {
      const key = reference.slice("#/components/schemas/".length).replaceAll("~1", "/").replaceAll("~0", "~");
      return { key, schema: (whole.components?.schemas ?? {})[key] as Schema };
    },
  };
}
