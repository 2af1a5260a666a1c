import type { ApiModel, FollowUp, LongRunning, Operation } from "../../model/api-model.ts";
import { inPlace } from "../../model/direction.ts";
import { assignNames, typeIdentifier, valueIdentifier } from "../../model/names.ts";
import { isIdentifier } from "../text/identifier.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { concat, group, indent, join, line, print, type Layout } from "../text/layout.ts";
import { literalKey, literalLayout, stringLiteral } from "../text/literal.ts";
import { declaration, positionalType, wireOf, type OperationFunction } from "./operation.ts";
import { braces, call, list } from "./statements.ts";
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

/** The types of `runtime/client/long-running-plan.ts` that the aliases of `core.ts` use. */
export function longRunningTypes(model: ApiModel): string[] {
  const operations = longOperations(model);
  return [...(operations.some(answersAtOnce) ? ["FinalBody"] : []), ...(operations.some(readsStatus) ? ["ValueOf"] : [])];
}

/** The type aliases for their methods. */
export function longRunningAliases(model: ApiModel, tells: boolean): string[] {
  const operations = longOperations(model);
  const finished = tells
    ? "export type Finished<Id extends keyof Operations, Told = unknown> = FinalBody<\n  SelectedFor<Operations, Selections, Id, Told>\n>;\n"
    : "export type Finished<Id extends keyof Operations> = FinalBody<Operations[Id]>;\n";
  return [
    ...(operations.some(answersAtOnce) ? [finished] : []),
    ...(operations.some(readsStatus)
      ? ["export type StatusValue<Id extends keyof Operations, Place> = ValueOf<Operations[Id], Place>;\n"]
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

/** The types of the options: what can be set for any call and for the following, and the members of the body beside the argument. */
export function optionsType(operation: LongOperation, name: string): string {
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

/** How one of them is followed, by a name of its module. */
export function planConstant(model: ApiModel, operation: LongOperation, name: string): string {
  return `${print(concat(`const ${name}: LongRunningPlan = `, planOf(model, operation), ";"))}\n`;
}

/** The names that the function which follows an operation has in its module. */
export interface FollowingNames {
  /** Its own. */
  readonly name: string;
  /** That of the type of its options. */
  readonly options: string;
  /** That of its plan. */
  readonly plan: string;
}

/** The function that follows an operation to its end. */
export function longRunningFunction(
  model: ApiModel,
  operation: LongOperation,
  { shared, name, options, plan }: FollowingNames & { readonly shared: ReadonlySet<string> },
): OperationFunction {
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
    "this: Caller",
    ...shape.positional.map((one) => `${one.name}: ${positionalType(operation, one)}`),
    concat(`${given}: `, body, argument === undefined ? "" : `[${stringLiteral(argument)}]`),
    concat(`options${needsOptions(model, operation) ? "" : "?"}: `, typeWith(options, [result])),
  ];
  const signature = concat(
    `function ${name}`,
    telling?.typeParameters ?? "",
    call("", parameters),
    ": ",
    typeWith("Promise", [result]),
    " {",
  );
  const path = braces(shape.positional.map(({ parameter, name }) => `${literalKey(parameter.name)}: ${name}`));
  const parts = braces([
    shape.positional.length === 0 ? "path: {}" : concat("path: ", path),
    given === "argument" ? given : `argument: ${given}`,
  ]);
  const statement = concat("return ", call("runToEnd", ["this", plan, parts, "options"]), ";");
  return {
    name: longRunning.name,
    text: `${documentationOf(operation)}${declaration(name, longRunning.name, { signature, statement })}`,
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
  return jsdoc({
    text: [
      summary === undefined ? undefined : `${summary}, and wait for the result`,
      `Like \`${action}\`, and when the answer is that it goes on in the background, follows it to its end. Throws a ` +
        `\`LongRunningError\` when it fails, a \`LongRunningExpiredError\` when the server does not know it any more.${cancelled}`,
      description === summary ? undefined : description,
      `\`${operation.method.toUpperCase()} ${operation.path}\``,
    ],
    deprecated: operation.deprecated,
  });
}

function planOf(model: ApiModel, operation: LongOperation): Layout {
  const { argument, start, stale, status, cancel } = operation.longRunning;
  const { complete, error, errorMessage, progress, result } = status;
  const places = Object.entries({ complete, error, errorMessage, progress, result }).flatMap(([name, place]) =>
    place === undefined ? [] : [concat(`${name}: `, literalLayout(place))],
  );
  const members = [
    `operation: operations.${operation.name}`,
    ...wireMember(wireOf(model, operation)),
    ...(argument === undefined ? [] : [`argument: ${stringLiteral(argument)}`]),
    concat("members: ", literalLayout(argument === undefined ? [] : membersBeside(model, operation, argument))),
    concat("start: ", literalLayout(start)),
    ...(stale === undefined ? [] : [concat("stale: ", literalLayout(stale))]),
    concat("status: ", braces([...followUp(model, status), ...places], true)),
    ...(cancel === undefined ? [] : [concat("cancel: ", braces(followUp(model, cancel), true))]),
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

function followUp(model: ApiModel, { id, operation, parameters }: FollowUp): Layout[] {
  const followed = model.operations.find((one) => one.id === id);
  const locations = [...new Set(parameters.map((parameter) => parameter.in))];
  const located = locations.map((location) => {
    const values = parameters
      .filter((parameter) => parameter.in === location)
      .map(({ name, value }) => concat(`${literalKey(name)}: `, literalLayout(value)));
    return concat(`${location}: `, braces(values, true));
  });
  return [
    `operation: operations.${operation}`,
    ...wireMember(followed === undefined ? [] : wireOf(model, followed)),
    concat("parameters: ", located.length === 0 ? "{}" : braces(located, true)),
  ];
}

function wireMember(wire: readonly Layout[]): Layout[] {
  return wire.length === 0 ? [] : [concat("wire: ", list(wire))];
}

function freeName(wanted: string, taken: readonly string[]): string {
  const identifier = valueIdentifier(wanted) || "argument";
  let name = isIdentifier(identifier) && identifier !== "options" ? identifier : `${identifier}_`;
  while (taken.includes(name)) name = `${name}_`;
  return name;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
