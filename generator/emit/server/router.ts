import type { ApiModel } from "../../model/api-model.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { choice, concat, group, indent, join, line, print } from "../text/layout.ts";
import { errorBodyTypes } from "./error-shapes.ts";
import { braces } from "./security.ts";

/** The type of what the hooks of a router may answer. */
export function errorType(model: ApiModel): string {
  const members = errorBodyTypes(model);
  const written = print(
    members.length < 2
      ? concat("export type ErrorBody = ", members[0] ?? "unknown", ";")
      : group(concat("export type ErrorBody =", indent(concat(line, choice("| "), join(concat(line, "| "), members))), ";")),
  );
  return `${jsdoc(["The bodies that the document declares for errors, in JSON: what the hooks of a router may answer."])}${written}\n`;
}

/** `createRouter` and its options. */
export function routerText(secured: boolean, shaped: boolean, keyed: boolean): string {
  const parts = [
    "operations: descriptors",
    "validators",
    secured ? "securitySchemes" : "securitySchemes: {}",
    ...(shaped ? ["errorShapes"] : []),
    ...(keyed ? ["schemaKeys"] : []),
    "handlers",
    "options",
  ];
  const router = print(concat("const router = createOperationRouter(", braces(parts), ");"), { indent: 2 });
  const made = `${router}\n  return withDocuments(router, options);`;
  return (secured ? securedRouter : openRouter).replace("  MADE", () => `  ${made}`);
}

const securedRouter = `/** How a router is made. */
export type RouterOptions<Context = undefined, Who extends Principals = Principals> = SecuredOptions<
  keyof Handlers,
  Context,
  Security<Who>,
  ErrorBody
>;

/** Serves the operations with these handlers, by the Fetch standard. Throws an Error when a handler is missing. */
export function createRouter<Context = undefined, Who extends Principals = Principals>(
  handlers: Handlers<Context, Who>,
  options: RouterOptions<Context, Who>,
): Router {
  MADE
}
`;

const openRouter = `/** How a router is made. */
export type RouterOptions<Context = undefined> = ServerOptions<keyof Handlers, ErrorBody> &
  ContextOption<Context>;

/** Serves the operations with these handlers, by the Fetch standard. Throws an Error when a handler is missing. */
export function createRouter<Context = undefined>(
  handlers: Handlers<Context>,
  ...[options]: undefined extends Context
    ? [options?: RouterOptions<Context>]
    : [options: RouterOptions<Context>]
): Router {
  MADE
}
`;
