/**
 * Bundle: the loaded files go in; one document comes out, in which every reference from any file leads to its node.
 * The trees stay as they are: a reference is followed when a reader meets it, so that nothing is copied or rewritten twice.
 */
import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import { child, locationOf, pointerKeys, splitLocation, type Location } from "../diagnostics/location.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { anchorsOf, type Anchors } from "./bundle/anchors.ts";
import { addressOf, splitReference } from "./load/address.ts";
import type { Loaded, Source } from "./load.ts";
import { isObject, member, type Node } from "./node.ts";

/** Many files as one document. */
export interface Bundle {
  /** The root of the entry file. */
  readonly entry: Node;
  readonly sources: readonly Source[];
  /**
   * The node that a reference leads to, seen from the node it stands in. When there is none, that is reported at `at`
   * (by default the `$ref` of the node) and the answer is `undefined`. The target may be a reference itself.
   */
  follow(reference: string, from: Node, at?: Location): Node | undefined;
  /** A value as it is spelled in its file. */
  textAt(node: Node): string | undefined;
  /** The node with a `$dynamicAnchor`, and whether it is the only one of its name. */
  dynamicAnchor(name: string, from: Node): { readonly node: Node; readonly alone: boolean } | undefined;
}

/** Puts the files together. */
export function bundle({ sources, unread }: Loaded, diagnostics: Diagnostics): Bundle {
  const roots = new Map(
    sources.map((source) => [
      source.file,
      { value: source.tree, at: locationOf(source.file, []), file: source.file } satisfies Node,
    ]),
  );
  const anchors = anchorsOf(sources);
  const found = new Map<string, Node>();

  const follow: Bundle["follow"] = (reference, from, at = child(from.at, "$ref")) => {
    const key = `${from.file}\n${from.resource?.at ?? ""}\n${reference}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    const { address, fragment } = splitReference(reference);
    const base = address === "" ? (from.resource ?? roots.get(from.file)) : baseOf(address, from);
    if (base === undefined) {
      const file = addressOf(address, from.file);
      if (!unread.has(file)) diagnostics.report("file-not-found", at, { file: reference, suggestion: undefined });
      return undefined;
    }
    if (base.value === undefined) return undefined; // Its syntax is broken, which is reported.
    const target = locate(base, fragment, anchors) ?? fallback(from, address, fragment);
    if (!("missing" in target)) found.set(key, target);
    else
      diagnostics.report("reference-not-found", at, {
        reference,
        missing: target.missing,
        parent: target.parent,
        suggestion: target.suggestion === undefined ? undefined : `${address}#${target.suggestion}`,
      });
    return "missing" in target ? undefined : target;
  };

  /** `#/…` inside a schema with an `$id` starts at that schema; many write it as if it started at the file. */
  const fallback = (from: Node, address: string, fragment: string): Node | Missing => {
    const root = roots.get(address === "" ? from.file : addressOf(address, from.file));
    const inFile = root === undefined ? undefined : locate(root, fragment, anchors);
    return inFile ?? missingFrom(root, fragment);
  };

  const locate = (base: Node, fragment: string, { byName }: Anchors): Node | undefined => {
    if (fragment === "") return base;
    if (!fragment.startsWith("/"))
      return byName.get(`${base.at} ${fragment}`) ?? byName.get(`${locationOf(base.file, [])} ${fragment}`);
    let node = base;
    for (const key of pointerKeys(fragment.replaceAll("~2", "~02"))) {
      const through = member(node, key).value === undefined ? end(node) : node;
      node = member(through, key);
      if (node.value === undefined) return undefined;
      if (isObject(node.value) && typeof node.value["$id"] === "string") node = { ...node, resource: node };
    }
    return node;
  };

  /** Where a chain of references ends: a pointer may lead through a place that is itself a reference. */
  const end = (start: Node): Node => {
    let node = start;
    for (let hops = 0; hops < 50 && isObject(node.value) && typeof node.value["$ref"] === "string"; hops++) {
      const next = follow(node.value["$ref"], node);
      if (next === undefined) break;
      node = next;
    }
    return node;
  };

  const baseOf = (address: string, from: Node): Node | undefined => {
    const id = from.resource === undefined ? undefined : anchors.idOf.get(from.resource.at);
    const resolved = id !== undefined && URL.canParse(address, id) ? new URL(address, id).href : address;
    return anchors.byId.get(resolved) ?? anchors.byId.get(address) ?? roots.get(addressOf(address, from.file));
  };

  const entry = roots.get(sources[0]?.file ?? "") ?? { value: undefined, at: "#", file: "" };
  return {
    entry,
    sources,
    follow,
    textAt(node) {
      const { file, keys } = splitLocation(node.at);
      return sources.find((source) => source.file === file)?.textAt(keys);
    },
    dynamicAnchor(name, from) {
      const all = anchors.dynamic.get(name) ?? [];
      const node = all.find((candidate) => candidate.file === from.file) ?? all[0];
      return node === undefined ? undefined : { node, alone: all.length === 1 };
    },
  };
}

interface Missing {
  /** The key, or the anchor, that is not there. */
  readonly missing: string;
  /** The pointer of the last place that is. */
  readonly parent: string;
  /** The whole fragment that was probably meant. */
  readonly suggestion: string | undefined;
}

function missingFrom(base: Node | undefined, fragment: string): Missing {
  if (base === undefined || !fragment.startsWith("/")) return { missing: fragment, parent: "", suggestion: undefined };
  const keys = pointerKeys(fragment);
  let node = base;
  for (const [depth, key] of keys.entries()) {
    const inner = member(node, key);
    if (inner.value === undefined) {
      const parent = pointerOf(keys.slice(0, depth));
      const near = isObject(node.value) ? suggest(key, Object.keys(node.value)) : undefined;
      return {
        missing: key,
        parent,
        suggestion: near === undefined ? undefined : pointerOf([...keys.slice(0, depth), near, ...keys.slice(depth + 1)]),
      };
    }
    node = inner;
  }
  return { missing: fragment, parent: "", suggestion: undefined };
}

function pointerOf(keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
