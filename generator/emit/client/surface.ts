import type { Operation, Parameter } from "../../model/api-model.ts";
import { valueIdentifier } from "../../model/names.ts";
import type { Schema } from "../../openapi/shapes.ts";
import { isIdentifier } from "../text/identifier.ts";

/** A path parameter that is an argument of its own. */
export interface Positional {
  readonly parameter: Parameter;
  /** The argument's identifier: `recordingId`. */
  readonly name: string;
}

/** The locations whose parameters are given by name. */
export type NamedLocation = "query" | "header" | "cookie";

/**
 * The argument for the parameters that are not in the path. A location: they are all there. `named`: they are in several, and
 * no name is in two of them. `located`: by location, since names meet.
 */
export type ParametersArgument = "none" | NamedLocation | "named" | "located";

/** How an operation is called in the resource style: its path parameters, its body, its other parameters, its options. */
export interface CallShape {
  readonly positional: readonly Positional[];
  /** `media`: a choice of media types. */
  readonly body: "none" | "body" | "media";
  readonly bodyRequired: boolean;
  readonly parameters: ParametersArgument;
  readonly parametersRequired: boolean;
}

/** Works out how an operation is called. `shared` are the names of the path parameters that the client was given. */
export function callShape(operation: Operation, shared: ReadonlySet<string>): CallShape {
  const others = operation.parameters.filter((parameter) => parameter.in !== "path");
  return {
    positional: positionalParameters(operation, shared),
    body: operation.body === undefined ? "none" : operation.body.contents.length > 1 ? "media" : "body",
    bodyRequired: operation.body?.required ?? false,
    parameters: parametersArgument(others),
    parametersRequired: others.some((parameter) => parameter.required),
  };
}

function parametersArgument(parameters: readonly Parameter[]): ParametersArgument {
  // A `querystring` parameter is the whole query and is typed beside the others there.
  const locations = [...new Set(parameters.map((parameter) => (parameter.in === "querystring" ? "query" : parameter.in)))];
  const [first] = locations;
  if (first === undefined || first === "path") return "none";
  if (locations.length === 1) return first;
  return new Set(parameters.map((parameter) => parameter.name)).size < parameters.length ? "located" : "named";
}

// The names of the arguments that follow, and what a function uses of its module.
const argumentsAndImports = [
  ..."body content query header cookie parameters options".split(" "),
  ..."byLocation operations runToEnd send sendPaged sendStreamed wire".split(" "),
];

/** In path order, which is the order of the placeholders in the template. */
function positionalParameters(operation: Operation, shared: ReadonlySet<string>): Positional[] {
  const place = (parameter: Parameter): number => operation.path.indexOf(`{${parameter.name}}`);
  const own = operation.parameters.filter((parameter) => parameter.in === "path" && !shared.has(parameter.name));
  const taken = new Set(argumentsAndImports);
  return own
    .sort((a, b) => place(a) - place(b))
    .map((parameter) => {
      const wanted = valueIdentifier(parameter.name) || "parameter";
      let name = isIdentifier(wanted) ? wanted : `${wanted}_`;
      while (taken.has(name)) name = `${name}_`;
      taken.add(name);
      return { parameter, name };
    });
}

/** The name of a schema's type where that is any string, number or boolean, and the schema says nothing else of it. */
export function plainType(schema: Schema): "string" | "number" | "boolean" | undefined {
  if (typeof schema === "boolean" || typeof schema.type !== "string" || !Object.hasOwn(plainTypes, schema.type)) return undefined;
  const says = Object.keys(schema).filter((keyword) => !keyword.startsWith("x-"));
  const type = plainTypes[schema.type];
  const coded = schema.format === "binary" || schema.format === "int64";
  return says.every((keyword) => plainKeywords.has(keyword)) && !coded ? type : undefined;
}

/** Whether a schema is any string and nothing else, so that its type can be written as `string`. */
export function isPlainString(schema: Schema): boolean {
  return plainType(schema) === "string";
}

const plainTypes: { readonly [type: string]: "string" | "number" | "boolean" } = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
};

const plainKeywords = new Set([
  ..."type format minLength maxLength pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf title description default".split(
    " ",
  ),
  ..."examples deprecated readOnly writeOnly $comment externalDocs".split(" "),
]);
