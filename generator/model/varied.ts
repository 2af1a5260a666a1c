import type { Vary } from "../runtime/fixtures/vary.ts";
import type { Recipe } from "./recipe.ts";
import type { SampleValue } from "./sample.ts";

/** What the emitted factory makes of a value: the same by its recipe, for another number or seed. */
export function varied(value: SampleValue, recipe: Recipe, vary: Vary): SampleValue {
  switch (recipe.kind) {
    case "fixed":
      return value;
    case "named":
      return varied(value, recipe.recipe, vary);
    case "array":
      return Array.isArray(value)
        ? value.map((item: SampleValue, index) => varied(item, recipe.items[index] ?? fixed, vary))
        : value;
    case "object":
      return Object.fromEntries(
        Object.entries(value ?? {}).map(([name, member]: [string, SampleValue]) => [
          name,
          varied(member, recipe.members.get(name) ?? fixed, vary),
        ]),
      );
    case "leaf": {
      const { method, args } = recipe.call;
      // The arguments of a call are those of its method.
      const call = vary[method] as unknown as (...all: unknown[]) => SampleValue;
      return call.apply(vary, [...args]);
    }
  }
}

const fixed: Recipe = { kind: "fixed" };
