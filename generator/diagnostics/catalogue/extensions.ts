import { type Entry, error, warning } from "../entry.ts";

/** Problems of the extensions that docs/extensions.md describes. What is wrong in one makes it count as not there. */
export const extensionProblems = {
  "select-invalid": error<Fact>(
    ({ fact }) => `${fact}; the type of the answer does not depend on the request.`,
    ({ cure }) => cure,
  ),
  "select-place-unknown": placeUnknown(),
  "select-schema-unknown": error<Named>(({ name }) => `No schema is called "${name}".`, schemaCure),
  "select-value-unknown": warning<{ value: string; expression: string; known: readonly string[] }>(
    ({ value, expression }) => `"${value}" cannot stand at ${expression}, so it selects nothing.`,
    ({ known }) => `write one of: ${known.join(", ")}`,
  ),
  "long-running-invalid": error<Fact>(
    ({ fact }) => `${fact}; there is no method that waits for the end.`,
    ({ cure }) => cure,
  ),
  "long-running-place-unknown": placeUnknown(),
  "long-running-operation-unknown": error<Named>(
    ({ name }) => `No operation has the operationId "${name}".`,
    ({ suggestion }) =>
      suggestion === undefined ? "write the operationId of an operation in this document" : `write "${suggestion}"`,
  ),
  "long-running-parameter-unknown": error<Named & { operation: string }>(
    ({ name, operation }) => `${operation} has no parameter "${name}".`,
    ({ suggestion }) => (suggestion === undefined ? "remove it, or declare the parameter" : `write "${suggestion}"`),
  ),
  "pagination-invalid": error<Fact>(
    ({ fact }) => `${fact}; the operation has no pages.`,
    ({ cure }) => cure,
  ),
  "pagination-parameter-unknown": error<{ name: string; known: readonly string[] }>(
    ({ name }) => `No query parameter of the operation is called "${name}".`,
    ({ known }) =>
      known.length === 0
        ? "write a place in the body of the request, such as `$request.body#/cursor`"
        : `write one of: ${known.join(", ")}`,
  ),
  "pagination-place-unknown": placeUnknown(),
  "error-shape-invalid": error<Fact>(
    ({ fact }) => `${fact}; the server does not know how to write this error.`,
    ({ cure }) => cure,
  ),
};

/** A fact about an extension, worked out where it was read, and the way out. */
export interface Fact {
  readonly fact: string;
  readonly cure: string;
}

/** A name that leads nowhere, and the one that may have been meant. */
export interface Named {
  readonly name: string;
  readonly suggestion: string | undefined;
}

function placeUnknown(): Entry<{ expression: string; where: string }> {
  return error(
    ({ expression, where }) => `"${expression}" is nowhere in the schema of ${where}.`,
    () => "point at a property that the schema declares, or declare it",
  );
}

function schemaCure({ suggestion }: Named): string {
  return suggestion === undefined ? "write the name of a schema under components.schemas" : `write "${suggestion}"`;
}
