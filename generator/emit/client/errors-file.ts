import type { ApiModel, Content, Operation, Response, StatusKey } from "../../model/api-model.ts";
import { isPureReference, referenced } from "../../model/walk.ts";
import { header } from "../text/header.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { memberAccess } from "../text/identifier.ts";
import { concat, group, indent, join, line, print, softline, type Layout } from "../text/layout.ts";
import { stringLiteral } from "../text/literal.ts";
import { braces, importing, union } from "./statements.ts";

/** The text of `errors.ts`: the bodies of all failures by status, and the classes that carry them. */
export function errorsFile(model: ApiModel): string {
  const bodies = bodiesByStatus(model);
  const classes = usedClasses(new Set(bodies.keys()));
  const long = longRunningErrors(model, new Set(bodies.keys()));
  return [header, imports(bodies, classes, long), bodiesInterface(bodies), errorsInterface(classes, long), guard].join("\n");
}

/** The classes of runtime/client/status-errors.ts, with the statuses that each is for. */
const statusClasses: readonly { readonly name: string; readonly covers: (status: number) => boolean }[] = [
  { name: "BadRequestError", covers: (status) => status === 400 },
  { name: "AuthenticationError", covers: (status) => status === 401 },
  { name: "PaymentRequiredError", covers: (status) => status === 402 },
  { name: "PermissionDeniedError", covers: (status) => status === 403 },
  { name: "NotFoundError", covers: (status) => status === 404 },
  { name: "ConflictError", covers: (status) => status === 409 },
  { name: "GoneError", covers: (status) => status === 410 },
  { name: "UnprocessableEntityError", covers: (status) => status === 422 },
  { name: "RateLimitError", covers: (status) => status === 429 },
  { name: "InternalServerError", covers: (status) => status >= 500 },
];

interface UsedClass {
  readonly name: string;
  readonly keys: readonly StatusKey[];
}

/** The declared bodies of failures: the text of each type once, by status, in ascending order. */
function bodiesByStatus(model: ApiModel): ReadonlyMap<StatusKey, readonly string[]> {
  const found = new Map<StatusKey, Map<string, string>>();
  for (const operation of model.operations) {
    for (const response of operation.responses.filter(({ status }) => isFailure(status))) {
      const types = found.get(response.status) ?? new Map<string, string>();
      found.set(response.status, types);
      for (const [sameness, text] of bodyTypes(model, operation, response)) if (!types.has(sameness)) types.set(sameness, text);
    }
  }
  const order = (status: StatusKey): number =>
    typeof status === "number" ? status : status === "default" ? 1000 : Number(status.charAt(0)) * 100 + 99.5;
  return new Map([...found].sort(([a], [b]) => order(a) - order(b)).map(([status, types]) => [status, [...types.values()]]));
}

function isFailure(status: StatusKey): boolean {
  return status === "default" || Number(String(status).charAt(0)) >= 4;
}

/** The types of a response's bodies, each with a key that is equal for equal types. */
function bodyTypes(model: ApiModel, operation: Operation, response: Response): [sameness: string, text: string][] {
  if (response.contents.length === 0) return [["undefined", "undefined"]];
  return response.contents.map((content) => {
    const name = namedType(model, content);
    if (name !== undefined) return [name, name];
    const key = typeof response.status === "number" ? String(response.status) : stringLiteral(response.status);
    const text = `Operations[${stringLiteral(operation.id)}]["responses"][${key}]["content"][${stringLiteral(content.mediaType)}]`;
    return [`${content.kind} ${JSON.stringify(content.schema ?? null)}`, text];
  });
}

function namedType(model: ApiModel, { kind, schema }: Content): string | undefined {
  if (kind !== "json" || schema === undefined || typeof schema === "boolean" || !isPureReference(schema)) return undefined;
  const target = referenced(model, schema);
  return target === undefined ? undefined : memberAccess("types", target.name);
}

function usedClasses(keys: ReadonlySet<StatusKey>): UsedClass[] {
  return statusClasses.flatMap(({ name, covers }) => {
    const used = [...keys].filter((key) =>
      typeof key === "number" ? covers(key) : key === "default" || coversRange(key, covers),
    );
    return used.length === 0 ? [] : [{ name, keys: used }];
  });
}

function coversRange(key: string, covers: (status: number) => boolean): boolean {
  return Array.from({ length: 100 }, (_, index) => Number(key.charAt(0)) * 100 + index).some(covers);
}

