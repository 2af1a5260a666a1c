import type { Content, Direction, Header, Operation, Parameter, Response } from "../../model/api-model.ts";
import { bodySchema, bodyShape } from "../../model/body-shape.ts";
import { sidesOf } from "../../model/direction.ts";
import { kindOfEssence } from "../../model/media-types.ts";
import { shapeOf } from "../../model/shape.ts";
import { typeIdentifier } from "../../model/names.ts";
import { referenced } from "../../model/walk.ts";
import type { Json, Schema } from "../../openapi/shapes.ts";
import type { Shape } from "../../runtime/operation.ts";
import { counting, type Counted } from "../emitter.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { choice, concat, group, hardline, indent, join, line, print, type Layout } from "../text/layout.ts";
import { holdsInheritedName, isInheritedName, literalKey, literalLayout } from "../text/literal.ts";
import { siteOf, validatorOf, type Compiler } from "./compile.ts";
import { membersLayout } from "./members.ts";

/** Writes one `OperationValidators` for each operation, in spec order, above the functions that only it needs. */
export function compileOperations(compiler: Compiler, progress?: Counted): void {
  counting(progress, "operation", compiler.model.operations, (operation) => {
    const block = compiler.file.reserve();
    const documentation = jsdoc([`\`${operation.method.toUpperCase()} ${operation.path}\``]);
    const type = compiler.file.useOperationValidators();
    block(
      `${documentation}${print(concat(`export const ${operation.name}: ${type} = `, operationLayout(compiler, operation), ";"))}\n`,
    );
  });
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
  const body = contentEntries(compiler, operation.body?.contents ?? [], `${prefix}Body`, sides.request, true);
  if (body.length > 0) entries.push(["body", lines(body)]);
  const responses = operation.responses.flatMap((response) => responseEntry(compiler, response, prefix, sides.response));
  if (responses.length > 0) entries.push(["responses", lines(responses)]);
  return lines(entries);
}

function parameterEntry(compiler: Compiler, parameter: Parameter, prefix: string, direction: Direction): Entry {
  const fallback = parameter.required ? undefined : defaultOf(compiler, parameter.schema);
  const value = contract(compiler, parameter.schema, `${prefix}${typeIdentifier(parameter.name)}`, {
    direction,
    shape: valueShape(compiler, parameter),
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
  const shape = valueShape(compiler, header);
  return [header.name, contract(compiler, header.schema, `${prefix}${typeIdentifier(header.name)}`, { direction, shape })];
}

/** JSON carries its types. */
function valueShape(compiler: Compiler, { serialization, schema }: Parameter | Header): Shape | undefined {
  const typed = serialization.kind === "content" && kindOfEssence(serialization.mediaType) === "json";
  return typed ? undefined : shapeOf(compiler.model, schema);
}

function contentEntries(
  compiler: Compiler,
  contents: readonly Content[],
  name: string,
  direction: Direction,
  received = false,
): Entry[] {
  return contents.flatMap((content): Entry[] => {
    const schema = bodySchema(compiler.model, content);
    if (schema === undefined || schema === true) return [];
    const shape = bodyShape(compiler.model, content, schema);
    const members = received ? membersLayout(compiler, schema, direction) : undefined;
    return [[content.mediaType, contract(compiler, schema, name, { direction, shape, members })]];
  });
}

interface ContractOptions {
  readonly direction: Direction;
  readonly shape?: Shape | undefined;
  readonly fallback?: Json;
  readonly members?: Layout | undefined;
}

function contract(compiler: Compiler, schema: Schema, name: string, options: ContractOptions): Layout {
  const { direction, shape, fallback, members } = options;
  const validator = validatorOf(compiler, schema, siteOf(name, direction)) ?? compiler.file.use("always");
  const entries: Entry[] = [["validate", validator]];
  // A Shape is plain data, made of names, arrays and objects only.
  if (shape !== undefined)
    entries.push(["shape", concat(literalLayout(shape as Json), holdsInheritedName(shape as Json) ? " as const" : "")]);
  if (fallback !== undefined) entries.push(["default", literalLayout(fallback)]);
  if (members !== undefined) entries.push(["members", members]);
  const expanded = (shape !== undefined && typeof shape === "object") || members !== undefined;
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
