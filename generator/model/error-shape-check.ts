import { child } from "../diagnostics/location.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { NamedSchema } from "./api-model.ts";
import type { Building } from "./building.ts";
import { memberCure, membersOf, type Written } from "./written.ts";

/** Reports each `x-triad-error` that a server could not write its errors by. */
export function reportErrorShapes({ diagnostics }: Building, schemas: readonly NamedSchema[]): void {
  for (const { schema, at } of schemas) {
    const value: unknown = Object.entries(schema).find(([keyword]) => keyword === "x-triad-error")?.[1];
    if (value === undefined) continue;
    const problem = problemOf({ value, at: child(at, "x-triad-error") });
    if (problem === undefined) continue;
    const { at: place, atKey = false, ...fact } = problem;
    diagnostics.report("error-shape-invalid", place, fact, { atKey });
  }
}

interface Problem {
  readonly at: Written["at"];
  readonly atKey?: boolean;
  readonly fact: string;
  readonly cure: string;
}

const knownMembers = ["body", "words", "separator"];
/** What `generator/runtime/server/error-shapes.ts` fills in. */
const knownWords = ["status", "title", "detail", "code", "message", "reason", "field", "in", "name", "pointer", "keyword"];

function problemOf(written: Written): Problem | undefined {
  const members = membersOf(written);
  if (members === undefined) return { at: written.at, fact: "x-triad-error is no object", cure: 'write an object with a "body"' };
  for (const [name, { at }] of members) {
    if (!knownMembers.includes(name))
      return { at, atKey: true, fact: `x-triad-error has no member "${name}"`, cure: memberCure(name, knownMembers) };
  }
  const body = members.get("body");
  if (body === undefined)
    return {
      at: written.at,
      fact: "x-triad-error has no body",
      cure: 'write the body of an error as "body", such as { message: "{message}" }',
    };
  const separator = members.get("separator");
  if (separator !== undefined && typeof separator.value !== "string")
    return { at: separator.at, fact: '"separator" of x-triad-error is no text', cure: 'write a text, such as "."' };
  const words = members.get("words");
  const own = words === undefined ? new Map<string, Written>() : membersOf(words);
  if (own === undefined)
    return {
      at: words?.at ?? written.at,
      fact: '"words" of x-triad-error is no object',
      cure: "write an object of words and what they say",
    };
  for (const [word, said] of own) {
    if (membersOf(said) === undefined)
      return {
        at: said.at,
        fact: `The word "${word}" of x-triad-error is no object`,
        cure: "write what it says by situation, such as { default: error }",
      };
  }
  return unknownWord(body, [...knownWords, ...own.keys()]);
}

/** The first word in braces that nobody says. */
function unknownWord(template: Written, known: readonly string[]): Problem | undefined {
  const { value, at } = template;
  if (typeof value === "string") {
    const word = [...value.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).find((name) => !known.includes(name));
    if (word === undefined) return undefined;
    const suggestion = suggest(word, known);
    const cure =
      suggestion === undefined ? `say it under "words", or write one of: ${known.join(", ")}` : `write {${suggestion}}`;
    return { at, fact: `Nothing says the word {${word}} of x-triad-error`, cure };
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, member] of Object.entries(value as Readonly<Record<string, unknown>>)) {
    const problem = unknownWord({ value: member, at: child(at, key) }, known);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
