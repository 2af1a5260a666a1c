import { child } from "../../diagnostics/location.ts";
import type { ParameterObject, RequestBodyObject, Schema } from "../shapes.ts";
import { member, put, type Node } from "../node.ts";
import { componentKindOf, kindNames } from "./component-kind.ts";
import { countUnused, finish, made, type Context, type Draft, type Reader } from "./context.ts";
import { flag, has, readFields, skip, text } from "./fields.ts";
import { inline } from "./inline.ts";
import { readSchema } from "./schema.ts";
import { collectionStyle, readTypedSchema, typeKeywords } from "./swagger2-collections.ts";
import { through } from "./through.ts";

interface Request {
  readonly own: readonly Node[];
  /** The path's parameters, which the operation's own replace by name and place. */
  readonly common: readonly Node[];
  readonly consumes: readonly string[];
  readonly at: Node;
}

/** Splits the parameters of a Swagger 2.0 operation into parameters and a body. */
export function readRequest(
  { own, common, consumes, at }: Request,
  context: Context,
): { readonly parameters: ParameterObject[]; readonly requestBody?: RequestBodyObject } {
  const mine = own.map((node) => target(node, context)).filter((node) => node !== undefined);
  const inherited = common.map((node) => target(node, context)).filter((node) => node !== undefined);
  const identity = (node: Node): string =>
    `${String(member(node, "in").value)} ${member(node, "in").value === "body" ? "" : String(member(node, "name").value)}`;
  const taken = new Set(mine.map(identity));
  const all = [...inherited.filter((node) => !taken.has(identity(node))), ...mine];
  const bodies = all.filter((node) => member(node, "in").value === "body");
  const fields = all.filter((node) => member(node, "in").value === "formData");
  const parameters = all
    .filter((node) => !bodies.includes(node) && !fields.includes(node))
    .map((node) => readSwaggerParameter(node, context))
    .filter((parameter) => parameter !== undefined);
  const [body, second] = bodies;
  const extra = second ?? (body === undefined ? undefined : fields[0]);
  if (extra !== undefined) context.diagnostics.report("body-duplicate", extra.at, {});
  const requestBody =
    body !== undefined
      ? readBody(body, consumes, context)
      : fields.length > 0
        ? readForm(fields, consumes, at, context)
        : undefined;
  return { parameters, ...(requestBody === undefined ? {} : { requestBody }) };
}

function target(node: Node, context: Context): Node | undefined {
  const end = through(node, context);
  if (end === undefined) return undefined;
  const kind = end === node ? undefined : componentKindOf(end, "2.0");
  if (kind === undefined || kind === "parameter") return end;
  context.diagnostics.report("reference-wrong-kind", child(node.at, "$ref"), {
    reference: String(member(node, "$ref").value),
    found: kindNames[kind],
    expected: kindNames.parameter,
  });
  return undefined;
}

const rawParameter: Reader<ParameterObject> = (node, context) => {
  for (const name of ["name", "in"] as const) {
    if (typeof member(node, name).value === "string") continue;
    context.diagnostics.report("member-missing", node.at, { what: "the parameter", member: name });
    return undefined;
  }
  const draft = readFields(
    node,
    {
      name: text,
      in: text,
      description: text,
      required: flag,
      allowEmptyValue: flag,
      collectionFormat: skip,
      schema: skip,
      ...Object.fromEntries(typeKeywords.map((keyword) => [keyword, skip])),
    },
    "a parameter",
    context,
  );
  // OpenAPI 3 in a 2.0 document: what is meant is plain.
  const schema =
    has(node, "schema") && !has(node, "type") ? readSchema(member(node, "schema"), context) : readTypedSchema(node, context);
  return finish<ParameterObject>({ ...draft, ...collectionStyle(node, String(draft["in"]), context), schema }, node, context);
};

/** Reads a parameter that is neither body nor form field. */
export const readSwaggerParameter: Reader<ParameterObject> = inline("parameter", rawParameter);

function readBody(node: Node, consumes: readonly string[], context: Context): RequestBodyObject {
  const schema = has(node, "schema") ? readSchema(member(node, "schema"), context) : undefined;
  const content: Draft = {};
  for (const type of consumes.length > 0 ? consumes : ["application/json"])
    put(content, type, made(schema === undefined ? {} : { schema }, node, context));
  return finish<RequestBodyObject>({ ...described(node, context), content: made(content, node, context) }, node, context);
}

const formTypes = ["multipart/form-data", "application/x-www-form-urlencoded"];

/** Form fields are the properties of one object. Files travel in multipart bodies only. */
function readForm(fields: readonly Node[], consumes: readonly string[], at: Node, context: Context): RequestBodyObject {
  const properties: Record<string, Schema> = {};
  const encoding: Draft = {};
  const required: string[] = [];
  for (const field of fields) {
    const name = String(member(field, "name").value);
    const schema = readTypedSchema(field, context);
    const description = member(field, "description").value;
    put(
      properties,
      name,
      typeof schema === "object" && typeof description === "string" ? made({ ...schema, description }, field, context) : schema,
    );
    if (member(field, "required").value === true) required.push(name);
    const style = collectionStyle(field, "formData", context);
    if (has(field, "allowEmptyValue"))
      countUnused("allowEmptyValue", "a form field", member(field, "allowEmptyValue").at, context);
    if (Object.keys(style).length > 0) put(encoding, name, style);
  }
  const schema = made({ type: "object", properties, ...(required.length === 0 ? {} : { required }) }, at, context);
  const hasFile = fields.some((field) => member(field, "type").value === "file");
  const named = consumes.filter((type) => formTypes.includes(type) && !(hasFile && type !== "multipart/form-data"));
  const types = named.length > 0 ? named : [hasFile ? "multipart/form-data" : "application/x-www-form-urlencoded"];
  const content: Draft = {};
  for (const type of types)
    put(content, type, made({ schema, ...(Object.keys(encoding).length === 0 ? {} : { encoding }) }, at, context));
  return finish<RequestBodyObject>({ required: required.length > 0, content: made(content, at, context) }, at, context);
}

function described(node: Node, context: Context): Draft {
  const draft: Draft = {};
  for (const [keyword, reader] of [
    ["description", text],
    ["required", flag],
  ] as const) {
    const value = has(node, keyword) ? reader(member(node, keyword), context) : undefined;
    if (value !== undefined) draft[keyword] = value;
  }
  return draft;
}
