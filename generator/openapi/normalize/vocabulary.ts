import { child } from "../../diagnostics/location.ts";
import { keywordsOf } from "../load/metaschemas.ts";
import { isDialectKnown } from "../load/references.ts";
import { isObject, member, type Node } from "../node.ts";
import type { Context } from "./context.ts";

/**
 * Whether the dialect of a schema leaves a keyword out: `$schema`, or the document's `jsonSchemaDialect`, may name a metaschema
 * without the vocabulary of it (https://json-schema.org/draft/2020-12/json-schema-core#section-8.1.2).
 */
export interface Vocabulary {
  /** The keywords that mean nothing in the schemas around a node; `undefined` when all mean what they say. */
  ignoredAt(node: Node): ReadonlySet<string> | undefined;
  /** Tells of such a keyword, once for all places of it. */
  ignore(keyword: string, at: Node["at"]): void;
}

/** Finds the dialects of the schemas of a document. */
export function vocabularyOf({ bundle, diagnostics, dialect }: Pick<Context, "bundle" | "diagnostics" | "dialect">): Vocabulary {
  const isModern = dialect === "3.1" || dialect === "3.2";
  const isTold =
    isModern && bundle.sources.some(({ text, amended }) => amended === true || /\$schema|jsonSchemaDialect/.test(text));
  const known = new Map<string, ReadonlySet<string> | undefined>();
  const told = new Set<string>();

  const find = (node: Node): ReadonlySet<string> | undefined => {
    const root = bundle.resourceOf(node);
    const owner = isObject(root.value) && "openapi" in root.value ? "jsonSchemaDialect" : "$schema";
    const written = member(root, owner);
    if (typeof written.value !== "string" || isDialectKnown(written.value)) return undefined;
    const metaschema = bundle.find(written.value, root);
    if (metaschema === undefined || !isObject(metaschema.value)) {
      diagnostics.report("dialect-unknown", written.at, { keyword: owner, dialect: written.value });
      return undefined;
    }
    const used = metaschema.value["$vocabulary"];
    if (!isObject(used)) return undefined;
    for (const [name, required] of Object.entries(used))
      if (required === true && !name.startsWith(home) && !told.has(name)) {
        told.add(name);
        diagnostics.report(
          "vocabulary-unknown",
          child(metaschema.at, "$vocabulary", name),
          { vocabulary: name },
          { atKey: true },
        );
      }
    const left = ["applicator", "unevaluated", "validation"].filter((name) => used[home + name] === undefined);
    return left.length === 0 ? undefined : new Set(left.flatMap(keywordsOf));
  };

  return {
    ignoredAt(node) {
      if (!isTold) return undefined;
      const key = node.resource?.at ?? node.file;
      if (!known.has(key)) known.set(key, find(node));
      return known.get(key);
    },
    ignore(keyword, at) {
      if (told.has(keyword)) return;
      told.add(keyword);
      diagnostics.report("keyword-outside-dialect", at, { keyword }, { atKey: true });
    },
  };
}

const home = "https://json-schema.org/draft/2020-12/vocab/";
