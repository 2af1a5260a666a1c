import type { ApiModel } from "../../model/api-model.ts";
import { codedSchemas, isExact, planOf, type CodecPlan } from "../../model/codecs.ts";
import { patternOf } from "../../model/validate/pattern.ts";
import { remedyFor } from "../../model/validate/regex-cost.ts";
import { header } from "../text/header.ts";
import { concat, group, hardline, indent, lineWidth, print } from "../text/layout.ts";
import { Expression, literalLayout, type Literal } from "../text/literal.ts";
import { regexLiteral } from "../text/regex.ts";

/** `codecs.ts`: between the values that programs have and their wire forms, for each schema and message that holds a chosen format. */
export class CodecsFile {
  readonly #model: ApiModel;
  readonly #names: Set<string>;
  readonly #own = new Map<string, { readonly name: string; readonly plan: CodecPlan }>();
  readonly #passedOn = new Map<string, string>();

  constructor(model: ApiModel) {
    this.#model = model;
    this.#names = new Set(["codec", "linear", "types", "runtime", "exactJson", ...model.schemas.map(({ name }) => name)]);
  }

  /** The expression for a plan in a descriptor; `wish` names the codec if it is none of a schema's. */
  use(plan: CodecPlan, wish: string): Expression {
    if (plan.kind === "reference") return new Expression(`codecs.${plan.schema.name}`);
    if (plan.kind === "format") {
      this.#passedOn.set(plan.choice.codec, plan.choice.module);
      return new Expression(`codecs.${plan.choice.codec}`);
    }
    const key = print(literalLayout(literalOf(plan)));
    const known = this.#own.get(key) ?? { name: this.#name(wish), plan };
    this.#own.set(key, known);
    return new Expression(`codecs.${known.name}`);
  }

