import type { Location } from "../../diagnostics/location.ts";
import { absentProperties } from "../../model/direction.ts";
import type { ApiModel, Direction, NamedSchema } from "../../model/api-model.ts";
import { isPureReference, referenced } from "../../model/walk.ts";
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { concat, group, indent, line, softline, type Layout } from "../text/layout.ts";
import { checksOf, type Checks } from "./checks.ts";
import { bodyText, call, functionText, returnOf, type ValidatorFile } from "./file.ts";
import { leafOf, type Leaf } from "./leaf.ts";
import { hasSides, reachesInPlace, requiresInPlace } from "./in-place.ts";

/** What compiling needs at hand. */
export interface Compiler {
  readonly model: ApiModel;
  readonly file: ValidatorFile;
  /** Whether `format` is an assertion. */
  readonly formats: boolean;
  /** The expression that names the validator of a named schema. */
  named(schema: NamedSchema, direction: Direction): string;
  /** Told of a `pattern` that is no regular expression, and where it stands if that is known. */
  brokenPattern(pattern: string, at?: Location): void;
}

/** Where a schema stands. */
export interface Site {
  /** In capitals, what its function is to be called after: `PetTags`. */
  readonly name: string;
  readonly direction: Direction;
  /** Properties that a schema around this one, for the same value, declares absent on this side. */
  readonly absent: ReadonlySet<string>;
  /** The schemas around this one for the same value: to enter one again would never end. */
  readonly within: ReadonlySet<Schema>;
}

/** A site of its own: no schema around speaks of the same value. */
export function siteOf(name: string, direction: Direction): Site {
  return { name, direction, absent: nothing, within: nothing };
}

/** The expression that names the validator of a schema; `undefined` when every value is right. */
export function validatorOf(compiler: Compiler, schema: Schema, site: Site): string | undefined {
  if (schema === true || (schema !== false && site.within.has(schema))) return undefined;
  if (schema === false) return compiler.file.use("never");
  const target = referenced(compiler.model, schema);
  if (target !== undefined && isPureReference(schema)) return referenceTo(compiler, target, site);
  // Both sides share what is the same for them.
  const differs = hasSides(compiler.model, schema) || requiresInPlace(compiler.model, schema, site.absent);
  const side: Site = differs ? site : { ...site, direction: "response", absent: nothing };
  return remembered(compiler, schema, side, () => compileLocal(compiler, schema, side));
}

/** The validator of a named schema, or a copy of its own where the schemas around the reference change what it means. */
export function referenceTo(compiler: Compiler, target: NamedSchema, site: Site): string | undefined {
  if (site.within.has(target.schema)) return undefined;
  const own = absentProperties(compiler.model, target.schema, site.direction);
  const absent = new Set([...site.absent].filter((name) => !own.has(name)));
  const differs =
    requiresInPlace(compiler.model, target.schema, absent) || reachesInPlace(compiler.model, target.schema, site.within);
  return differs
    ? remembered(compiler, target.schema, site, () => compileLocal(compiler, target.schema, site))
    : compiler.named(target, site.direction);
}

/** Writes the exported validator of a named schema. */
export function compileNamed(compiler: Compiler, schema: NamedSchema, name: string, direction: Direction): void {
  const block = compiler.file.reserve();
  const site = siteOf(name.replace(/^validate/, ""), direction);
  const checks = checksOfAny(compiler, schema.schema, site);
  const side = schema.writableName === undefined ? "" : `, as a ${direction} holds it`;
  const comment = `/** Checks against \`${schema.name}\`${side}. */\n`;
  block(comment + functionOf(compiler, name, checks, true, bodyOf(compiler, checks)));
}

/** The property names that are absent at a place, from around it and from the schema itself. */
export function absentHere(compiler: Compiler, schema: Schema, site: Site): ReadonlySet<string> {
  const own = absentProperties(compiler.model, schema, site.direction);
  return site.absent.size === 0 ? own : new Set([...site.absent, ...own]);
}

const nothing: ReadonlySet<never> = new Set();

