import type { ApiModel, Content, Hook, NamedSchema, Operation, Parameter, Response } from "../model/api-model.ts";
import { hookFamilies } from "../model/hook-families.ts";
import { valueIdentifier } from "../model/names.ts";
import { wireMethod } from "../model/route.ts";
import { ownServers } from "../model/servers.ts";
import { counting, type Counted, type Emitter } from "./emitter.ts";
import { aboutLines, moreWords, schemeView, serverView, tagLines } from "./docs/about.ts";
import { linkLines } from "./docs/links.ts";
import { propertyRows, typeWords } from "./docs/schema-words.ts";
import { block, cell, code, codeCell, inline, jsonLines, title } from "./text/markdown.ts";

/** `docs/reference.md`: every operation and schema, for people. */
export const docsEmitter: Emitter = {
  name: "docs",
  needs: [],
  emit(model, { progress }) {
    return [{ kind: "template", path: "docs/reference.md", template: "reference.md", view: referenceView(model, progress) }];
  },
};

function referenceView(model: ApiModel, progress: Counted | undefined): object {
  return {
    title: title(model.info.title),
    description: block(model.info.description ?? model.info.summary ?? ""),
    about: aboutLines(model),
    servers: model.servers.map(serverView),
    schemes: model.securitySchemes.map(schemeView),
    tags: tagLines(model.tags),
    operations: counting(progress, "operation", model.operations, (operation) => ({
      ...operationView(model, operation),
      call: code([...operation.resource, operation.action].join(".")),
      route: code(`${wireMethod(operation.method)} ${operation.path}`),
      id: code(operation.id),
    })),
    families: hookFamilies(model).map(({ kind, hooks }) => ({
      title: kind === "webhook" ? "Webhooks" : "Callbacks",
      what:
        kind === "webhook"
          ? "Requests that the API sends to those who have asked for them."
          : "Requests that the API sends to an address that a call has told it.",
      hooks: hooks.map((hook) => ({ ...operationView(model, hook), sender: hookWords(hook) })),
    })),
    schemas: model.schemas.map((schema) => schemaView(model, schema)),
  };
}

function operationView(model: ApiModel, operation: Operation): object {
  return {
    heading: title(operation.summary ?? operation.id),
    anchor: operation.name,
    deprecated: operation.deprecated,
    description: block(operation.description ?? ""),
    tags: tagWords(operation),
    security: securityWords(operation),
    ways: [...waysOf(operation), ...factsOf(model, operation)],
    selections: operation.responses.flatMap((response) => selectionsOf(model, response)),
    parameters: operation.parameters.map((parameter) => parameterView(model, parameter)),
    hasParameters: operation.parameters.length > 0,
    hasBody: operation.body !== undefined,
    bodyRequired: operation.body?.required ?? false,
    bodyDescription: inline(operation.body?.description ?? ""),
    ...exampleView(operation.body?.contents ?? []),
    bodies: (operation.body?.contents ?? []).map((content) => contentView(model, content)),
    responses: operation.responses.map((response) => responseView(model, response)),
    links: operation.responses.flatMap((response) => linkLines(model, response)),
  };
}

function securityWords(operation: Operation): string {
  return operation.security
    .map((alternative) =>
      alternative.length === 0
        ? "no credentials"
        : alternative
            .map(({ scheme, scopes }) => `${code(scheme)}${scopes.length === 0 ? "" : ` with ${scopes.map(code).join(", ")}`}`)
            .join(" and "),
    )
    .join(", or ");
}

/** What the client makes of an operation beyond a call: docs/extensions.md. */
function* waysOf({ resource, action, pagination, longRunning }: Operation): Generator<string> {
  const call = (name: string): string => code([...resource, name].join("."));
  if (pagination !== undefined)
    yield `It comes in pages: ${code("for await")} over ${call(action)} walks over the items of all of them.`;
  if (longRunning !== undefined) yield `${call(longRunning.name)} waits for the end of what goes on in the background.`;
}

/** Where a request goes that does not go where others do, what follows it, and where more is written. */
function* factsOf(model: ApiModel, operation: Operation): Generator<string> {
  const own = operation.sent === true ? [] : ownServers(model, operation);
  if (own.length > 0) yield `It has servers of its own: ${own.map(({ server }) => code(server.url)).join(", ")}.`;
  const followers = model.callbacks.filter(({ callback }) => callback?.operation === operation.id && operation.sent !== true);
  if (followers.length > 0) yield `The API calls back: ${followers.map(({ name }) => code(name)).join(", ")}.`;
  if (operation.externalDocs !== undefined) yield `More: ${moreWords(operation.externalDocs)}`;
}

