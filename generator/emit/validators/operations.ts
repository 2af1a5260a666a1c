import type { Content, Direction, Header, Operation, Parameter, Response } from "../../model/api-model.ts";
import { sidesOf } from "../../model/direction.ts";
import { shapeOf } from "../../model/shape.ts";
import { typeIdentifier } from "../../model/names.ts";
import { referenced } from "../../model/walk.ts";
import type { Json, Schema } from "../../openapi/shapes.ts";
import type { Shape } from "../../runtime/operation.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { choice, concat, group, hardline, indent, join, line, print, type Layout } from "../text/layout.ts";
import { holdsInheritedName, isInheritedName, literalKey, literalLayout } from "../text/literal.ts";
import { siteOf, validatorOf, type Compiler } from "./compile.ts";

/** Writes one `OperationValidators` for each operation, in spec order, above the functions that only it needs. */
export function compileOperations(compiler: Compiler): void {
  for (const operation of compiler.model.operations) {
    const block = compiler.file.reserve();
    const documentation = jsdoc([`\`${operation.method.toUpperCase()} ${operation.path}\``]);
    const type = compiler.file.useOperationValidators();
    block(
      `${documentation}${print(concat(`export const ${operation.name}: ${type} = `, operationLayout(compiler, operation), ";"))}\n`,
    );
  }
}

type Entry = readonly [key: string, value: Layout];

function operationLayout(compiler: Compiler, operation: Operation): Layout {
  const prefix = typeIdentifier(operation.name);
  const entries: Entry[] = [];
  const sides = sidesOf(operation);
  for (const location of ["path", "query", "header", "cookie"] as const) {
    const parameters = operation.parameters.filter(
      (parameter) => parameter.in === location || (location === "query" && parameter.in === "querystring"),
    );
    if (parameters.length > 0)
      entries.push([location, lines(parameters.map((parameter) => parameterEntry(compiler, parameter, prefix, sides.request)))]);
  }
  const body = contentEntries(compiler, operation.body?.contents ?? [], `${prefix}Body`, sides.request);
  if (body.length > 0) entries.push(["body", lines(body)]);
  const responses = operation.responses.flatMap((response) => responseEntry(compiler, response, prefix, sides.response));
  if (responses.length > 0) entries.push(["responses", lines(responses)]);
  return lines(entries);
}

function parameterEntry(compiler: Compiler, parameter: Parameter, prefix: string, direction: Direction): Entry {
  const fallback = parameter.required ? undefined : defaultOf(compiler, parameter.schema);
  const value = contract(compiler, parameter.schema, `${prefix}${typeIdentifier(parameter.name)}`, {
    direction,
    shape: parameter.serialization.kind === "style" ? shapeOf(compiler.model, parameter.schema) : undefined,
    ...(fallback === undefined ? {} : { fallback }),
  });
  return [parameter.name, value];
}

function responseEntry(compiler: Compiler, response: Response, prefix: string, direction: Direction): Entry[] {
  const name = `${prefix}${typeIdentifier(String(response.status)).replace(/^_/, "")}`;
  const body = contentEntries(compiler, response.contents, `${name}Body`, direction);
  const headers = response.headers.map((header) => headerEntry(compiler, header, name, direction));
  const entries: Entry[] = [];
  if (body.length > 0) entries.push(["body", lines(body)]);
  if (headers.length > 0) entries.push(["headers", lines(headers)]);
  return entries.length === 0 ? [] : [[String(response.status), lines(entries)]];
}

function headerEntry(compiler: Compiler, header: Header, prefix: string, direction: Direction): Entry {
  const shape = header.serialization.kind === "style" ? shapeOf(compiler.model, header.schema) : undefined;
  return [header.name, contract(compiler, header.schema, `${prefix}${typeIdentifier(header.name)}`, { direction, shape })];
}

function contentEntries(compiler: Compiler, contents: readonly Content[], name: string, direction: Direction): Entry[] {
  return contents.flatMap((content): Entry[] => {
    const schema = bodySchema(compiler, content);
    if (schema === undefined || schema === true) return [];
    const shape = bodyShape(compiler, content, schema);
    return [[content.mediaType, contract(compiler, schema, name, { direction, shape })]];
  });
}