function compileLocal(compiler: Compiler, schema: Schema, site: Site): string | undefined {
  if (typeof schema === "boolean") return validatorOf(compiler, schema, site);
  const isAlone = site.within.size === 0 && site.absent.size === 0;
  const leaf = leafOf(schema, (reference) => validatorOf(compiler, reference, siteOf("", site.direction)), isAlone);
  if (leaf !== undefined) return compileLeaf(compiler, schema, leaf, site);
  const name = compiler.file.name(`check${site.name}`);
  const block = compiler.file.reserve(name);
  const checks = checksOf(compiler, schema, site);
  if (checks === undefined) return undefined;
  const body = bodyOf(compiler, checks);
  const known = compiler.file.bodies.get(body);
  if (known === undefined) {
    compiler.file.bodies.set(body, name);
    block(functionOf(compiler, name, checks, false, body));
    return name;
  }
  // What documents write again, at another place and with other words about it, is checked by one function.
  compiler.file.release(name);
  return known;
}

/** A schema that is named for what it says is written once. */
function compileLeaf(compiler: Compiler, schema: SchemaObject, leaf: Leaf, site: Site): string | undefined {
  const wish = `check${leaf.name}`;
  const key = `${wish} ${leaf.key}`;
  const known = compiler.file.leaves.get(key);
  if (known !== undefined) return known;
  const checks = checksOf(compiler, schema, { ...site, name: leaf.name });
  if (checks === undefined) return undefined;
  const name = compiler.file.name(wish);
  compiler.file.leaves.set(key, name);
  const body = bodyOf(compiler, checks);
  if (!compiler.file.bodies.has(body)) compiler.file.bodies.set(body, name);
  compiler.file.reserve(name)(functionOf(compiler, name, checks, false, body));
  return name;
}

// A schema that leads back to where it stands is cut there, so its function is good for that place alone.
function remembered(compiler: Compiler, schema: Schema, site: Site, compile: () => string | undefined): string | undefined {
  if (reachesInPlace(compiler.model, schema, site.within)) return compile();
  const known = compiler.file.compiled.get(schema) ?? new Map<string, string | undefined>();
  compiler.file.compiled.set(schema, known);
  const key = JSON.stringify([site.direction, ...[...site.absent].sort()]);
  if (!known.has(key)) known.set(key, compile());
  return known.get(key);
}

function checksOfAny(compiler: Compiler, schema: Schema, site: Site): Checks | undefined {
  if (schema === true) return undefined;
  if (schema === false) return { guards: [], checks: [], only: call(compiler.file.use("never"), ["value", "problems", "path"]) };
  return checksOf(compiler, schema, site);
}

function functionOf(compiler: Compiler, name: string, checks: Checks | undefined, exported: boolean, body: string): string {
  const { file } = compiler;
  const unused = checks === undefined ? "_" : "";
  const parameters = [
    `${unused}value: unknown`,
    `${unused}problems: ${file.useType("Problem")}[] | null`,
    `${unused}path: ${file.useType("Path")} | null`,
  ];
  return functionText({ exported, name, parameters }, body);
}

function bodyOf(compiler: Compiler, checks: Checks | undefined): string {
  return bodyText(checks === undefined ? ["return true;"] : statementsOf(compiler, checks));
}

function statementsOf(compiler: Compiler, { guards, checks, only, membersOrElse }: Checks): Layout[] {
  if (only !== undefined) return [concat("return ", only, ";")];
  const refusal = ({ problem }: Pick<Checks["guards"][number], "problem">): Layout =>
    call(compiler.file.use("refuse"), ["problems", "path", ...problem]);
  const last = guards.at(-1);
  if (checks.length === 0 && last !== undefined) {
    return [
      ...guards.slice(0, -1).map((guard) => ifWrong(guard.wrong, refusal(guard))),
      returnOf("||", [...last.right, refusal(last)]),
    ];
  }
  const members =
    membersOrElse === undefined
      ? []
      : [
          concat("const members = ", call(compiler.file.use("membersOf"), ["value"]), ";"),
          ifWrong(["members === undefined"], refusal({ problem: membersOrElse })),
        ];
  return [
    ...guards.map((guard) => ifWrong(guard.wrong, refusal(guard))),
    ...members,
    "const before = problems?.length;",
    returnOf("&&", [...checks, "problems?.length === before"]),
  ];
}

function ifWrong(wrong: readonly Layout[], refusal: Layout): Layout {
  const condition = wrong.flatMap((operand, index) => (index === 0 ? [operand] : [" &&", line, operand]));
  return group(
    concat(
      "if (",
      group(concat(indent(concat(softline, ...condition)), softline)),
      ")",
      indent(concat(line, "return ", refusal, ";")),
    ),
  );
}
