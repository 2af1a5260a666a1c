import { typeIdentifier } from "../../model/names.ts";
import type { SchemaObject } from "../../openapi/shapes.ts";
import type { Layout } from "../text/layout.ts";
import { stringLiteral } from "../text/literal.ts";
import type { Compiler, Site } from "./compile.ts";
import { isDeclared, printCondition } from "./evaluated.ts";
import { call } from "./file.ts";
import { check, limit, memberOf, patternConstant } from "./keywords.ts";

/** What bears on objects. Where nothing else has come so far, each member is looked up once, in `members`. */
export function objectChecks(
  compiler: Compiler,
  schema: SchemaObject,
  site: Site,
  onlyObjects: boolean,
): { readonly checks: readonly Layout[]; readonly readsMembers: boolean } {
  const checks: Layout[] = [];
  if (schema.minProperties !== undefined && schema.minProperties > 0)
    checks.push(limit(compiler, "minProperties", schema.minProperties));
  if (schema.maxProperties !== undefined) checks.push(limit(compiler, "maxProperties", schema.maxProperties));
  const required = new Set(schema.required?.filter((name) => !site.absent.has(name)));
  const properties = new Map(
    Object.entries(schema.properties ?? {}).flatMap(([name, property]): [string, string][] => {
      const validator = memberOf(compiler, property, site, typeIdentifier(name));
      return validator === undefined ? [] : [[name, validator]];
    }),
  );
  for (const name of required) {
    if (!onlyObjects) checks.push(check(compiler, "required", stringLiteral(name)));
    else if (!properties.has(name)) checks.push(memberCheck(compiler, "present", name));
  }
  for (const [name, needed] of Object.entries(schema.dependentRequired ?? {})) {
    for (const other of needed) {
      if (!site.absent.has(other)) checks.push(check(compiler, "dependentRequired", stringLiteral(name), stringLiteral(other)));
    }
  }
  if (schema.propertyNames !== undefined) {
    const validator = memberOf(compiler, schema.propertyNames, site, "PropertyName");
    if (validator !== undefined) checks.push(check(compiler, "propertyNames", validator));
  }
  for (const [name, validator] of properties) {
    if (!onlyObjects) checks.push(check(compiler, "property", stringLiteral(name), validator));
    else checks.push(memberCheck(compiler, required.has(name) ? "needed" : "optional", name, validator));
  }
  for (const [pattern, property] of Object.entries(schema.patternProperties ?? {})) {
    const validator = memberOf(compiler, property, site, "Match");
    const expression = validator === undefined ? undefined : patternConstant(compiler, pattern, site);
    if (validator !== undefined && expression !== undefined)
      checks.push(check(compiler, "patternProperties", expression, validator));
  }
  checks.push(...additionalChecks(compiler, schema, site));
  return { checks, readsMembers: onlyObjects && required.size + properties.size > 0 };
}

function memberCheck(
  compiler: Compiler,
  name: "needed" | "optional" | "present",
  key: string,
  ...args: readonly string[]
): Layout {
  const literal = stringLiteral(key);
  // What every object inherits is no member.
  const member = key in Object.prototype ? call(compiler.file.use("own"), ["members", literal]) : `members[${literal}]`;
  return call(compiler.file.use(name), [member, literal, ...args, "problems", "path"]);
}

function additionalChecks(compiler: Compiler, schema: SchemaObject, site: Site): Layout[] {
  const { additionalProperties: additional } = schema;
  if (additional === undefined) return [];
  const validator = additional === false ? "false" : memberOf(compiler, additional, site, "Value");
  if (validator === undefined) return [];
  const declared = isDeclared(compiler, schema, site);
  if (declared === false) return [check(compiler, "everyProperty", validator)];
  const name = compiler.file.function(`isDeclaredIn${site.name}`, ["key: string"], printCondition(declared).layout);
  return [check(compiler, "additionalProperties", name, validator)];
}
