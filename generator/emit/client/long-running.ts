import type { ApiModel, FollowUp, LongRunning, Operation } from "../../model/api-model.ts";
import { inPlace } from "../../model/direction.ts";
import { assignNames, typeIdentifier, valueIdentifier } from "../../model/names.ts";
import { isIdentifier } from "../text/identifier.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { choice, concat, group, indent, join, line, print, softline, type Layout } from "../text/layout.ts";
import { literalKey, literalLayout, stringLiteral } from "../text/literal.ts";
import { braces, importing } from "./statements.ts";
import { positionalType, type Method } from "./operation.ts";
import { tellingOf, typeWith } from "./select.ts";
import { callShape } from "./surface.ts";

/** An operation that can be followed to its end. */
export type LongOperation = Operation & { readonly longRunning: LongRunning };

/** The operations that can be followed to their end. */
export function longOperations({ operations }: Pick<ApiModel, "operations">): LongOperation[] {
  return operations.flatMap((operation) =>
    operation.longRunning === undefined ? [] : [{ ...operation, longRunning: operation.longRunning }],
  );
}

/** The imports for their methods. */
export function longRunningImports(model: ApiModel): string[] {
  const operations = longOperations(model);
  if (operations.length === 0) return [];
  const types = [
    ...(operations.some(answersAtOnce) ? ["FinalBody"] : []),
    "FollowOptions",
    "LongRunningPlan",
    ...(operations.some(({ longRunning }) => longRunning.argument !== undefined) ? ["RestOfBody"] : []),
    ...(operations.some(readsStatus) ? ["ValueOf"] : []),
  ];
  return [
    importing(types, "./runtime/client/long-running-plan.js", "import type"),
    `import { runToEnd } from "./runtime/client/long-running.js";`,
  ];
}

/** The type aliases for their methods. */
export function longRunningAliases(model: ApiModel, tells: boolean): string[] {
  const operations = longOperations(model);
  const finished = tells
    ? "type Finished<Id extends keyof Operations, Told = unknown> = FinalBody<\n  SelectedFor<Operations, Selections, Id, Told>\n>;\n"
    : "type Finished<Id extends keyof Operations> = FinalBody<Operations[Id]>;\n";
  return [
    ...(operations.some(answersAtOnce) ? [finished] : []),
    ...(operations.some(readsStatus)
      ? ["type StatusValue<Id extends keyof Operations, Place> = ValueOf<Operations[Id], Place>;\n"]
      : []),
  ];
}

/** The name of the type of the options of each of them. */
export function optionsNames(model: ApiModel): ReadonlyMap<string, string> {
  const wishes = longOperations(model).map(({ id, resource, longRunning }) => ({
    key: id,
    wanted: `${[...resource, longRunning.name].map((name) => capitalized(typeIdentifier(name))).join("")}Options`,
  }));
  return assignNames(wishes, new Set(["CallOptions", "ClientOptions", "FollowOptions"]), "2").names;
}

/** How each of them is followed, and the types of their options. */
export function longRunningDeclarations(model: ApiModel): string[] {
  const operations = longOperations(model);
  if (operations.length === 0) return [];
  const names = optionsNames(model);
  return [
    plansConstant(model),
    ...operations.map((operation) => optionsType(operation, names.get(operation.id) ?? operation.name)),
  ];
}

/** The types of the options: what can be set for any call and for the following, and the members of the body beside the argument. */
function optionsType(operation: LongOperation, name: string): string {
  const { argument, start, status, name: method } = operation.longRunning;
  const id = stringLiteral(operation.id);
  const progress = status.progress === undefined ? "never" : statusValue(status, status.progress);
  const names = Object.keys(start).map((member) => stringLiteral(member));
  const rest =
    argument === undefined
      ? []
      : [
          typeWith("RestOfBody", [
            `Body<${id}>`,
            stringLiteral(argument),
            names.length === 0 ? "never" : names.join(" | "),
            "CallOptions",
          ]),
        ];
  const parts = [`Omit<CallOptions, "timeout">`, typeWith("FollowOptions", ["Result", progress]), ...rest];
  const documentation = jsdoc([
    `What can be set for \`${[...operation.resource, method].join(".")}\`${rest.length === 0 ? "" : ", with the other members of the body"}.`,
  ]);
  return `${documentation}${print(concat(`export type ${name}<Result> = `, group(indent(join(concat(" &", line), parts))), ";"))}\n`;
}

/** How each of them is followed, as an object by the names of the operations. */
function plansConstant(model: ApiModel): string {
  const plans = longOperations(model).map((operation) => concat(`${operation.name}: `, planOf(model, operation)));
  return `${print(concat("const longRunning = ", braces(plans, true), " satisfies { readonly [operation: string]: LongRunningPlan };"))}\n`;
}

/** The method that follows an operation to its end. */
export function longRunningMethod(
  model: ApiModel,
  operation: LongOperation,
  { shared, options }: { readonly shared: ReadonlySet<string>; readonly options: string },
): Method {
  const { longRunning } = operation;
  const { argument } = longRunning;
  const shape = callShape(operation, shared);
  const telling = tellingOf(operation, shape, argument);
  const id = stringLiteral(operation.id);
  const names = shape.positional.map(({ name }) => name);
  const given = freeName(argument === undefined ? "body" : argument, names);
  const result = resultType(operation, telling?.told);
  const body = telling?.body ?? `Body<${id}>`;
  const parameters = [
    ...shape.positional.map((one) => `${one.name}: ${positionalType(operation, one)}`),
    concat(`${given}: `, body, argument === undefined ? "" : `[${stringLiteral(argument)}]`),
    concat(`options${needsOptions(model, operation) ? "" : "?"}: `, typeWith(options, [result])),
  ];
  const signature = concat(
    longRunning.name,
    telling?.typeParameters ?? "",
    list(parameters),
    ": ",
    typeWith("Promise", [result]),
    " {",
  );
  const path = braces(shape.positional.map(({ parameter, name }) => `${literalKey(parameter.name)}: ${name}`));
  const parts = braces([
    shape.positional.length === 0 ? "path: {}" : concat("path: ", path),
    given === "argument" ? given : `argument: ${given}`,
  ]);
  const call = concat("return runToEnd", list(["this.#call", `longRunning.${operation.name}`, parts, "options"]), ";");
  return {
    text: `${documentationOf(operation)}  ${print(signature, { indent: 2 })}\n    ${print(call, { indent: 4 })}\n  }\n`,
    aliases: ["Body"],
    sorts: false,
    streams: false,
    tells: telling !== undefined,
  };
}

