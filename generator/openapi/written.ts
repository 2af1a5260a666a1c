/**
 * Written: the loaded files go in; one document comes out as its authors have it, in its own version of OpenAPI and with its extensions.
 * What stands in other files has moved among its components; what cannot stand there has taken the place of the reference.
 */
import { locationOf, splitLocation, type Location } from "../diagnostics/location.ts";
import type { Bundle } from "./bundle.ts";
import type { Dialect } from "./document.ts";
import { isDataKey, isMapKey } from "./load/references.ts";
import { entered, isBareReference, isObject, items, member, members, put, type Node } from "./node.ts";
import type { Kind } from "./normalize/component-kind.ts";
import { nameFrom } from "./normalize/schema-name.ts";

type Draft = Record<string, unknown>;

/** What is known of a document when it has been normalized. */
export interface Known {
  readonly dialect: Dialect;
  /** The key of the schema of a place among the components. */
  keyOf(at: Location): string | undefined;
}

/** One document of many files. Of a single file it is the tree of that file. */
export function written(bundle: Bundle, known: Known): unknown {
  return bundle.sources.length === 1 ? bundle.entry.value : new Writer(bundle, known).document();
}

/** Where an object of a kind stands among the components; what has no place there stands where it is used. */
const sections: Readonly<Partial<Record<Kind, string>>> = {
  schema: "schemas",
  parameter: "parameters",
  response: "responses",
  requestBody: "requestBodies",
  header: "headers",
  example: "examples",
  link: "links",
};
const swaggerSections: Readonly<Partial<Record<Kind, string>>> = {
  schema: "definitions",
  parameter: "parameters",
  response: "responses",
};

/** What the members of a map are. */
const mapKinds: Readonly<Record<string, Kind>> = {
  ...{ schemas: "schema", definitions: "schema", $defs: "schema", properties: "schema", patternProperties: "schema" },
  ...{ dependentSchemas: "schema", responses: "response", parameters: "parameter", requestBodies: "requestBody" },
  ...{
    headers: "header",
    examples: "example",
    links: "link",
    callbacks: "callback",
    mediaTypes: "mediaType",
    content: "mediaType",
  },
  ...{ paths: "pathItem", webhooks: "pathItem", pathItems: "pathItem", securitySchemes: "securityScheme" },
};
/** What stands under a keyword, by itself or in a list. */
const memberKinds: Readonly<Record<string, Kind>> = {
  ...{ schema: "schema", itemSchema: "schema", items: "schema", prefixItems: "schema", contains: "schema", not: "schema" },
  ...{ additionalItems: "schema", unevaluatedItems: "schema", additionalProperties: "schema", unevaluatedProperties: "schema" },
  ...{ propertyNames: "schema", allOf: "schema", anyOf: "schema", oneOf: "schema", if: "schema", then: "schema", else: "schema" },
  ...{ contentSchema: "schema", parameters: "parameter", requestBody: "requestBody" },
};

class Writer {
  readonly #bundle: Bundle;
  readonly #known: Known;
  readonly #sections: Readonly<Partial<Record<Kind, string>>>;
  /** The names of what stands in other files, by kind and place. */
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #moved: { readonly kind: Kind; readonly name: string; readonly node: Node }[] = [];
  /** What stands in place of a reference just now: it may hold that reference. */
  readonly #open = new Set<Location>();

  constructor(bundle: Bundle, known: Known) {
    this.#bundle = bundle;
    this.#known = known;
    this.#sections = known.dialect === "2.0" ? swaggerSections : sections;
  }

