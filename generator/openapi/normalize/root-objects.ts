/** What stands at the root beside paths and components: info, servers, tags, security. */
import type {
  ExternalDocsObject,
  InfoObject,
  SecurityRequirementObject,
  SecuritySchemeObject,
  ServerObject,
  TagObject,
} from "../shapes.ts";
import { isObject, kindOf, member, type Node } from "../node.ts";
import { finish, made, objectAt, type Context, type Draft, type Reader } from "./context.ts";
import { flag, listOf, mapOf, readFields, text, type Fields } from "./fields.ts";
import { inline } from "./inline.ts";
import { through } from "./through.ts";

/** A reader of a plain object that is nothing without some of its members. */
function record<T extends object>(what: string, fields: Fields, needed: readonly string[] = []): Reader<T> {
  return (written, context) => {
    const node = through(written, context);
    if (node === undefined || objectAt(node, what, context) === undefined) return undefined;
    const draft = readFields(node, fields, what, context);
    for (const name of needed) {
      if (draft[name] !== undefined) continue;
      context.diagnostics.report("member-missing", node.at, { what, member: name }, { atKey: true });
      return undefined;
    }
    return finish<T>(draft, node, context);
  };
}

/** Reads external documentation. */
export const readExternalDocs: Reader<ExternalDocsObject> = record(
  "the external documentation",
  { url: text, description: text },
  ["url"],
);

const writtenVariable = record<Draft>("a server variable", { default: text, enum: listOf(text), description: text });

/** A server variable has a default (OpenAPI 3.1, §4.8.6): without one, the first of its values, or nothing. */
const variable: Reader<object> = (node, context) => {
  const read = writtenVariable(node, context);
  if (read === undefined || typeof read["default"] === "string") return read;
  const [first] = Array.isArray(read["enum"]) ? (read["enum"] as unknown[]) : []; // `isArray` gives any[].
  const used = typeof first === "string" ? first : "";
  const found = "no default";
  context.diagnostics.report(
    "value-repaired",
    node.at,
    { what: '"default"', found, expected: "a string", used: JSON.stringify(used) },
    { atKey: true },
  );
  return made({ ...read, default: used }, node, context);
};

/** Reads a server. */
export const readServer: Reader<ServerObject> = record<ServerObject>(
  "a server",
  { url: text, name: text, description: text, variables: mapOf(variable) },
  ["url"],
);

/** Reads servers. */
export const readServers: Reader<ServerObject[]> = listOf(readServer);

const tag = record<TagObject>(
  "a tag",
  { name: text, summary: text, description: text, parent: text, kind: text, externalDocs: readExternalDocs },
  ["name"],
);

/** Reads tags; a bare name is a tag of that name. */
export const readTags: Reader<TagObject[]> = listOf((node, context) => {
  if (typeof node.value !== "string") return tag(node, context);
  context.diagnostics.report("value-repaired", node.at, {
    what: "a tag",
    found: "a string",
    expected: "an object",
    used: `{ name: ${JSON.stringify(node.value)} }`,
  });
  return made({ name: node.value }, node, context);
});

/** The scopes that are asked for; `oauth2: null` asks for none. */
const readScopes: Reader<string[]> = (node, context) => {
  if (node.value !== null) return listOf(text)(node, context);
  context.diagnostics.report(
    "value-repaired",
    node.at,
    { what: "the list of scopes", found: "null", expected: "an array", used: "[]" },
    { atKey: true },
  );
  return made([], node, context);
};

/** Reads what an operation, or the whole API, asks of its callers. */
export const readSecurity: Reader<SecurityRequirementObject[]> = listOf((node, context) =>
  node.value === null ? made({}, node, context) : mapOf(readScopes)(node, context),
);

const flow = record("a flow", {
  authorizationUrl: text,
  deviceAuthorizationUrl: text,
  tokenUrl: text,
  refreshUrl: text,
  scopes: mapOf(text),
});

/** Reads a security scheme of OpenAPI 3. */
export const readSecurityScheme: Reader<SecuritySchemeObject> = inline(
  "securityScheme",
  record<SecuritySchemeObject>(
    "a security scheme",
    {
      type: text,
      description: text,
      name: text,
      in: text,
      scheme: text,
      bearerFormat: text,
      flows: mapOf(flow, true),
      openIdConnectUrl: text,
      oauth2MetadataUrl: text,
      deprecated: flag,
    },
    ["type"],
  ),
);

const contact = record("the contact", { name: text, url: text, email: text });
const license = record("the license", { name: text, identifier: text, url: text });

/** Reads the info of a document's root. Its title and version must be there; without them the output has stand-ins. */
export function readInfo(root: Node, context: Context): InfoObject {
  const written = member(root, "info");
  const node = through(written, context) ?? written;
  const { value } = node;
  if (value !== undefined && value !== null && !isObject(value))
    context.diagnostics.report("value-wrong-kind", node.at, { what: '"info"', found: kindOf(value), expected: "an object" });
  const draft = readFields(
    node,
    { title: text, version: text, summary: text, description: text, termsOfService: text, contact, license },
    "info",
    context,
  );
  for (const [name, standIn] of [
    ["title", "API"],
    ["version", "0"],
  ] as const) {
    if (typeof draft[name] === "string") continue;
    context.diagnostics.report(
      "info-incomplete",
      isObject(value) ? node.at : root.at,
      { member: name, standIn },
      { atKey: true },
    );
    draft[name] = standIn;
  }
  return finish<InfoObject>(draft, node, context);
}
