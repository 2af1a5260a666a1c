import type { ComponentsObject, OpenApiObject } from "../shapes.ts";
import { isObject, kindOf, member, type Node } from "../node.ts";
import { cutCircles } from "./circles.ts";
import { readHeader, readRequestBody, readResponse } from "./content.ts";
import { finish, made, type Context, type Draft } from "./context.ts";
import { mapOf, readFields, skip, type Fields } from "./fields.ts";
import { shared } from "./inline.ts";
import { readParameter, readPathItems, readPaths, sharedPathItem } from "./paths.ts";
import { readExternalDocs, readInfo, readSecurity, readSecurityScheme, readServers, readTags } from "./root-objects.ts";
import { readNamedSchema } from "./schema-dialect.ts";
import { through } from "./through.ts";

/** Reads the root of an OpenAPI 3.0, 3.1 or 3.2 document. */
export function readOpenApi3(root: Node, context: Context): OpenApiObject {
  const components = readComponents(member(root, "components"), context);
  const fields: Fields = {
    openapi: skip,
    info: skip,
    servers: readServers,
    paths: readPaths,
    webhooks: readPathItems,
    components: skip,
    security: readSecurity,
    tags: readTags,
    externalDocs: readExternalDocs,
    jsonSchemaDialect: skip,
    $self: skip,
  };
  return complete(readFields(root, fields, "the document", context), components, root, context);
}

/** Adds what must be there: version, info, paths, and every schema that was referred to. Schemas come last: all that refers to some has been read then. */
export function complete(draft: Draft, components: Draft, root: Node, context: Context): OpenApiObject {
  const info = readInfo(root, context);
  const place = member(root, "components");
  const schemas = made(context.schemas.readAll(readNamedSchema, context), member(place, "schemas"), context);
  cutCircles(schemas, context);
  const all = finish<ComponentsObject>({ schemas, ...components }, place, context);
  return finish<OpenApiObject>({ openapi: "3.1.0", info, paths: {}, ...draft, components: all }, root, context);
}

function readComponents(written: Node, context: Context): Draft {
  const node = through(written, context);
  if (node === undefined || node.value === undefined || node.value === null) return {};
  if (!isObject(node.value)) {
    context.diagnostics.report("value-wrong-kind", node.at, {
      what: '"components"',
      found: kindOf(node.value),
      expected: "an object",
    });
    return {};
  }
  const fields: Fields = {
    schemas: skip,
    responses: mapOf(shared("response", readResponse)),
    parameters: mapOf(shared("parameter", readParameter)),
    requestBodies: mapOf(shared("requestBody", readRequestBody)),
    headers: mapOf(shared("header", readHeader)),
    securitySchemes: mapOf(readSecurityScheme),
    pathItems: mapOf(sharedPathItem),
    // These stand in place wherever they are used.
    examples: skip,
    links: skip,
    callbacks: skip,
    mediaTypes: skip,
  };
  return readFields(node, fields, "components", context);
}
