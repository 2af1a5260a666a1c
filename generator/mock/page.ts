/** What a browser is shown at `/`: the operations, to look at and to try. Its files are those of templates/page/. */
import { readFile } from "node:fs/promises";
import type { ApiModel } from "../model/api-model.ts";
import { detailsOf, overviewOf } from "../model/overview.ts";
import type { Answer } from "../runtime/server/answer.ts";
import { pageFields, placed } from "../runtime/server/documents.ts";
import type { Incoming } from "../runtime/server/incoming.ts";

/** What the page may do beside asking the API. */
export interface PageOptions {
  readonly auth: boolean;
  readonly reset: () => void;
}

const root = new URL("../../templates/page/", import.meta.url);
const home = "/__mock/";

/** The files of the page, by the last part of their path. */
const files: { readonly [name: string]: string } = {
  "page.css": "text/css; charset=utf-8",
  "page.js": "text/javascript; charset=utf-8",
  "form.js": "text/javascript; charset=utf-8",
  "text.js": "text/javascript; charset=utf-8",
};

/** Makes what answers the requests of the page; it gives `undefined` for all others. */
export function createPage(model: ApiModel, options: PageOptions): (incoming: Incoming) => Promise<Answer | undefined> {
  const overview = (): unknown => overviewOf(model, { auth: options.auth });
  return async (incoming) => {
    const { pathname, method } = incoming;
    if (!pathname.startsWith(home) && (pathname !== "/" || !wantsPage(incoming))) return undefined;
    if (pathname === `${home}reset`) {
      if (method !== "POST") return { status: 405, fields: ["Allow", "POST"], body: null };
      // A page of another origin can send a simple POST; this one it cannot send unasked.
      if (incoming.header("sec-fetch-site") === "cross-site") return { status: 403, fields: [], body: null };
      options.reset();
      return { status: 204, fields: ["Cache-Control", "no-store"], body: null };
    }
    if (method !== "GET" && method !== "HEAD") return { status: 405, fields: ["Allow", "GET, HEAD"], body: null };
    if (pathname === "/" || pathname === home) return html();
    const name = pathname.slice(home.length);
    const type = Object.hasOwn(files, name) ? files[name] : undefined;
    if (type !== undefined) return file(name, type);
    if (name === "api.json") return json(overview());
    const operation = /^operations\/(\w+)\.json$/.exec(name)?.[1];
    const found = model.operations.find((one) => one.name === operation);
    return found === undefined ? { status: 404, fields: [], body: null } : json(detailsOf(model, found));
  };
}

/** A browser that is led to `/` asks for HTML; a program that asks the API does not. */
function wantsPage(incoming: Incoming): boolean {
  const { method } = incoming;
  return (method === "GET" || method === "HEAD") && (incoming.header("accept") ?? "").includes("text/html");
}

async function html(): Promise<Answer> {
  const places = { files: home, root: "/", document: "" };
  return answer("text/html; charset=utf-8", placed(await textOf("page.html"), places));
}

async function file(name: string, type: string): Promise<Answer> {
  return answer(type, await textOf(name));
}

function textOf(name: string): Promise<string> {
  return readFile(new URL(name, root), "utf8");
}

function json(value: unknown): Answer {
  return answer("application/json", JSON.stringify(value));
}

function answer(type: string, body: string): Answer {
  return { status: 200, fields: [...pageFields(type), "Cache-Control", "no-store"], body };
}
