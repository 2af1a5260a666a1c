import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import { buildModel } from "../../generator/model/build.ts";
import { validate } from "../../generator/model/validate.ts";
import { readFiles } from "../support/read.ts";

// Resources that refer to one another by identifier, pointer, anchor and dynamic anchor, in a file of their own or as a component;
// Ajv, which follows dynamic references when it validates, is the judge of what we make of them when we read.

type Plain = Readonly<Record<string, unknown>>;
const home = "https://example.com/";
const count = 4;
/** The dynamic anchor of each resource. */
type Anchors = readonly (string | undefined)[];

/**
 * A reference from a resource to any, for places where the value has become smaller. Ajv knows dynamic anchors of whole resources
 * alone, and takes a `$dynamicRef` to anything else for nothing; so none is written here.
 */
function reference(own: number, anchors: Anchors): fc.Arbitrary<Plain> {
  const any = fc.nat(count - 1);
  const name = anchors[own];
  const named = anchors.flatMap((anchor, to) => (anchor === undefined ? [] : [{ $ref: `r${to}#${anchor}` }]));
  return fc.oneof(
    ...(name === undefined ? [] : [{ weight: 4, arbitrary: fc.constant({ $dynamicRef: `#${name}` }) }]),
    ...(named.length === 0 ? [] : [fc.constantFrom(...named)]),
    any.map((to) => ({ $ref: `${home}r${to}` })),
    any.map((to) => ({ $ref: `r${to}#plain` })),
    fc.constantFrom("#", "#plain", "#/$defs/plain").map(($ref) => ({ $ref })),
  );
}

const leaf: fc.Arbitrary<Plain> = fc.constantFrom(
  { type: "string" },
  { type: "integer" },
  { type: ["array", "object"] },
  { maxItems: 1 },
  { required: ["a"] },
  {},
);

/** The resource with a number: in place it refers to later ones alone, so that no check is endless. */
function resource(own: number, anchors: Anchors): fc.Arbitrary<Plain> {
  const inner = reference(own, anchors);
  const later = fc.integer({ min: Math.min(own + 1, count - 1), max: count - 1 });
  const body = fc.record({ items: inner, properties: fc.record({ a: inner, b: fc.oneof(leaf, inner) }) }, { requiredKeys: [] });
  return fc.tuple(leaf, body, fc.option(later), inner).map(([simple, said, next, items]) => ({
    $id: `r${own}`,
    ...(anchors[own] === undefined ? {} : { $dynamicAnchor: anchors[own] }),
    ...simple,
    ...said,
    ...(next === null || own === count - 1 ? {} : { $ref: `r${next}` }),
    $defs: { plain: { $anchor: "plain", minItems: 1, items } },
  }));
}

const root: fc.Arbitrary<Plain> = fc
  .array(fc.constantFrom("s", "t", undefined), { minLength: count, maxLength: count })
  .chain((anchors) => fc.tuple(...anchors.map((_, own) => resource(own, anchors))))
  .map((all) => ({ $id: `${home}root`, $ref: "r0", $defs: Object.fromEntries(all.map((one, own) => [`R${own}`, one])) }));

const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, 1, "x"),
    fc.array(tie("any"), { maxLength: 2 }),
    fc.record({ a: tie("any"), b: tie("any") }, { requiredKeys: [], noNullPrototype: true }),
  ),
})).any;

test("identifiers, anchors and dynamic references mean what Ajv says they mean", async () => {
  const ajv = new Ajv2020({ strict: false, logger: false });
  await fc.assert(
    fc.asyncProperty(root, fc.boolean(), fc.array(values, { minLength: 4, maxLength: 8 }), async (schema, apart, instances) => {
      ajv.removeSchema(/^https:\/\/example\.com/);
      const judge = ajv.compile(structuredClone(schema));
      const info = { title: "Test", version: "1" };
      const Root = apart ? { $ref: "root.json" } : schema;
      const { document, problems } = await readFiles({
        "spec.json": { openapi: "3.1.0", info, paths: {}, components: { schemas: { Root } } },
        ...(apart ? { "root.json": schema } : {}),
      });
      expect(problems).toEqual([]);
      if (document === undefined) throw new Error("The document was not read.");
      const model = buildModel(document, new Diagnostics());
      const subject = model.schemas.find(({ key }) => key === "Root")?.schema ?? false;
      for (const instance of instances)
        expect(validate(model, subject, instance).length === 0, JSON.stringify({ schema, instance })).toBe(judge(instance));
    }),
    { numRuns: 100 },
  );
});