/** The schema of a body as it is decoded; `undefined` when there is nothing to check. */
function bodySchema(compiler: Compiler, { kind, mediaType, schema, itemSchema }: Content): Schema | undefined {
  switch (kind) {
    case "binary":
      return schema === undefined ? undefined : { type: "string", format: "binary" };
    case "text":
      // XML goes through as text, whatever its schema says of the tree in it.
      return /[/+]xml\b/i.test(mediaType) ? undefined : schema;
    case "json-lines":
    case "event-stream": {
      // These are decoded to a list. Whether a schema that is no list means the whole or an item, the document leaves open.
      if (itemSchema !== undefined) return { type: "array", items: itemSchema };
      const shape = shapeOf(compiler.model, schema ?? true);
      return typeof shape === "object" && "array" in shape ? schema : undefined;
    }
    default:
      return schema;
  }
}

function bodyShape(compiler: Compiler, { kind, encoding }: Content, schema: Schema): Shape | undefined {
  if (kind === "json" || kind === "binary") return undefined;
  const shape = shapeOf(compiler.model, schema);
  if (kind !== "multipart" || typeof shape === "string" || !("object" in shape)) return shape;
  const members = Object.entries(shape.object).map(([name, member]): [string, Shape] => {
    const { style, explode, allowReserved } = (Object.hasOwn(encoding, name) ? encoding[name] : undefined) ?? {};
    return [name, (style ?? explode ?? allowReserved) === undefined ? withoutMembers(member) : member];
  });
  return { ...shape, object: Object.fromEntries(members) };
}

/** An object in a part of its own travels as JSON, which carries its types: that it is one is all there is to know. */
function withoutMembers(shape: Shape): Shape {
  if (typeof shape === "string") return shape;
  if ("union" in shape) return { union: shape.union.map(withoutMembers) };
  if ("array" in shape)
    return {
      array: withoutMembers(shape.array),
      ...(shape.prefix === undefined ? {} : { prefix: shape.prefix.map(withoutMembers) }),
    };
  return { object: {}, rest: "any" };
}

interface ContractOptions {
  readonly direction: Direction;
  readonly shape?: Shape | undefined;
  readonly fallback?: Json;
}

function contract(compiler: Compiler, schema: Schema, name: string, { direction, shape, fallback }: ContractOptions): Layout {
  const validator = validatorOf(compiler, schema, siteOf(name, direction)) ?? compiler.file.use("always");
  const entries: Entry[] = [["validate", validator]];
  // A Shape is plain data, made of names, arrays and objects only.
  if (shape !== undefined)
    entries.push(["shape", concat(literalLayout(shape as Json), holdsInheritedName(shape as Json) ? " as const" : "")]);
  if (fallback !== undefined) entries.push(["default", literalLayout(fallback)]);
  const expanded = shape !== undefined && typeof shape === "object";
  return expanded
    ? lines(entries)
    : group(concat("{", indent(concat(line, join(concat(",", line), entries.map(member)))), choice(","), line, "}"));
}

function defaultOf(compiler: Compiler, schema: Schema): Json | undefined {
  const seen = new Set<Schema>();
  for (
    let current: Schema | undefined = schema;
    typeof current === "object" && !seen.has(current);
    current = referenced(compiler.model, current)?.schema
  ) {
    if (current.default !== undefined) return current.default;
    seen.add(current);
  }
  return undefined;
}

function lines(entries: readonly Entry[]): Layout {
  if (entries.length === 0) return "{}";
  return concat("{", indent(concat(...entries.map((entry) => concat(hardline, member(entry), ",")))), hardline, "}");
}

function member([key, value]: Entry): Layout {
  const name = /^(?:0|[1-9]\d{0,8})$/.test(key) ? key : literalKey(key);
  return group(concat(`${name}: `, value, isInheritedName(key) ? " as const" : ""));
}
