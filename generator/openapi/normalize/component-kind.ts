import { splitLocation } from "../../diagnostics/location.ts";
import type { Dialect } from "../document.ts";
import type { Node } from "../node.ts";

/** What a reference can lead to. */
export type Kind =
  | "schema"
  | "parameter"
  | "response"
  | "requestBody"
  | "header"
  | "example"
  | "link"
  | "callback"
  | "pathItem"
  | "operation"
  | "securityScheme"
  | "mediaType";

/** The kinds in words. */
export const kindNames: Readonly<Record<Kind, string>> = {
  schema: "a schema",
  parameter: "a parameter",
  response: "a response",
  requestBody: "a request body",
  header: "a header",
  example: "an example",
  link: "a link",
  callback: "a callback",
  pathItem: "a path item",
  operation: "an operation",
  securityScheme: "a security scheme",
  mediaType: "a media type",
};

const components: Readonly<Record<string, Kind>> = {
  schemas: "schema",
  parameters: "parameter",
  responses: "response",
  requestBodies: "requestBody",
  headers: "header",
  examples: "example",
  links: "link",
  callbacks: "callback",
  pathItems: "pathItem",
  securitySchemes: "securityScheme",
  mediaTypes: "mediaType",
};

const swagger: Readonly<Record<string, Kind>> = {
  definitions: "schema",
  parameters: "parameter",
  responses: "response",
  securityDefinitions: "securityScheme",
};

/** The kind of what stands among the components of a file, by the map it stands in; `undefined` for any other place. */
export function componentKindOf(node: Node, dialect: Dialect): Kind | undefined {
  const { keys } = splitLocation(node.at);
  const [first = "", second = ""] = keys;
  if (first === "components" && keys.length === 3) return Object.hasOwn(components, second) ? components[second] : undefined;
  return dialect === "2.0" && keys.length === 2 && Object.hasOwn(swagger, first) ? swagger[first] : undefined;
}
