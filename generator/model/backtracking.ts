import type { Schema, SchemaObject } from "../openapi/shapes.ts";
import { written } from "../openapi/written-place.ts";
import type { ApiModel, Operation } from "./api-model.ts";
import type { Building } from "./building.ts";
import { patternOf } from "./validate/pattern.ts";
import { remedyFor } from "./validate/regex-cost.ts";
import { visitSubschemas } from "./walk.ts";

/** Reports the patterns that may take a server for ever, and that no other way of matching knows: each place once. */
export function reportBacktracking(
  building: Building,
  model: Pick<ApiModel, "operations" | "webhooks" | "callbacks" | "schemas">,
): void {
  const seen = new Set<Schema>();
  const told = new Set<string>();
  const visitPatterns = (one: SchemaObject): void => {
    const names = Object.keys(one.patternProperties ?? {});
    const patterns: (readonly [keys: readonly string[], pattern: string, longest?: number | undefined])[] = names.map((name) => [
      ["patternProperties", name],
      name,
    ]);
    if (one.pattern !== undefined) patterns.push([["pattern"], one.pattern, one.maxLength]);
    for (const [keys, pattern, longest] of patterns) {
      if (!isEndless(pattern, longest)) continue;
      const at = written(building.document, building.locate(one), keys);
      if (!told.has(at)) building.diagnostics.report("pattern-backtracks", at, { pattern }, { atKey: keys.length > 1 });
      told.add(at);
    }
  };
  const visit = (schema: Schema): void => {
    // The list grows while it is walked.
    const open = [schema];
    for (const one of open) {
      if (typeof one === "boolean" || seen.has(one)) continue;
      seen.add(one);
      if (one.pattern !== undefined || one.patternProperties !== undefined) visitPatterns(one);
      visitSubschemas(one, (inner) => {
        open.push(inner);
      });
    }
  };
  for (const { schema } of model.schemas) visit(schema);
  for (const operation of [...model.operations, ...model.webhooks, ...model.callbacks])
    for (const schema of schemasOf(operation)) visit(schema);
}

function isEndless(pattern: string, longest: number | undefined): boolean {
  const regex = patternOf(pattern);
  return (
    regex !== undefined &&
    remedyFor(regex) === "guarded" &&
    (longest === undefined || remedyFor(regex, longest * 2) === "guarded")
  );
}

function schemasOf({ parameters, body, responses }: Operation): Schema[] {
  return [
    ...parameters.map(({ schema }) => schema),
    ...[body, ...responses].flatMap((message) => message?.contents.map(({ schema = true }) => schema) ?? []),
    ...responses.flatMap(({ headers }) => headers.map(({ schema }) => schema)),
  ];
}
