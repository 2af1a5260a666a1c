import type { ComponentsObject, OpenApiObject } from "../shapes.ts";
import { isObject, member, type Node } from "../node.ts";
import { readHeader, readRequestBody, readResponse } from "./content.ts";
import { finish, made, type Context, type Draft } from "./context.ts";
import { literal, mapOf, plain, readFields, text } from "./fields.ts";
import { inline, shared } from "./inline.ts";
import { readParameter, readPaths, sharedPathItem } from "./paths.ts";
import { readSchema } from "./schema.ts";

/** Reads the root of an OpenAPI 3.0, 3.1 or 3.2 document. */
export function readOpenApi3(root: Node, context: Context): OpenApiObject {
  const components = readComponents(member(root, "components"), context);
  const fields = {
    openapi: () => "3.1.0", info: plain, servers: plain, paths: readPaths, webhooks: readPaths, components: () => ({}), security: literal, tags: plain, externalDocs: plain,
    jsonSchemaDialect: () => undefined, $self: () => undefined,
  };
  const draft = readFields(root, fields, "the document", context);
  return complete(draft, components, root, context);
}

/** Adds what must be there: info, paths, and every schema that was referred to. */
export function complete(draft: Draft, components: Draft, root: Node, context: Context): OpenApiObject {
  const info = isObject(draft["info"]) ? draft["info"] : {};
  const infoNode = member(root, "info");
  for (const name of ["title", "version"]) {
    if (info[name] === undefined) context.diagnostics.report("member-missing-repaired", isObject(infoNode.value) ? infoNode.at : root.at, { what: '"info"', member: name }, { atKey: true });
  }
  const strings: Draft = {};
  for (const name of ["title", "version"]) strings[name] = info[name] === undefined ? (name === "title" ? "API" : "0") : text(member(infoNode, name), context) ?? String(info[name]);
  return finish<OpenApiObject>(
    { ...draft, openapi: "3.1.0", info: made({ ...info, ...strings }, infoNode, context), paths: draft["paths"] ?? {}, components: withSchemas(components, root, context) },
    root,
    context,
  );
}

/** The schemas are read last: everything else that refers to some has been read then. */
function withSchemas(components: Draft, root: Node, context: Context): ComponentsObject {
  const schemas = context.schemas.readAll(readSchema, context);
  return finish<ComponentsObject>({ schemas: made(schemas, member(member(root, "components"), "schemas"), context), ...components }, member(root, "components"), context);
}

function readComponents(node: Node, context: Context): Draft {
  if (!isObject(node.value)) {
    if (node.value !== undefined) context.diagnostics.report("value-ignored", node.at, { what: '"components"', found: "no object", expected: "an object" });
    return {};
  }
  const securityScheme = inline("securityScheme", (inner, here) => plain(inner, here) as object | undefined); // An object: `inline` has asked.
  const fields = {
    schemas: () => undefined,
    responses: mapOf(shared("response", readResponse)),
    parameters: mapOf(shared("parameter", readParameter)),
    requestBodies: mapOf(shared("requestBody", readRequestBody)),
    headers: mapOf(shared("header", readHeader)),
    securitySchemes: mapOf(securityScheme),
    pathItems: mapOf(sharedPathItem),
    // These stand in place wherever they are used.
    examples: () => undefined, links: () => undefined, callbacks: () => undefined, mediaTypes: () => undefined,
  };
  return readFields(node, fields, "components", context);
}
