import { describe, expect, test } from "vitest";
import type { Direction } from "../../generator/model/api-model.ts";
import { isObject, judgeOf, readContract } from "./contract.ts";

interface Example {
  readonly at: string;
  readonly direction: Direction;
  readonly schema: unknown;
  readonly value: unknown;
}

const root = await readContract();
const judges = { request: judgeOf(root, "request"), response: judgeOf(root, "response") };
const examples = [...examplesIn(root.paths, "#/paths", "request"), ...examplesIn(root.components, "#/components", "response")];

describe("the examples of the contract", () => {
  test("are many, and every operation has some", () => {
    expect(examples.length).toBeGreaterThan(150);
    for (const template of Object.keys(root.paths ?? {})) expect(examples.filter(({ at }) => at.startsWith(`#/paths/${template}/`)).length, template).toBeGreaterThan(5);
  });

  test("are valid by Ajv, all of them", () => {
    const wrong = examples.flatMap(({ at, direction, schema, value }) => {
      const found = judges[direction](schema, value);
      return found === undefined ? [] : [`${at}: ${found}`];
    });
    expect(wrong).toEqual([]);
  });

  test("are looked at by a judge that can say no", () => {
    expect(judges.response({ $ref: "#/components/schemas/QueryStatus" }, { id: 7 })).toMatch(/team_id.*must be string/);
    expect(judges.response({ $ref: "#/components/schemas/SharingConfiguration" }, {})).toMatch(/created_at/);
    expect(judges.request({ $ref: "#/components/schemas/SharingConfiguration" }, {})).toBeUndefined();
    expect(judges.response({ type: "string", format: "date-time" }, "yesterday")).toMatch(/date-time/);
  });
});

/** Every example below a node, with the schema that stands beside it; what stands in a response is a response's. */
function examplesIn(node: unknown, at: string, direction: Direction): Example[] {
  if (Array.isArray(node)) return node.flatMap((item, index) => examplesIn(item, `${at}/${index}`, direction));
  if (!isObject(node)) return [];
  const { examples, schema, content } = node;
  const here = exampleValues(examples).map((value, index) => {
    const first = isObject(content) ? Object.values(content)[0] : undefined;
    const beside = schema ?? (isObject(first) ? first["schema"] : undefined) ?? node;
    return { at: `${at}/examples/${index}`, direction, schema: beside, value };
  });
  const further = Object.entries(node)
    .filter(([name]) => !["examples", "example", "default", "enum", "const"].includes(name) || at.endsWith("/properties"))
    .flatMap(([name, value]) => examplesIn(value, `${at}/${name}`, name === "responses" ? "response" : direction));
  return [...here, ...further];
}

// Schemas have a list of values, all others a map of Example Objects.
function exampleValues(examples: unknown): unknown[] {
  if (Array.isArray(examples)) return examples;
  return isObject(examples) ? Object.values(examples).map((example) => (isObject(example) ? example["value"] : undefined)) : [];
}
