/** ApiModel → `openapi.ts`, the document itself, and `docs-page.ts`, a page that shows it: for a server that wants to serve them. */
import type { ApiModel } from "../model/api-model.ts";
import { detailsOf, overviewOf } from "../model/overview.ts";
import type { Emitter } from "./emitter.ts";
import { header } from "./text/header.ts";
import { jsdoc } from "./text/jsdoc.ts";
import { stringLiteral, templateLiteral } from "./text/literal.ts";

/** Modules of their own, so that they are in no bundle but that of a server which imports them. */
export const openapiEmitter: Emitter = {
  name: "openapi",
  needs: [],
  emit(model, { sourceFolder, written }) {
    const folder = `${sourceFolder}runtime/server/`;
    return [
      { kind: "text", path: `${sourceFolder}openapi.ts`, text: documentModule(written()) },
      { kind: "text", path: `${sourceFolder}docs-page.ts`, text: pageModule(model) },
      { kind: "files", path: `${folder}page-files.ts`, folder: "page", names: pageFiles },
      { kind: "runtime", path: `${folder}document-types.ts`, module: "server/document-types.ts" },
    ];
  },
};

const pageFiles = ["page.html", "page.css", "page.js", "form.js", "text.js"];

function documentModule(document: unknown): string {
  const documentation = jsdoc([
    "The OpenAPI document that all of this is made from, with overlays applied and its files as one: `createRouter(handlers, { document: openapi })` serves it at `/openapi.json`.",
  ]);
  // A text and no object literal: nobody has to parse, type or hold it who only serves it.
  const text = templateLiteral(JSON.stringify(document, undefined, 2));
  return `${header}
import type { OpenApiDocument } from "./runtime/server/document-types.js";

${documentation}export const openapi: OpenApiDocument = {
  path: "/openapi.json",
  text: ${text},
};
`;
}

function pageModule(model: ApiModel): string {
  const documentation = jsdoc([
    "A page that shows the operations and sends them: `createRouter(handlers, { docs })` serves it at `/docs`. It takes nothing from elsewhere.",
  ]);
  const files = [
    ["api.json", overviewOf(model)] as const,
    ...model.operations.map((operation) => [`operations/${operation.name}.json`, detailsOf(model, operation)] as const),
  ];
  const members = files.map(([name, value]) => `    ${stringLiteral(name)}: ${templateLiteral(JSON.stringify(value))},\n`);
  return `${header}
import type { DocsPage } from "./runtime/server/document-types.js";
import { files } from "./runtime/server/page-files.js";

${documentation}export const docs: DocsPage = {
  path: "/docs",
  files: {
    ...files,
${members.join("")}  },
};
`;
}
