import { pointerKeys, type Location } from "../../diagnostics/location.ts";
import type { Direction } from "../../model/api-model.ts";
import { validate } from "../../model/validate.ts";
import type { ExampleObject, Schema } from "../../openapi/shapes.ts";
import type { Problem } from "../../runtime/validation/validator.ts";
import { rule, type LintContext } from "../rule.ts";
import { written } from "../../openapi/written-place.ts";

/** An example that its schema refuses: of a media type, a parameter, a header or a schema. */
export const exampleInvalid = rule("example-invalid", (context, report) => {
  const { document, survey } = context;
  const look = (what: string, schema: Schema | undefined, value: unknown, at: Location, direction?: Direction): void => {
    if (schema === undefined || value === undefined) return;
    for (const problem of problemsOf(context, schema, value, direction).slice(0, 3)) {
      report(written(document, at, pointerKeys(problem.pointer)), { what, pointer: problem.pointer, reason: problem.message });
    }
  };
  const lookAll = (
    what: string,
    schema: Schema | undefined,
    examples: Readonly<Record<string, ExampleObject>> | undefined,
    direction?: Direction,
  ): void => {
    for (const [name, example] of Object.entries(examples ?? {})) {
      const at = document.locate(example);
      look(
        at.endsWith("/example") ? what : `${what}, "${name}",`,
        schema,
        example.value,
        written(document, at, ["value"], ["dataValue"]),
        direction,
      );
    }
  };
  for (const { mediaType, content, direction } of survey.contents) {
    // Text and bytes stand in an example as they are written, which says nothing of the schema.
    if (isJson(mediaType)) lookAll(`of ${mediaType}`, content.schema, content.examples, direction);
  }
  for (const { parameter } of survey.parameters)
    lookAll(`of the parameter "${parameter.name}"`, parameter.schema, parameter.examples, "request");
  for (const { name, header } of survey.headers) lookAll(`of the header "${name}"`, header.schema, header.examples, "response");
  for (const { schema, name, at } of survey.schemas) {
    for (const [index, value] of (schema.examples ?? []).entries()) {
      look(`of "${name}"`, schema, value, written(document, at, ["examples", index], ["example"], ["x-example"]));
    }
  }
});

function isJson(mediaType: string): boolean {
  return /^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType);
}

/** What is wrong with an example on its side; of a schema alone, on the side where less is wrong. */
function problemsOf(
  { model }: LintContext,
  schema: Schema,
  value: unknown,
  direction: Direction | undefined,
): readonly Problem[] {
  // No example can hold bytes.
  const check = (one: unknown, side: Direction): readonly Problem[] =>
    validate(model, schema, one, { direction: side }).filter(({ message }) => message !== "must be a Blob");
  const found = direction === undefined ? [check(value, "response"), check(value, "request")] : [check(value, direction)];
  const best = found.reduce((least, one) => (one.length < least.length ? one : least));
  if (best.length === 0 || typeof value !== "string") return best;
  // Some write the text of the value, as it would stand on the wire, in the place of the value.
  return asWritten(value).some((one) => check(one, direction ?? "response").length === 0) ? [] : best;
}

function asWritten(text: string): readonly unknown[] {
  const list = text.split(",");
  const parsed = parse(text);
  return [...(parsed === undefined ? [] : [parsed]), list, list.map((item) => parse(item) ?? item)];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