  /** The expression for JSON that is read and written exactly, where a plan needs that. */
  exactJson(plan: CodecPlan): Expression | undefined {
    if (!isExact(this.#model, plan)) return undefined;
    this.#passedOn.set("exactJson", "integers");
    return new Expression("codecs.exactJson");
  }

  /** The modules of generator/runtime/ that the file imports, and what those import. */
  modules(): readonly string[] {
    const leaves = new Set([...this.#choices().values(), ...this.#passedOn.values()]);
    return [
      ...["apply", "codec", "case-test", "exact", "wire-type", ...leaves].map((name) => `formats/${name}.ts`),
      "validation/validator.ts",
      ...(this.#hasLinear() ? ["validation/linear.ts", "validation/regex.ts"] : []),
      "wire/errors.ts",
      ...(leaves.has("dates") ? ["validation/formats/date-time.ts"] : []),
      ...(leaves.has("bytes") ? ["validation/formats/text.ts"] : []),
    ];
  }

  print(): string {
    const schemas = [...codedSchemas(this.#model)].map((schema) => ({
      name: schema.name,
      plan: planOf(this.#model, schema.schema),
    }));
    const order = new Map(this.#model.schemas.map(({ name }, index) => [name, index]));
    schemas.sort((one, other) => (order.get(one.name) ?? 0) - (order.get(other.name) ?? 0));
    const blocks = [
      ...schemas.map(({ name, plan }) => declaration(name, `runtime.Codec<types.${name}>`, plan)),
      ...[...this.#own.values()].map(({ name, plan }) => declaration(name, "runtime.Codec", plan)),
    ];
    const imports = byModule(this.#choices()).map(
      ([module, names]) => `import { ${names.join(", ")} } from "./runtime/formats/${module}.js";\n`,
    );
    const exports = byModule(this.#passedOn).map(
      ([module, names]) => `export { ${names.join(", ")} } from "./runtime/formats/${module}.js";\n`,
    );
    const start = [
      ...(blocks.length === 0 ? [] : ['import { codec } from "./runtime/formats/codec.js";\n', ...imports]),
      ...(this.#hasLinear() ? ['import { linear } from "./runtime/validation/linear.js";\n'] : []),
      ...(blocks.length === 0 ? [] : ['import type * as runtime from "./runtime/operation.js";\n']),
      ...(schemas.length === 0 ? [] : ['import type * as types from "./types.js";\n']),
    ].join("");
    const parts = [header, start, exports.join(""), ...blocks].filter((text) => text !== "");
    return parts.length === 1 ? `${header}\nexport {};\n` : parts.join("\n");
  }

  /** The codecs of formats that stand in declarations, with their modules. */
  #choices(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const plan of this.#declared())
      walk(plan, (one) => {
        if (one.kind === "format") found.set(one.choice.codec, one.choice.module);
      });
    return found;
  }

  /** Whether some names are matched in linear time. */
  #hasLinear(): boolean {
    let found = false;
    for (const plan of this.#declared())
      walk(plan, (one) => {
        found ||= one.kind === "object" && one.patterns.some(([pattern]) => isLinear(pattern));
      });
    return found;
  }

  /** The plans that are declared in the file. */
  #declared(): (CodecPlan | undefined)[] {
    const named = [...codedSchemas(this.#model)].map((schema) => planOf(this.#model, schema.schema));
    return [...named, ...[...this.#own.values()].map(({ plan }) => plan)];
  }

  #name(wish: string): string {
    let name = wish;
    for (let count = 2; this.#names.has(name); count++) name = `${wish}${count}`;
    this.#names.add(name);
    return name;
  }
}

function declaration(name: string, type: string, plan: CodecPlan | undefined): string {
  const start = `export const ${name}: ${type} =`;
  const value = concat("codec(", literalLayout(plan === undefined ? { all: [] } : literalOf(plan)), ");");
  // As prettier has it: the call goes to a line of its own where its opening does not fit.
  const apart = `${start} codec({`.length > lineWidth;
  return `${print(apart ? concat(start, indent(concat(hardline, value))) : concat(`${start} `, group(value)))}\n`;
}

/** A plan as it is written down. */
function literalOf(plan: CodecPlan): Literal {
  switch (plan.kind) {
    case "format":
      return new Expression(plan.choice.codec);
    case "reference":
      return new Expression(`() => ${plan.schema.name}`);
    case "object":
      return {
        ...(plan.properties.length === 0
          ? {}
          : { properties: Object.fromEntries(plan.properties.map(([name, one]) => [name, literalOf(one)])) }),
        ...(plan.patterns.length === 0
          ? {}
          : { patterns: plan.patterns.map(([pattern, one]) => [matcherOf(pattern), literalOf(one)]) }),
        ...(plan.rest === undefined ? {} : { rest: literalOf(plan.rest) }),
        ...(plan.except.length === 0 ? {} : { except: plan.except }),
      };
    case "array":
      return {
        items: plan.items === undefined ? null : literalOf(plan.items),
        ...(plan.prefix.length === 0 ? {} : { prefix: plan.prefix.map((one) => (one === undefined ? null : literalOf(one))) }),
      };
    case "all":
      return { all: plan.of.map(literalOf) };
    default:
      return {
        [plan.kind]: plan.cases.map(({ test, plan: one }) => ({
          // A test is plain data, made of names, lists and constants only.
          test: test as Literal,
          ...(one === undefined ? {} : { plan: literalOf(one) }),
        })),
      };
  }
}

/** A regular expression for names, in linear time where backtracking could take long. */
function matcherOf(pattern: string): Expression {
  const expression = regexLiteral(pattern) ?? "/(?:)/u";
  return new Expression(isLinear(pattern) ? `linear(${expression})` : expression);
}

function isLinear(pattern: string): boolean {
  const regex = patternOf(pattern);
  return regex !== undefined && remedyFor(regex) === "linearly";
}

/** A plan and all that are in it, references apart. */
function walk(plan: CodecPlan | undefined, visit: (plan: CodecPlan) => void): void {
  if (plan === undefined) return;
  visit(plan);
  for (const inner of partsOf(plan)) walk(inner, visit);
}

function partsOf(plan: CodecPlan): readonly (CodecPlan | undefined)[] {
  switch (plan.kind) {
    case "object":
      return [...[...plan.properties, ...plan.patterns].map(([, one]) => one), plan.rest];
    case "array":
      return [plan.items, ...plan.prefix];
    case "all":
      return plan.of;
    case "oneOf":
    case "anyOf":
      return plan.cases.map((one) => one.plan);
    default:
      return [];
  }
}

function byModule(names: ReadonlyMap<string, string>): (readonly [module: string, names: readonly string[]])[] {
  const modules = [...new Set(names.values())].sort();
  return modules.map(
    (module) =>
      [
        module,
        [...names]
          .filter(([, its]) => its === module)
          .map(([name]) => name)
          .sort(),
      ] as const,
  );
}
