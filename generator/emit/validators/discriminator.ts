import { referenced } from "../../model/walk.ts";
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { concat, hardline, indent, join } from "../text/layout.ts";
import { stringLiteral } from "../text/literal.ts";
import type { Compiler, Site } from "./compile.ts";

/** The members of a union by the discriminator's values: those of its mapping, and the keys of the schemas (OpenAPI 3.1, §4.8.25.1). */
export function discriminatorConstant(
  compiler: Compiler,
  schema: SchemaObject,
  members: readonly Schema[],
  names: readonly string[],
  site: Site,
): string | undefined {
  const { discriminator } = schema;
  if (discriminator === undefined) return undefined;
  const byReference = new Map(
    members.flatMap((member, index) => {
      const target = referenced(compiler.model, member);
      return target === undefined ? [] : [[target.reference, { key: target.key, name: names[index] ?? "" }] as const];
    }),
  );
  const byValue = new Map([...byReference.values()].map(({ key, name }) => [key, name]));
  for (const [value, reference] of Object.entries(discriminator.mapping ?? {})) {
    const meant = byReference.get(reference);
    if (meant !== undefined) byValue.set(value, meant.name);
    else byValue.delete(value);
  }
  if (byValue.size === 0) return undefined;
  const entries = [...byValue].map(([value, name]) => concat("[", stringLiteral(value), `, ${name}]`));
  const map =
    entries.length === 1
      ? concat("new Map([", ...entries, "])")
      : concat("new Map([", indent(concat(...entries.map((entry) => concat(hardline, entry, ",")))), hardline, "])");
  const otherwise = byReference.get(discriminator.defaultMapping ?? "");
  const content = [
    concat(`property: ${stringLiteral(discriminator.propertyName)},`),
    concat("members: ", map, ","),
    ...(otherwise === undefined ? [] : [`otherwise: ${otherwise.name},`]),
  ];
  return compiler.file.constant(
    `kinds${site.name}`,
    compiler.file.useDiscriminator(),
    concat("{", indent(concat(hardline, join(hardline, content))), hardline, "}"),
  );
}