  document(): unknown {
    const { entry } = this.#bundle;
    const holder = this.#known.dialect === "2.0" ? entry : member(entry, "components");
    for (const [kind, section] of Object.entries(this.#sections) as [Kind, string][]) {
      for (const [name, node] of members(member(holder, section))) {
        this.#taken.add(`${kind} ${name}`);
        const target = isBareReference(node.value) ? this.#elsewhere(node.value.$ref, node) : undefined;
        const key = target === undefined ? "" : `${kind} ${target.at}`;
        if (target !== undefined && !this.#names.has(key)) this.#names.set(key, name);
      }
    }
    const document = this.#object(entry, undefined, false) as Draft; // An object: it has been normalized.
    const into = this.#known.dialect === "2.0" ? document : ((document["components"] ??= {}) as Draft);
    // What is moved may refer to more: the list grows while it is walked.
    for (const { kind, name, node } of this.#moved)
      put((into[this.#sections[kind] ?? ""] ??= {}) as Draft, name, this.#value(node, kind));
    return document;
  }

  #value(node: Node, kind: Kind | undefined): unknown {
    const { value } = node;
    if (Array.isArray(value)) return items(node).map((item) => this.#value(item, kind));
    if (!isObject(value)) return value;
    return typeof value["$ref"] === "string"
      ? this.#reference(node, value["$ref"], kind)
      : this.#object(entered(node), kind, false);
  }

  #object(node: Node, kind: Kind | undefined, isMap: boolean): Draft {
    // Some write a reference to a map, which is read as if there were such a thing.
    const map = isMap && isBareReference(node.value) ? this.#elsewhere(node.value.$ref, node) : undefined;
    if (map !== undefined) return this.#object(map, kind, true);
    const made: Draft = {};
    for (const [key, inner] of members(node)) {
      const { value } = inner;
      if (isMap) put(made, key, this.#component(key, inner, kind));
      else if (key === "$ref" || (kind === "schema" && (key === "$id" || key === "$anchor") && this.#isElsewhere(node))) continue;
      else if (isMapKey(key, value)) put(made, key, this.#object(inner, mapKinds[key], true));
      else if (isDataKey(key, value)) put(made, key, value);
      else if (isBareReference(value) && /^(?:example|value|dataValue)$/.test(key))
        put(made, key, this.#bundle.follow(value.$ref, inner)?.value ?? value);
      else if (key === "mapping" && isObject(value)) put(made, key, this.#mapping(inner));
      else put(made, key, this.#value(inner, kind === "callback" ? "pathItem" : memberKinds[key]));
    }
    return made;
  }

  /** A member of a map; where the entry gives a name to what stands elsewhere, that stands here now. */
  #component(name: string, node: Node, kind: Kind | undefined): unknown {
    const { keys } = splitLocation(node.at);
    const isComponent = !this.#isElsewhere(node) && keys.length === (this.#known.dialect === "2.0" ? 2 : 3);
    if (!isComponent || !isBareReference(node.value)) return this.#value(node, kind);
    const target = this.#elsewhere(node.value.$ref, node);
    return target !== undefined && this.#names.get(`${kind} ${target.at}`) === name
      ? this.#value(target, kind)
      : this.#value(node, kind);
  }

  #reference(node: Node, reference: string, kind: Kind | undefined): unknown {
    const beside = this.#object(node, kind, false);
    const isOwn = !this.#isElsewhere(node);
    const target = isOwn && reference.startsWith("#") ? undefined : this.#bundle.follow(reference, node);
    if (target === undefined) return { $ref: reference, ...beside };
    const pointer = this.#pointer(target, kind);
    if (pointer !== undefined) return { $ref: pointer, ...beside };
    if (this.#open.has(target.at)) return { $ref: reference, ...beside };
    this.#open.add(target.at);
    const inPlace = this.#value(target, kind);
    this.#open.delete(target.at);
    return isObject(inPlace) ? { ...inPlace, ...beside } : inPlace;
  }

  /** A reference of the document to a place; `undefined` where no reference can lead there. */
  #pointer(target: Node, kind: Kind | undefined): string | undefined {
    if (!this.#isElsewhere(target)) return pointerTo(splitLocation(target.at).keys);
    const section = kind === undefined ? undefined : this.#sections[kind];
    if (kind === undefined || section === undefined) return undefined;
    const name = this.#names.get(`${kind} ${target.at}`) ?? this.#move(target, kind);
    return pointerTo(this.#known.dialect === "2.0" ? [section, name] : ["components", section, name]);
  }

  #move(node: Node, kind: Kind): string {
    const { file, keys } = splitLocation(node.at);
    const plain = (kind === "schema" ? this.#known.keyOf(node.at) : undefined) ?? nameFrom(file, keys).name;
    let name = plain;
    for (let count = 2; this.#taken.has(`${kind} ${name}`); count++) name = `${plain}_${count}`;
    this.#taken.add(`${kind} ${name}`);
    this.#names.set(`${kind} ${node.at}`, name);
    this.#moved.push({ kind, name, node });
    return name;
  }

  /** The `mapping` of a discriminator: names, and references. */
  #mapping(node: Node): Draft {
    const made: Draft = {};
    for (const [key, { value }] of members(node)) {
      const refers =
        typeof value === "string" && /#|\.(?:json|ya?ml)$/i.test(value) && (this.#isElsewhere(node) || !value.startsWith("#"));
      const target = refers ? this.#bundle.follow(value, node) : undefined;
      put(made, key, target === undefined ? value : (this.#pointer(target, "schema") ?? value));
    }
    return made;
  }

  #elsewhere(reference: string, from: Node): Node | undefined {
    const target = reference.startsWith("#") ? undefined : this.#bundle.follow(reference, from);
    return target !== undefined && this.#isElsewhere(target) ? target : undefined;
  }

  #isElsewhere({ file }: Node): boolean {
    return file !== this.#bundle.entry.file;
  }
}

/** RFC 6901, §6: a JSON Pointer as the fragment of a URI. */
function pointerTo(keys: readonly string[]): string {
  return `#${locationOf("", keys).slice(1).replaceAll("~2", "%23")}`;
}
