import type { Shape } from "../operation.js";
import { alternativesOf, itemShape, propertyShape } from "./alternatives.js";
import { inside, readScalarOr, readText, type Reading, report } from "./reading.js";

/** A key and its unescaped text: `["b", "0"]` and `x` for `a[b][0]=x`. */
export interface DeepEntry {
  readonly keys: readonly string[];
  readonly text: string;
}

interface Node {
  readonly texts: string[];
  readonly children: Map<string, Node>;
}

// Deeper than any value that people write, and shallow enough for recursion.
const deepest = 64;

/** The keys in the brackets after a name: `[b][0]` has `b` and `0`; `undefined` when the text is not such. */
export function bracketKeys(text: string): readonly string[] | undefined {
  return /^(?:\[[^[\]]*\])+$/.test(text) ? text.slice(1, -1).split("][") : undefined;
}

/** Reads the style `deepObject`. Lists may be written `a[0]=x`, `a[]=x` or by repeating `a=x`. */
export function decodeDeep(entries: readonly DeepEntry[], shape: Shape, reading: Reading): unknown {
  const root: Node = { texts: [], children: new Map() };
  for (const { keys, text } of entries) {
    if (keys.length > deepest)
      return report(reading, "style", `must not be nested deeper than ${deepest} levels`);
    let node = root;
    for (const key of keys) {
      const next = node.children.get(key) ?? { texts: [], children: new Map<string, Node>() };
      node.children.set(key, next);
      node = next;
    }
    node.texts.push(text);
  }
  return readNode(root, shape, reading);
}

function readNode(node: Node, shape: Shape, reading: Reading): unknown {
  const { scalars, array, object } = alternativesOf(shape);
  const keys = [...node.children.keys()];
  if (keys.length > 0 && node.texts.length > 0)
    return report(reading, "style", "must be either a value or an object, not both");

  if (keys.length === 0) {
    const [only] = node.texts;
    if (node.texts.length === 1 && only !== undefined && array === undefined)
      return readText(only, shape, reading);
    if (array === undefined && !scalars.includes("any"))
      return report(reading, "duplicate", "must be given once");
    const list = (): unknown =>
      node.texts.map((text, index) =>
        readText(text, array === undefined ? "any" : itemShape(array, index), inside(reading, index)),
      );
    if (node.texts.length > 1 || only === undefined || scalars.length === 0) return list();
    return readScalarOr((scalar, into) => readText(only, scalar, into), scalars, reading, list);
  }
  const list =
    keys.every((key) => /^\d*$/.test(key)) &&
    (array !== undefined ? true : object === undefined && keys.every((key, index) => key === String(index)));
  if (list && (array !== undefined || scalars.includes("any"))) {
    return itemsOf(node).map((item, index) =>
      readNode(item, array === undefined ? "any" : itemShape(array, index), inside(reading, index)),
    );
  }
  if (object === undefined && !scalars.includes("any"))
    return report(reading, "type", `must be ${array === undefined ? scalars.join(" or ") : "array"}`);
  return Object.fromEntries(
    [...node.children].map(([key, child]) => [
      key,
      readNode(child, (object && propertyShape(object, key)) ?? "any", inside(reading, key)),
    ]),
  );
}

function itemsOf(node: Node): readonly Node[] {
  const numbered = [...node.children].filter(([key]) => key !== "").sort(([a], [b]) => Number(a) - Number(b));
  const appended = node.children.get("");
  const texts = appended?.texts.map((text): Node => ({ texts: [text], children: new Map() })) ?? [];
  return [
    ...numbered.map(([, child]) => child),
    ...texts,
    ...(appended !== undefined && appended.children.size > 0
      ? [{ texts: [], children: appended.children }]
      : []),
  ];
}
