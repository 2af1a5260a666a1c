/** What a document says of itself, for the top of the reference: who made it, where it is served, its tags, its credentials. */
import type { ApiModel, SecurityScheme } from "../../model/api-model.ts";
import type { ExternalDocsObject, ServerObject, TagObject } from "../../openapi/shapes.ts";
import { code, inline } from "../text/markdown.ts";

/** Version, terms, contact, license and further documentation, a line each. */
export function aboutLines({ info, externalDocs }: ApiModel): string[] {
  const { contact, license } = info;
  const who = [contact?.name, contact?.email, contact?.url].filter((text) => text !== undefined && text !== "");
  return [
    ...(info.description === undefined || info.summary === undefined ? [] : [inline(info.summary)]),
    ...(info.termsOfService === undefined ? [] : [`Terms of service: ${code(info.termsOfService)}`]),
    ...(who.length === 0 ? [] : [`Contact: ${inline(who.join(", "))}`]),
    ...(license === undefined
      ? []
      : [`License: ${inline([license.name, license.identifier, license.url].filter((text) => text !== undefined).join(", "))}`]),
    ...(externalDocs === undefined ? [] : [`More: ${moreWords(externalDocs)}`]),
  ];
}

/** A server in a line, and a line for each of its variables. */
export function serverView({ url, name, description, variables = {} }: ServerObject): object {
  return {
    url: code(url),
    name: name === undefined ? "" : code(name),
    description: inline(description ?? ""),
    variables: Object.entries(variables).map(([key, variable]) => {
      const values = variable.enum === undefined ? "" : `, one of ${variable.enum.map(code).join(", ")}`;
      const text = variable.description === undefined ? "" : `: ${inline(variable.description)}`;
      return `${code(`{${key}}`)}, by default ${code(variable.default)}${values}${text}`;
    }),
  };
}

/** How credentials of a scheme are had and shown. */
export function schemeView(scheme: SecurityScheme): object {
  const { written } = scheme;
  const flows = Object.entries(written?.flows ?? {}).filter(([name]) => !name.startsWith("x-"));
  return {
    key: code(scheme.key),
    kind: [scheme.kind, ...placeOf(scheme)].join(" "),
    deprecated: written?.deprecated === true,
    description: inline(scheme.description ?? ""),
    facts: [
      ...(written?.bearerFormat === undefined ? [] : [`Format of the token: ${inline(written.bearerFormat)}`]),
      ...(written?.openIdConnectUrl === undefined ? [] : [`Discovery: ${code(written.openIdConnectUrl)}`]),
      ...(written?.oauth2MetadataUrl === undefined ? [] : [`Metadata: ${code(written.oauth2MetadataUrl)}`]),
      ...flows.map(([name, { scopes = {}, ...urls }]) => {
        const places = Object.entries(urls).flatMap(([key, url]) =>
          typeof url === "string" && !key.startsWith("x-") ? [`${key} ${code(url)}`] : [],
        );
        const words = Object.entries(scopes).map(([scope, text]) => `${code(scope)}${text === "" ? "" : ` (${inline(text)})`}`);
        return `Flow ${code(name)}: ${[...places, ...(words.length === 0 ? [] : [`scopes ${words.join(", ")}`])].join("; ")}`;
      }),
    ],
  };
}

function placeOf({ kind, in: place, name }: SecurityScheme): string[] {
  if (kind === "apiKey") return [`in ${place ?? "header"}`, code(name ?? "")];
  return kind === "http" ? [code(name ?? "")] : [];
}

/** The tags as a list, each below its parent (OpenAPI 3.2, §4.22); nothing when none says more than its name. */
export function tagLines(tags: readonly TagObject[]): string[] {
  if (!tags.some((tag) => Object.keys(tag).some((key) => key !== "name" && !key.startsWith("x-")))) return [];
  const names = new Set(tags.map(({ name }) => name));
  const lines: string[] = [];
  const below = new Map<string, TagObject[]>();
  for (const tag of tags) {
    if (tag.parent === undefined) continue;
    const known = below.get(tag.parent);
    if (known === undefined) below.set(tag.parent, [tag]);
    else known.push(tag);
  }
  const told = new Set<TagObject>();
  // Without recursion: a chain of parents may be as long as the document.
  const tell = (top: TagObject): void => {
    const open: (readonly [TagObject, number])[] = [[top, 0]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [tag, depth] = next;
      if (told.has(tag)) continue;
      told.add(tag);
      lines.push(`${"  ".repeat(Math.min(depth, deepest))}- ${tagWords(tag)}`);
      for (const inner of (below.get(tag.name) ?? []).toReversed()) open.push([inner, depth + 1]);
    }
  };
  for (const tag of tags) if (tag.parent === undefined || !names.has(tag.parent)) tell(tag);
  // Parents in a circle have no top.
  for (const tag of tags) tell(tag);
  return lines;
}

/** Nobody follows a list further in. */
const deepest = 20;

function tagWords({ name, summary, description, kind, externalDocs }: TagObject): string {
  const head = `${code(name)}${summary === undefined ? "" : ` ${inline(summary)}`}${kind === undefined ? "" : ` (${inline(kind)})`}`;
  const more = externalDocs === undefined ? "" : ` More: ${moreWords(externalDocs)}`;
  return `${head}${description === undefined ? "" : `: ${inline(description)}`}${more}`;
}

/** Where more is written. */
export function moreWords({ url, description }: ExternalDocsObject): string {
  return `${code(url)}${description === undefined ? "" : ` ${inline(description)}`}`;
}
