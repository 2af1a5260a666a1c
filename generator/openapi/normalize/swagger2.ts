/** The 2.0 family: https://spec.openapis.org/oas/v2.0 */
import type { OpenApiObject, OperationObject, PathItemObject, SecuritySchemeObject, ServerObject } from "../shapes.ts";
import { isObject, items, member, type Node } from "../node.ts";
import { finish, made, type Context, type Draft, type Reader } from "./context.ts";
import { flag, listOf, mapOf, readFields, skip, text, type Fields } from "./fields.ts";
import { inline, shared } from "./inline.ts";
import { complete } from "./openapi3.ts";
import { fromSlash, pushDown } from "./paths.ts";
import { readExternalDocs, readSecurity, readTags } from "./root-objects.ts";
import { readRequest, readSwaggerParameter } from "./swagger2-parameters.ts";
import { readSwaggerResponse } from "./swagger2-responses.ts";

/** Reads the root of a Swagger 2.0 document. */
export function readSwagger2(root: Node, context: Context): OpenApiObject {
  const defaults = { consumes: mediaTypes(member(root, "consumes")), produces: mediaTypes(member(root, "produces")) };
  const fields: Fields = {
    swagger: skip,
    info: skip,
    host: skip,
    basePath: skip,
    schemes: skip,
    consumes: skip,
    produces: skip,
    definitions: skip,
    parameters: skip,
    responses: skip,
    securityDefinitions: skip,
    paths: fromSlash(mapOf((node, here) => readPathItem(node, defaults, here), true)),
    security: readSecurity,
    tags: readTags,
    externalDocs: readExternalDocs,
  };
  const components: Draft = {};
  const responses = member(root, "responses");
  if (isObject(responses.value))
    components["responses"] = mapOf(shared("response", (node, here) => readSwaggerResponse(node, defaults.produces ?? [], here)))(
      responses,
      context,
    );
  const parameters = member(root, "parameters");
  if (isObject(parameters.value)) {
    // Bodies and form fields become part of the operations that refer to them.
    components["parameters"] = mapOf((node, here) =>
      ["body", "formData"].includes(String(member(node, "in").value)) ? undefined : readSwaggerParameter(node, here),
    )(parameters, context);
  }
  const schemes = member(root, "securityDefinitions");
  if (isObject(schemes.value))
    components["securitySchemes"] = mapOf(inline("securityScheme", readSecurityScheme))(schemes, context);
  const draft = readFields(root, fields, "the document", context);
  const servers = readServers(root, member(root, "schemes"), context);
  return complete({ ...draft, ...(servers === undefined ? {} : { servers }) }, components, root, context);
}

/** The media types that an operation takes and gives unless it says otherwise. */
interface Defaults {
  readonly consumes: readonly string[] | undefined;
  readonly produces: readonly string[] | undefined;
}

function mediaTypes(node: Node): string[] | undefined {
  const types = items(node)
    .map((item) => item.value)
    .filter((value) => typeof value === "string");
  return Array.isArray(node.value) ? types : undefined;
}

/** `schemes`, `host` and `basePath` as URLs. Without a host, the server that gave the document is meant: a relative URL. */
function readServers(root: Node, schemes: Node, context: Context): ServerObject[] | undefined {
  const host = member(root, "host").value;
  const basePath = member(root, "basePath").value;
  const path = typeof basePath === "string" ? `/${basePath.replace(/^\/+|\/+$/g, "")}` : "/";
  if (typeof host !== "string")
    return typeof basePath === "string"
      ? made([made({ url: path }, member(root, "basePath"), context)], root, context)
      : undefined;
  const known = items(schemes)
    .map((item) => item.value)
    .filter((value) => typeof value === "string");
  const urls = (known.length === 0 ? ["https"] : known).map((scheme) =>
    made({ url: `${scheme}://${host}${path === "/" ? "" : path}` }, member(root, "host"), context),
  );
  return made(urls, root, context);
}

function readPathItem(node: Node, defaults: Defaults, context: Context): PathItemObject | undefined {
  return inline<PathItemObject>("pathItem", (item, here) => {
    const common = items(member(item, "parameters"));
    const operation: Reader<OperationObject> = inline("operation", (inner, context) =>
      readOperation(inner, common, defaults, context),
    );
    const fields: Fields = {
      parameters: () => undefined,
      ...Object.fromEntries(["get", "put", "post", "delete", "options", "head", "patch"].map((method) => [method, operation])),
    };
    return finish<PathItemObject>(readFields(item, fields, "a path item", here), item, here);
  })(node, context);
}

function readOperation(node: Node, common: readonly Node[], defaults: Defaults, context: Context): OperationObject | undefined {
  const consumes = mediaTypes(member(node, "consumes")) ?? defaults.consumes ?? [];
  const produces = mediaTypes(member(node, "produces")) ?? defaults.produces ?? [];
  const response: Reader = inline("response", (inner, here) => readSwaggerResponse(inner, produces, here), produces.join());
  const fields: Fields = {
    operationId: text,
    summary: text,
    description: text,
    tags: listOf(text),
    deprecated: flag,
    externalDocs: readExternalDocs,
    security: readSecurity,
    consumes: skip,
    produces: skip,
    schemes: skip,
    parameters: skip,
    responses: mapOf(response, true),
  };
  const draft = readFields(node, fields, "an operation", context);
  const { parameters, requestBody } = readRequest(
    { own: items(member(node, "parameters")), common, consumes, at: node },
    context,
  );
  if (parameters.length > 0) draft["parameters"] = made(parameters, member(node, "parameters"), context);
  if (requestBody !== undefined) draft["requestBody"] = requestBody;
  const servers = Array.isArray(member(node, "schemes").value)
    ? readServers(context.bundle.entry, member(node, "schemes"), context)
    : undefined;
  return pushDown(finish<OperationObject>(draft, node, context), [], servers, node, context);
}

const flows: Readonly<Record<string, string>> = {
  implicit: "implicit",
  password: "password",
  application: "clientCredentials",
  accessCode: "authorizationCode",
};

const readSecurityScheme: Reader<SecuritySchemeObject> = (node, context) => {
  const { type, flow, authorizationUrl, tokenUrl, scopes, ...rest } = isObject(node.value) ? node.value : {};
  if (type === "basic") return finish<SecuritySchemeObject>({ ...rest, type: "http", scheme: "basic" }, node, context);
  if (type !== "oauth2") return finish<SecuritySchemeObject>({ type, ...rest }, node, context);
  const urls = {
    ...(authorizationUrl === undefined ? {} : { authorizationUrl }),
    ...(tokenUrl === undefined ? {} : { tokenUrl }),
  };
  const name = typeof flow === "string" && Object.hasOwn(flows, flow) ? flows[flow] : undefined;
  if (name === undefined)
    context.diagnostics.report("value-ignored", member(node, "flow").at, {
      what: '"flow"',
      found: JSON.stringify(flow) ?? "nothing",
      expected: Object.keys(flows).join(", "),
    });
  return finish<SecuritySchemeObject>(
    { ...rest, type: "oauth2", flows: name === undefined ? {} : { [name]: { ...urls, scopes: scopes ?? {} } } },
    node,
    context,
  );
};