function hookWords({ name, event, method, callback }: Hook): string {
  const route =
    callback === undefined
      ? `${code(wireMethod(method))} of the webhook ${code(event)}`
      : `${code(`${wireMethod(method)} ${callback.expression}`)}, ${code(event)} of ${code(callback.operation)}`;
  return `${code(name)} · ${route}`;
}

/** The bodies of a response by a value of the request, one row for each body. */
function selectionsOf(model: ApiModel, { status, contents }: Response): object[] {
  return contents.flatMap(({ select }) => {
    if (select === undefined) return [];
    const byType = new Map<string, string[]>();
    for (const [value, schema] of select.mapping) {
      const type = typeWords(model, schema);
      if (schema !== false) byType.set(type, [...(byType.get(type) ?? []), value]);
    }
    const rows = [...byType].map(([type, values]) => ({ values: values.map(codeCell).join(", "), type: typeCell(model, type) }));
    const rest =
      select.default === false ? [] : [{ values: "any other", type: typeCell(model, typeWords(model, select.default)) }];
    return rows.length === 0 ? [] : [{ status: code(String(status)), by: code(select.by.join(".")), rows: [...rows, ...rest] }];
  });
}

function parameterView(model: ApiModel, parameter: Parameter): object {
  return {
    name: codeCell(parameter.name),
    in: parameter.in,
    type: typeCell(model, typeWords(model, parameter.schema)),
    required: parameter.required ? "yes" : "",
    description: cell([parameter.deprecated ? "Deprecated." : "", parameter.description ?? ""].filter(Boolean).join(" ")),
  };
}

function contentView(model: ApiModel, content: Content): object {
  const schema = content.schema ?? content.itemSchema;
  return {
    mediaType: codeCell(content.mediaType),
    type: typeCell(model, schema === undefined ? "anything" : typeWords(model, schema)),
  };
}

function responseView(model: ApiModel, response: Response): object {
  const bodies = response.contents.map((content) => {
    const schema = content.schema ?? content.itemSchema;
    return `${codeCell(content.mediaType)}: ${typeCell(model, schema === undefined ? "anything" : typeWords(model, schema))}`;
  });
  return {
    status: codeCell(String(response.status)),
    body: bodies.length === 0 ? "none" : bodies.join("<br>"),
    description: cell([response.summary ?? "", response.description ?? "", headerWords(response)].filter(Boolean).join(" ")),
  };
}

function headerWords(response: Response): string {
  if (response.headers.length === 0) return "";
  return `Headers: ${response.headers.map((header) => `${code(header.name)}${header.deprecated ? " (deprecated)" : ""}`).join(", ")}.`;
}

function schemaView(model: ApiModel, named: NamedSchema): object {
  const { schema } = named;
  const rows = propertyRows(model, schema);
  return {
    heading: title(named.name),
    description: block(typeof schema === "boolean" ? "" : (schema.description ?? "")),
    deprecated: typeof schema !== "boolean" && schema.deprecated === true,
    type: rows.length > 0 ? "" : code(typeWords(model, schema, false)),
    properties: rows.map((row) => ({
      name: codeCell(row.name),
      type: typeCell(model, row.type),
      required: row.required ? "yes" : "",
      description: cell(row.description),
    })),
    hasProperties: rows.length > 0,
  };
}

/** A type in a table; the name of a schema, or of a list of it, leads to its section. */
function typeCell(model: ApiModel, words: string): string {
  const name = words.replace(/(\[\])+$/, "");
  const named = namesOf(model).has(name);
  // https://github.com/github/markup: a heading's anchor is its text in lower case, without punctuation.
  return named ? `[${codeCell(words)}](#${name.toLowerCase().replaceAll("$", "")})` : codeCell(words);
}

/** The first example of a JSON body, laid out for people, and what it says of itself. */
function exampleView(contents: readonly Content[]): object {
  const json = contents.find(({ kind }) => kind === "json");
  const example = json?.examples.find(({ value }) => value !== undefined);
  if (example?.value === undefined) return { example: "", exampleWords: "" };
  const words = [example.summary, example.description].filter((text) => text !== undefined && text !== "");
  return { example: jsonLines(example.value), exampleWords: inline(words.join(" ")) };
}

/** The tags that the place in the client does not tell. */
function tagWords({ tags, resource, sent }: Operation): string {
  const untold = tags.filter((tag) => sent === true || !resource.includes(valueIdentifier(tag)));
  return untold.map(code).join(", ");
}

// Worked out once for a model: a reference has a cell for every property.
const names = new WeakMap<ApiModel, ReadonlySet<string>>();

function namesOf(model: ApiModel): ReadonlySet<string> {
  const known = names.get(model) ?? new Set(model.schemas.map((schema) => schema.name));
  names.set(model, known);
  return known;
}
