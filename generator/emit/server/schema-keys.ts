import type { ApiModel } from "../../model/api-model.ts";
import { header } from "../text/header.ts";
import { jsdoc } from "../text/jsdoc.ts";
import { holdsInheritedName, literal } from "../text/literal.ts";

/** `schema-keys.ts`: the keys of schemas whose types have other names; `undefined` where they are all the same. */
export function schemaKeysText({ schemas }: ApiModel): string | undefined {
  const entries = schemas.flatMap(({ key, name, writableName }) =>
    [name, ...(writableName === undefined ? [] : [writableName])].flatMap((type) => (type === key ? [] : [[type, key] as const])),
  );
  if (entries.length === 0) return undefined;
  const table = Object.fromEntries(entries);
  const documentation = jsdoc([
    "The keys of schemas in the document, by the names of their types, where the two are not the same: for saying where a request breaks it.",
  ]);
  const constant = holdsInheritedName(table) ? " as const" : "";
  return `${header}\n${documentation}export const schemaKeys: { readonly [name: string]: string } = ${literal(table, { expand: true })}${constant};\n`;
}
