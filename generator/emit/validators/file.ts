import type { Schema } from "../../openapi/shapes.ts";
import { header } from "../text/header.ts";
import { choice, concat, group, hardline, indent, join, line, print, softline, type Layout } from "../text/layout.ts";

/** The modules of `runtime/validation/` that compiled validators call, with what each exports. */
const exportsOf = {
  always: ["always", "never"],
  arrays: ["contains", "item", "items", "maxItems", "minItems", "unevaluatedItems", "uniqueItems"],
  equal: ["equal", "isAmong", "isObject", "own"],
  linear: ["linear", "upTo"],
  members: ["membersOf", "optional", "present", "needed"],
  numbers: ["exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf", "numberFormat"],
  objects: [
    "additionalProperties",
    "dependentRequired",
    "dependentSchemas",
    "everyProperty",
    "maxProperties",
    "minProperties",
    "patternProperties",
    "property",
    "propertyNames",
    "required",
    "unevaluatedProperties",
  ],
  report: ["refuse"],
  strings: ["format", "maxLength", "minLength", "pattern"],
  unions: ["also", "anyOf", "conditional", "not", "oneOf"],
} as const;

type RuntimeModule = keyof typeof exportsOf;
type ImportedModule = RuntimeModule | "validator" | "operation-validators";
/** A function that compiled validators call. */
export type RuntimeName = (typeof exportsOf)[RuntimeModule][number];

const moduleOf = new Map<string, RuntimeModule>(
  Object.entries(exportsOf).flatMap(([module, names]) =>
    names.map((name): [string, RuntimeModule] => [name, module as RuntimeModule]),
  ),
);

