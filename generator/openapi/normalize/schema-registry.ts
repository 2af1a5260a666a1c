import { child, pointerKeys, splitLocation, type Location } from "../../diagnostics/location.ts";
import type { Schema } from "../shapes.ts";
import { entered, isObject, members, put, type Node } from "../node.ts";
import { made, maxHops, reportLongChain, type Context } from "./context.ts";
import { componentKindOf, kindNames } from "./component-kind.ts";
import { dynamicTarget, meaningsOf, unscoped, withScope, type Meaning } from "./dynamic-scope.ts";
import { nameFrom, type PlaceName } from "./schema-name.ts";

/**
 * Gives every schema that is referred to one key under `components.schemas`, wherever it stands. Its key is the one that
 * the entry gives it (`Pet: { $ref: ./pet.yaml }` makes the file `Pet`), or else is made from its place. A schema whose dynamic
 * references lead elsewhere, seen from different places, has a key for each of its meanings.
 */
export interface SchemaRegistry {
  /** The key of the schema that a reference leads to; `undefined` after a report when it leads nowhere. */
  keyOf(reference: string, from: Node, at?: Location): string | undefined;
  /** The same for a `$dynamicRef`. */
  keyOfDynamic(reference: string, from: Node): string | undefined;
  /** The key of a schema in the entry's own `components.schemas`. */
  has(key: string): boolean;
  /** Reads every schema: the entry's in their order, then the others in the order in which they were first referred to. */
  readAll(read: (node: Node, context: Context) => Schema, context: Context): Record<string, Schema>;
}

/** A registry that knows the entry's own schemas: `declared` is its `components.schemas`, or `definitions`. */
export function schemaRegistry(declared: Node, context: Omit<Context, "schemas">): SchemaRegistry {
  const { bundle, diagnostics, dialect } = context;
  const meanings = meaningsOf(context);
  const keyByMeaning = new Map<string, string>();
  const places = new Map<string, Node>();
  const annotated = new Map<string, Node>();
  const hopeless = new Set<string>();

  for (const [key, node] of members(declared)) {
    keyByMeaning.set(node.at, key);
    places.set(key, node);
  }
  for (const [key, node] of members(declared)) {
    const isPure = pureReference(node) !== undefined;
    if (!isPure && (bundle.anchors.dynamicsCount === 0 || annotatedReference(node) === undefined)) continue;
    const chain = chainOf(node);
    const end = chain.at(-1);
    if (end === undefined) {
      if (isPure) hopeless.add(key);
    } else if (
      !chain.slice(1).some(({ id }) => keyByMeaning.has(id)) &&
      chain.length > 1 &&
      (isPure || end.variant !== undefined)
    ) {
      // The entry names a schema that stands elsewhere, or what a template means here: there is one schema then, and this is its name.
      // Of several names on the way, the last is taken.
      for (const { id } of chain) if (!keyByMeaning.has(id)) keyByMeaning.set(id, key);
      places.set(key, end.node);
      if (!isPure) annotated.set(key, node);
    }
  }

  /** The meanings that a reference passes, itself first; empty when they lead back to it or nowhere. */
  function chainOf(start: Node): Meaning[] {
    const chain: Meaning[] = [];
    const passed = new Set<string>();
    let reference = annotatedReference(start);
    for (let meaning = meanings.of(withScope(entered(start), undefined, bundle)); ;) {
      if (passed.size > maxHops) {
        reportLongChain(start, diagnostics);
        return [];
      }
      if (passed.has(meaning.id)) {
        if (meaning.node.at === start.at)
          diagnostics.report("reference-to-itself", child(start.at, "$ref"), { reference: annotatedReference(start) ?? "" });
        return [];
      }
      chain.push(meaning);
      passed.add(meaning.id);
      if (reference === undefined) return chain;
      const next = step(reference, meaning.node);
      if (next === undefined) return [];
      meaning = meanings.of(next);
      reference = pureReference(meaning.node);
    }
  }

  /** Follows one reference; what it leads to is seen from where it stands. */
  function step(reference: string, from: Node, at?: Location): Node | undefined {
    const target = bundle.follow(reference, from, at);
    return target === undefined ? undefined : withScope(target, from.scope, bundle);
  }

  function keyAt({ id, node, variant }: Meaning): string {
    const known = keyByMeaning.get(id);
    if (known !== undefined) return known;
    const { name: plain, authored } = placeName(node.at);
    const name = [plain, ...new Set(variant?.foreign.map(scopeName).filter((scope) => !plain.startsWith(scope)))].join("_");
    let key = name;
    for (let count = 2; places.has(key); count++) key = `${name}_${count}`;
    const other = places.get(name);
    if (key !== name && authored && variant === undefined && other !== undefined) {
      const related = [{ at: other.at, message: `"${name}" is this schema` }];
      diagnostics.report("schema-name-clash", node.at, { name, key, entry: bundle.entry.file }, { related, atKey: true });
    }
    keyByMeaning.set(id, key);
    places.set(key, node);
    return key;
  }

  function scopeName(anchor: Node): string {
    return placeName(bundle.anchors.scopeOf(anchor)).name;
  }

  function placeName(at: Location): PlaceName {
    const known = keyByMeaning.get(at);
    const { file, keys } = splitLocation(at);
    return known === undefined ? nameFrom(file, keys) : { name: known, authored: true };
  }

  function keyFrom(first: Node | undefined, reference: string, at: Location): string | undefined {
    let target = first;
    for (let hops = 0; target !== undefined; hops++) {
      const kind = componentKindOf(target, dialect);
      if (kind !== undefined && kind !== "schema") {
        diagnostics.report("reference-wrong-kind", at, { reference, found: kindNames[kind], expected: kindNames.schema });
        return undefined;
      }
      const meaning = meanings.of(target);
      const known = keyByMeaning.get(meaning.id);
      if (known !== undefined) return known;
      const next = pureReference(target);
      if (next === undefined) return keyAt(meaning);
      if (hops > maxHops) {
        diagnostics.report("reference-chain-too-long", at, { reference, count: maxHops });
        return undefined;
      }
      target = step(next, target);
    }
    return undefined;
  }

  return {
    keyOf: (reference, from, at = child(from.at, "$ref")) => keyFrom(step(reference, from, at), reference, at),
    keyOfDynamic(reference, from) {
      const target = dynamicTarget(from, reference, context);
      const seen = target === undefined ? undefined : withScope(target, from.scope, bundle);
      return keyFrom(seen, reference, child(from.at, "$dynamicRef"));
    },
    has: (key) => isObject(declared.value) && Object.hasOwn(declared.value, key),
    readAll(read, full) {
      const schemas: Record<string, Schema> = {};
      // Reading a schema can add places to the end; a Map's iteration sees them.
      for (const [key, node] of places) {
        const schema = hopeless.has(key) ? made({}, node, full) : read(node, full);
        const around = annotated.get(key);
        put(schemas, key, around === undefined ? schema : withAnnotations(schema, around, read, full));
      }
      return schemas;
    },
  };
}