/** Whether the result is what the operation answers at once; else it is what the status operation tells. */
function answersAtOnce({ responses }: Operation): boolean {
  return responses.some(({ status }) => status !== 202 && String(status).startsWith("2"));
}

// Whether a type is read off the answer of the status operation.
function readsStatus(operation: LongOperation): boolean {
  return operation.longRunning.status.progress !== undefined || !answersAtOnce(operation);
}

function resultType(operation: LongOperation, told: Layout | undefined): Layout {
  const { status } = operation.longRunning;
  if (!answersAtOnce(operation)) return statusValue(status, status.result);
  return typeWith("Finished", [stringLiteral(operation.id), ...(told === undefined ? [] : [told])]);
}

function statusValue({ id }: FollowUp, place: readonly string[]): Layout {
  return typeWith("StatusValue", [stringLiteral(id), `[${place.map((key) => stringLiteral(key)).join(", ")}]`]);
}

// Members of the body that have to be given, and have no place but the options.
function needsOptions(model: ApiModel, { body, longRunning }: LongOperation): boolean {
  if (longRunning.argument === undefined) return false;
  const required = inPlace(model, body?.contents[0]?.schema ?? true).flatMap((part) => part.required ?? []);
  return required.some((name) => name !== longRunning.argument && !Object.hasOwn(longRunning.start, name));
}

/** Summary, what the method does, the description, method and path. */
function documentationOf(operation: LongOperation): string {
  const { summary, description, longRunning, action } = operation;
  const cancelled = longRunning.cancel === undefined ? "" : " An abort of `signal`, or the end of `timeout`, cancels it.";
  return jsdoc(
    {
      text: [
        summary === undefined ? undefined : `${summary}, and wait for the result`,
        `Like \`${action}\`, and when the answer is that it goes on in the background, follows it to its end. Throws a ` +
          `\`LongRunningError\` when it fails, a \`LongRunningExpiredError\` when the server does not know it any more.${cancelled}`,
        description === summary ? undefined : description,
        `\`${operation.method.toUpperCase()} ${operation.path}\``,
      ],
      deprecated: operation.deprecated,
    },
    2,
  );
}

function planOf(model: ApiModel, operation: LongOperation): Layout {
  const { argument, start, stale, status, cancel } = operation.longRunning;
  const { complete, error, errorMessage, progress, result } = status;
  const places = Object.entries({ complete, error, errorMessage, progress, result }).flatMap(([name, place]) =>
    place === undefined ? [] : [concat(`${name}: `, literalLayout(place))],
  );
  const members = [
    `operation: operations.${operation.name}`,
    ...(argument === undefined ? [] : [`argument: ${stringLiteral(argument)}`]),
    concat("members: ", literalLayout(argument === undefined ? [] : membersBeside(model, operation, argument))),
    concat("start: ", literalLayout(start)),
    ...(stale === undefined ? [] : [concat("stale: ", literalLayout(stale))]),
    concat("status: ", braces([...followUp(status), ...places], true)),
    ...(cancel === undefined ? [] : [concat("cancel: ", braces(followUp(cancel), true))]),
  ];
  return braces(members, true);
}

/** The members of the body that stand among the options; one that has the name of an option does not. */
function membersBeside(model: ApiModel, { body }: Operation, argument: string): string[] {
  const own = new Set([...optionNames, ...model.sharedPathParameters.map(({ property }) => property), argument]);
  const parts = inPlace(model, body?.contents[0]?.schema ?? true);
  return [...new Set(parts.flatMap((part) => Object.keys(part.properties ?? {})))].filter((name) => !own.has(name));
}

/** The members of CallOptions and FollowOptions, in generator/runtime/client/. */
const optionNames = [
  ...["signal", "timeout", "attemptTimeout", "maxRetries", "idempotencyKey", "headers", "fetch", "hooks"],
  ...["pollInterval", "onProgress", "onStale"],
];

function followUp({ operation, parameters }: FollowUp): Layout[] {
  const locations = [...new Set(parameters.map((parameter) => parameter.in))];
  const located = locations.map((location) => {
    const values = parameters
      .filter((parameter) => parameter.in === location)
      .map(({ name, value }) => concat(`${literalKey(name)}: `, literalLayout(value)));
    return concat(`${location}: `, braces(values, true));
  });
  return [`operation: operations.${operation}`, concat("parameters: ", located.length === 0 ? "{}" : braces(located, true))];
}

function freeName(wanted: string, taken: readonly string[]): string {
  const identifier = valueIdentifier(wanted) || "argument";
  let name = isIdentifier(identifier) && identifier !== "options" ? identifier : `${identifier}_`;
  while (taken.includes(name)) name = `${name}_`;
  return name;
}

function list(items: readonly Layout[]): Layout {
  return group(concat("(", indent(concat(softline, join(concat(",", line), items))), choice(","), softline, ")"));
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