/** A file of compiled validators while it is made: what it imports, declares and holds, each once. */
export class ValidatorFile {
  /** What has been compiled already: schema and context to the name of its function. */
  readonly compiled = new Map<Schema, Map<string, string | undefined>>();
  /** The functions that are named for what they check, by all that makes them different. */
  readonly leaves = new Map<string, string>();
  /** The functions of helpers that check a value, by their bodies. */
  readonly bodies = new Map<string, string>();
  readonly #imports = new Map<ImportedModule, Set<string>>();
  readonly #containers = new Map<string, string>();
  readonly #aliases = new Map<string, string>();
  // What a helper may not be called; exports are kept apart, since what is imported yields to them.
  readonly #names = new Set<string>([
    ...moduleOf.keys(),
    "Matcher",
    "Path",
    "Problem",
    "Validator",
    "Discriminator",
    "MemberTraits",
    "OperationValidators",
    "members",
    "validators",
  ]);
  readonly #exports = new Set<string>();
  readonly #functions = new Map<string, string>();
  readonly #constants = new Map<string, string>();
  readonly #blocks: { readonly name: string | undefined; text: string }[] = [];

  /** Keeps a name for what the file exports. */
  export(name: string): void {
    this.#names.add(name);
    this.#exports.add(name);
  }

  /** Imports a function of the runtime, and names it; under another name when the file exports something called so. */
  use(name: RuntimeName): string {
    const known = this.#aliases.get(name) ?? (this.#exports.has(name) ? this.name(`${name}_`) : name);
    this.#aliases.set(name, known);
    this.#import(moduleOf.get(name) ?? "objects", known === name ? name : `${name} as ${known}`);
    return known;
  }

  useType(name: "Matcher" | "Path" | "Problem" | "Validator"): string {
    return this.#import("validator", name);
  }

  useOperationValidators(): string {
    return this.#import("operation-validators", "OperationValidators");
  }

  useMemberTraits(): string {
    return this.#import("operation-validators", "MemberTraits");
  }

  /** Imports a module as a whole, and names it. */
  useAll(wish: string, from: string): string {
    const known = this.#containers.get(from) ?? (this.#exports.has(wish) ? this.name(`${wish}_`) : wish);
    this.#containers.set(from, known);
    return known;
  }

  useDiscriminator(): string {
    this.#import("unions", "type Discriminator");
    return "Discriminator";
  }

  /** A name that nothing else in the file has: the wish, or the wish with a number. */
  name(wish: string): string {
    let name = wish;
    for (let count = 2; this.#names.has(name); count++) name = `${wish}${count}`;
    this.#names.add(name);
    return name;
  }

  /** Gives back a name for which there is no use. */
  release(name: string): void {
    this.#names.delete(name);
  }

  /** Keeps a place for the block of a helper, or of an export without a name, so that exports stand above their helpers. */
  reserve(helper?: string): (text: string) => void {
    const block = { name: helper, text: "" };
    this.#blocks.push(block);
    return (text) => {
      block.text = text;
    };
  }

  /** Declares a constant, or names the one that is there with the same type and value. */
  constant(wish: string, type: string, value: Layout): string {
    const key = `${type} = ${print(value)}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.name(wish);
    this.#constants.set(key, name);
    this.reserve(name)(`${print(concat(`const ${name}: ${type} = `, value, ";"))}\n`);
    return name;
  }

  /** Declares a function, or names the one that is there with the same parameters and body. */
  function(wish: string, parameters: readonly string[], body: Layout): string {
    const text = bodyText([body]);
    const key = [...parameters, text].join("\n");
    const known = this.#functions.get(key);
    if (known !== undefined) return known;
    const name = this.name(wish);
    this.#functions.set(key, name);
    this.reserve(name)(functionText({ name, parameters }, text));
    return name;
  }

  /** The text of the file: what is exported, and of helpers and imports those that are used. */
  print(): string {
    const { blocks, words } = reachable(this.#blocks);
    const isUsed = (name: string): boolean => words.has(name.split(" ").at(-1) ?? name);
    const own = [...this.#imports]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([module, all]): string => {
        const names = [...all].filter(isUsed);
        return names.length === 0
          ? ""
          : importLine(names, `./runtime/validation/${module}.js`, !Object.hasOwn(exportsOf, module));
      });
    const containers = [...this.#containers].map(([from, name]) => `import * as ${name} from "${from}";\n`);
    const imports = [...own, ...containers].join("");
    return [header, imports === "" ? "export {};\n" : imports, ...blocks].filter((text) => text !== "").join("\n");
  }

  #import(module: ImportedModule, name: string): string {
    const names = this.#imports.get(module);
    if (names === undefined) this.#imports.set(module, new Set([name]));
    else names.add(name);
    return name;
  }
}

/** The blocks that exports lead to, in their order, and the words in them. */
function reachable(blocks: readonly { readonly name: string | undefined; readonly text: string }[]): {
  readonly blocks: readonly string[];
  readonly words: ReadonlySet<string>;
} {
  const helpers = new Map(blocks.flatMap((block) => (block.name === undefined ? [] : [[block.name, block] as const])));
  const kept = new Set(blocks.filter((block) => block.name === undefined));
  const words = new Set<string>();
  // The set grows while it is walked: what a helper uses is kept too.
  for (const block of kept) {
    for (const word of block.text.match(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[$\w\u0080-\uffff]+/g) ?? []) {
      if (words.has(word)) continue;
      words.add(word);
      const helper = helpers.get(word);
      if (helper !== undefined) kept.add(helper);
    }
  }
  return { blocks: blocks.filter((block) => kept.has(block)).map((block) => block.text), words };
}

function importLine(names: readonly string[], from: string, typesOnly: boolean): string {
  const bare = (name: string): string => name.replace("type ", "");
  const sorted = names.toSorted((a, b) => (bare(a).toLowerCase() < bare(b).toLowerCase() ? -1 : 1));
  const list = concat("{", indent(concat(line, join(concat(",", line), sorted))), trailingComma, line, "}");
  return `${print(concat(`import ${typesOnly ? "type " : ""}`, group(list), ` from "${from}";`))}\n`;
}

/** A comma where the list around it is broken. */
const trailingComma = choice(",");

/** A call, with one argument a line when they do not fit. */
export function call(name: string, args: readonly Layout[]): Layout {
  return group(concat(`${name}(`, indent(concat(softline, join(concat(",", line), args))), trailingComma, softline, ")"));
}

/** A list of expressions. */
export function list(items: readonly Layout[]): Layout {
  return group(concat("[", indent(concat(softline, join(concat(",", line), items))), trailingComma, softline, "]"));
}

/** `return a && b;`, in parentheses with one operand a line when it does not fit. */
export function returnOf(operator: "&&" | "||", operands: readonly Layout[]): Layout {
  const [only, ...others] = operands;
  if (only !== undefined && others.length === 0) return concat("return ", only, ";");
  const chain = group(join(concat(` ${operator}`, line), operands));
  // Prettier lets the second of two follow a first that is broken.
  const inner =
    operands.length === 2 && typeof only === "object" && only.kind === "group"
      ? concat(only ?? "", " ", group(concat(operator, line, operands[1] ?? "")))
      : chain;
  const open = choice("(");
  const close = choice(")");
  return group(concat("return ", open, indent(concat(softline, inner)), softline, close, ";"));
}

/** The statements of a function, each on lines of its own. */
export function bodyText(statements: readonly Layout[]): string {
  return print(indent(concat(...statements.map((statement) => concat(hardline, statement)))));
}

/** A function with its statements, which are printed. */
export function functionText(
  head: { readonly exported?: boolean; readonly name: string; readonly parameters: readonly string[] },
  body: string,
): string {
  const parameters = group(
    concat("(", indent(concat(softline, join(concat(",", line), head.parameters))), trailingComma, softline, ")"),
  );
  const start = `${head.exported === true ? "export " : ""}function ${head.name}`;
  return `${print(concat(start, parameters, ": boolean {"))}${body}\n}\n`;
}