/** A schema with what stands beside the reference to it. */
function withAnnotations(schema: Schema, around: Node, read: (node: Node, context: Context) => Schema, context: Context): Schema {
  const { value } = around;
  if (!isObject(value) || schema === false) return schema;
  const beside = Object.fromEntries(Object.entries(value).filter(([keyword]) => !bookkeeping.has(keyword)));
  const annotations = read(unscoped({ ...around, value: beside }), context);
  return made({ ...(schema === true ? {} : schema), ...(annotations as object) }, around, context); // An object was read.
}

// What a schema may hold beside `$ref` without saying anything of a value.
const bookkeeping = new Set(["$ref", "$id", "$schema", "$anchor", "$dynamicAnchor", "$defs", "definitions", "$comment"]);
const annotations = new Set(["title", "description", "examples", "deprecated", "externalDocs"]);

/** The reference of a schema that is nothing else. */
export function pureReference({ value }: Node): string | undefined {
  return isObject(value) && typeof value["$ref"] === "string" && Object.keys(value).every((key) => bookkeeping.has(key))
    ? value["$ref"]
    : undefined;
}

/** The reference of a schema that does no more than tell something of it. */
function annotatedReference({ value }: Node): string | undefined {
  if (!isObject(value) || typeof value["$ref"] !== "string") return undefined;
  const tells = (key: string): boolean => bookkeeping.has(key) || annotations.has(key) || key.startsWith("x-");
  return Object.keys(value).every(tells) ? value["$ref"] : undefined;
}

/** `#/components/schemas/<key>`. */
export function referenceTo(key: string): string {
  return `#/components/schemas/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The key in `#/components/schemas/<key>`. */
export function keyIn(reference: string): string {
  return pointerKeys(reference.slice(1).replaceAll("~2", "~02"))[2] ?? "";
}