/** The classes of what following an operation to its end can throw, with the types of their bodies. */
function longRunningErrors(model: ApiModel, keys: ReadonlySet<StatusKey>): readonly (readonly [name: string, body: string])[] {
  const operations = model.operations.flatMap(({ longRunning }) => longRunning ?? []);
  if (operations.length === 0) return [];
  const states = [...new Set(operations.map(({ status }) => `Bodies<Operations[${stringLiteral(status.id)}]>["success"]`))];
  const gone = [404, 410].filter((key) => keys.has(key)).map((key) => `ErrorBodies[${key}]`);
  return [
    ["LongRunningError", states.join(" | ")],
    ["LongRunningExpiredError", gone.length === 0 ? "unknown" : gone.join(" | ")],
  ];
}

function imports(
  bodies: ReadonlyMap<StatusKey, readonly string[]>,
  classes: readonly UsedClass[],
  long: readonly (readonly [string, string])[],
): string {
  const texts = [...bodies.values()].flat();
  const types = [
    "CommonErrors",
    ...(long.length === 0 ? [] : ["ErrorClass"]),
    "OperationErrorOf",
    ...(classes.length === 0 ? [] : ["StatusErrorClass"]),
  ];
  const names = [...types.map((type) => `type ${type}`), "commonErrors", "isErrorOf"];
  const lines = [
    importing(names, "./runtime/client/common-errors.js"),
    ...(long.length === 0
      ? []
      : [
          importing(
            long.map(([name]) => name),
            "./runtime/client/long-running-errors.js",
          ),
        ]),
    ...(classes.length === 0
      ? []
      : [
          importing(
            classes.map(({ name }) => name),
            "./runtime/client/status-errors.js",
            "import type",
          ),
        ]),
    ...(long.length === 0 ? [] : [`import type { Bodies } from "./runtime/client/types.js";`]),
    ...(texts.some((text) => /^types[.[]/.test(text)) ? [`import type * as types from "./types.js";`] : []),
    `import type { operations as Operations } from "./types.js";`,
  ];
  return `${lines.join("\n")}\n`;
}

function bodiesInterface(bodies: ReadonlyMap<StatusKey, readonly string[]>): string {
  const members = [...bodies].map(
    ([status, types]) =>
      `  ${statusKey(status)}:${print(union(types), { indent: 2, column: 3 + statusKey(status).length, after: 1 })};\n`,
  );
  const documentation = jsdoc(["The bodies that failures carry, by status, over all operations."]);
  return `${documentation}export interface ErrorBodies {${members.length === 0 ? "" : `\n${members.join("")}`}}\n`;
}

function errorsInterface(classes: readonly UsedClass[], long: readonly (readonly [string, string])[]): string {
  const entries = classes.map(({ name, keys }): readonly [name: string, type: Layout] => {
    const bodies = keys.map((key) => `ErrorBodies[${typeof key === "number" ? key : stringLiteral(key)}]`).join(" | ");
    return [name, generic("StatusErrorClass", [name, bodies])];
  });
  const others = long.map(([name, body]) => [name, generic("ErrorClass", [`${name}<${body}>`])] as const);
  const members = [...entries, ...others].map(
    ([name, type]) => `  readonly ${name}: ${print(type, { indent: 2, column: `  readonly ${name}: `.length, after: 1 })};\n`,
  );
  const documentation = jsdoc([
    "The classes of what a call can throw. An error of a status has one of the bodies that the document declares for it when it is `declared`.",
  ]);
  const object = long.length === 0 ? "commonErrors" : braces(["...commonErrors", ...long.map(([name]) => name)], true);
  return [
    `${documentation}export interface Errors extends CommonErrors {${members.length === 0 ? "" : `\n${members.join("")}`}}\n`,
    `// Which bodies a status has, the document says; at run time one class of a status serves all documents.\nexport const errors: Errors = ${print(object)} as Errors;\n`,
  ].join("\n");
}

function generic(name: string, args: readonly Layout[]): Layout {
  return group(concat(`${name}<`, indent(concat(softline, join(concat(",", line), args))), softline, ">"));
}

function statusKey(status: StatusKey): string {
  return status === "default" || typeof status === "number" ? String(status) : stringLiteral(status);
}

const guard = `/** The declared failures of an operation, told apart by \`status\`. */
export type OperationError<Id extends keyof Operations> = OperationErrorOf<Operations[Id]>;

/** Whether a caught error is a declared failure of an operation; its \`status\` then tells its \`body\`. */
export function isOperationError<Id extends keyof Operations>(
  error: unknown,
  operationId: Id,
): error is OperationError<Id> {
  return isErrorOf(error, operationId);
}
`;
