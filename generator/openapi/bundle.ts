/**
 * Bundle: the loaded files go in; one document comes out, in which every reference from any file leads to its node.
 * The trees stay as they are: a reference is followed when a reader meets it, so that nothing is copied or rewritten twice.
 */
import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import { child, locationOf, pointerKeys, splitLocation, type Location } from "../diagnostics/location.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { anchorsOf, type Anchors } from "./bundle/anchors.ts";
import { addressFrom, addressOf, splitReference } from "./load/address.ts";
import { targetsOf } from "./load/targets.ts";
import type { Loaded, Source } from "./load.ts";
import { entered, isObject, member, type Node } from "./node.ts";

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
  /** The schema or file that an address without a fragment names, seen from a node; `undefined`, without a report, when there is none. */
  find(address: string, from: Node): Node | undefined;
  /** The nearest schema with an `$id` around a node, or the root of its file. */
  resourceOf(node: Node): Node;
  /** A value as it is spelled in its file. */
  textAt(node: Node): string | undefined;
  /** The schemas with names of their own. */
  readonly anchors: Anchors;
}

/** Puts the files together. */
export function bundle({ sources, unread }: Loaded, diagnostics: Diagnostics): Bundle {
  const roots = new Map(
    sources.map((source) => [source.file, entered({ value: source.tree, at: locationOf(source.file, []), file: source.file })]),
  );
  const entry = roots.get(sources[0]?.file ?? "") ?? { value: undefined, at: "#", file: "" };
  const anchors = anchorsOf(sources);
  const found = new Map<string, Node>();
  // A pointer may lead through a reference; through itself it leads nowhere.
  const following = new Set<string>();

  const follow: Bundle["follow"] = (reference, from, at = child(from.at, "$ref")) => {
    const { address, fragment } = splitReference(reference);
    const scope = isName(fragment) && address === "" ? anchors.scopeOf(from) : (from.resource?.at ?? "");
    const key = `${from.file}\n${scope}\n${reference}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    const base = address === "" ? (from.resource ?? roots.get(from.file)) : baseOf(address, from);
    if (base === undefined) {
      const { files } = targetsOf(address, from.file, idAround(from));
      if (!files.some((file) => unread.has(file)))
        diagnostics.report("file-not-found", at, { file: reference, suggestion: undefined });
      return undefined;
    }
    if (base.value === undefined) return undefined; // Its syntax is broken, which is reported.
    if (following.has(key)) return undefined;
    following.add(key);
    const named = isName(fragment) ? anchors.named(fragment, address === "" ? from : entered(base)) : undefined;
    const target = named ?? locate(base, fragment) ?? meant(base, { address, fragment, at }) ?? fallback(from, address, fragment);
    following.delete(key);
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
    const inFile = root === undefined ? undefined : locate(root, fragment);
    return inFile ?? missingFrom(root, fragment);
  };

  /**
   * What a reference means that leads nowhere by its letter: `file.yaml#/` is the file, and `#/components/…` in a file that has no
   * components is of the entry, into which such files are pasted by other tools.
   */
  const meant = (
    base: Node,
    { address, fragment, at }: { address: string; fragment: string; at: Location },
  ): Node | undefined => {
    if (fragment === "/" && base.at !== entry.at) {
      diagnostics.report("reference-repaired", at, { reference: `${address}#/`, used: address === "" ? "#" : address });
      return entered(base);
    }
    const [first] = pointerKeys(fragment);
    const root = roots.get(base.file);
    if (address !== "" || first === undefined || root === undefined || root.at === entry.at) return undefined;
    if (member(root, first).value !== undefined) return undefined;
    const target = locate(entry, fragment);
    if (target !== undefined)
      diagnostics.report("reference-repaired", at, {
        reference: `#${fragment}`,
        used: `${addressFrom(base.file, entry.file)}#${fragment}`,
      });
    return target;
  };

  const locate = (base: Node, fragment: string): Node | undefined => {
    if (isName(fragment)) return undefined;
    let node = entered(base);
    for (const key of pointerKeys(fragment.replaceAll("~2", "~02"))) {
      const through = member(node, key).value === undefined ? end(node) : node;
      const inner = member(through, key);
      if (inner.value === undefined) return undefined;
      node = entered(inner);
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

  const idAround = (from: Node): string | undefined => anchors.idOf.get((from.resource ?? roots.get(from.file) ?? from).at);

  const baseOf = (address: string, from: Node): Node | undefined => {
    const { uri, files } = targetsOf(address, from.file, idAround(from));
    const file = files.find((one) => roots.has(one));
    return anchors.byId.get(uri) ?? anchors.byId.get(address) ?? (file === undefined ? undefined : roots.get(file));
  };

  return {
    entry,
    sources,
    follow,
    find: baseOf,
    resourceOf: (node) => node.resource ?? roots.get(node.file) ?? node,
    textAt(node) {
      const { file, keys } = splitLocation(node.at);
      return sources.find((source) => source.file === file)?.textAt(keys);
    },
    anchors,
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

/** Whether a fragment is an anchor's name rather than a pointer. */
function isName(fragment: string): boolean {
  return fragment !== "" && !fragment.startsWith("/");
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
