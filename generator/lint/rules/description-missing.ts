import { child } from "../../diagnostics/location.ts";
import { rule } from "../rule.ts";
import type { Location } from "../../diagnostics/location.ts";

/** What a reader of the generated documentation would miss: a word on operations, parameters, headers and responses. */
export const descriptionMissing = rule("description-missing", ({ survey }, report) => {
  const look = (at: Location, what: string, ...texts: readonly (string | undefined)[]): void => {
    if (texts.every((text) => text === undefined || text.trim() === "")) report(at, { what }, { atKey: true });
  };
  for (const { operation, method, path, at } of survey.operations)
    look(at, `${method} ${path}`, operation.summary, operation.description);
  for (const { parameter, at } of survey.parameters)
    look(
      child(at, "name"),
      `The ${parameter.in} parameter "${parameter.name}"`,
      parameter.description,
      schemaText(parameter.schema),
    );
  for (const { name, header, at } of survey.headers)
    look(at, `The header "${name}"`, header.description, schemaText(header.schema));
  for (const { status, response, at } of survey.responses)
    look(at, `The response "${status}"`, response.summary, response.description);
});

function schemaText(schema: unknown): string | undefined {
  const description = typeof schema === "object" && schema !== null && "description" in schema ? schema.description : undefined;
  return typeof description === "string" ? description : undefined;
}
