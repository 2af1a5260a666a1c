import type { Answer } from "./answer.js";
import type { DocumentOptions } from "./document-types.js";
import { dispatchOf, type Router, routerOf } from "./dispatch.js";

/** A router that serves these as well; where there are none, it is the same. Throws a TypeError for a path without a slash before it. */
export function withDocuments(
  router: Router,
  options: (DocumentOptions & { readonly basePath?: string }) | undefined,
): Router {
  const answers = answersOf(options);
  if (answers.size === 0) return router;
  const dispatch = dispatchOf(router);
  return routerOf((incoming, how) => {
    const answer = answers.get(incoming.pathname);
    if (answer === undefined) return dispatch(incoming, how);
    const { method } = incoming;
    if (method === "GET" || method === "HEAD") return Promise.resolve(answer);
    return Promise.resolve({
      status: method === "OPTIONS" ? 204 : 405,
      fields: ["Allow", "GET, HEAD, OPTIONS"],
      body: null,
    });
  });
}

/** By their whole paths. */
function answersOf({
  document,
  docs,
  basePath = "",
}: DocumentOptions & { readonly basePath?: string } = {}): ReadonlyMap<string, Answer> {
  const base = basePath.replace(/\/+$/, "");
  const answers = new Map<string, Answer>();
  if (document !== undefined) {
    const fields = ["Content-Type", "application/json", "X-Content-Type-Options", "nosniff"];
    answers.set(`${base}${checked(document.path)}`, { status: 200, fields, body: document.text });
  }
  if (docs === undefined) return answers;
  // Relative, since nobody knows what a framework has put before the path.
  const segments = checked(docs.path).split("/").slice(1);
  const last = segments.at(-1) ?? "";
  const up = "../".repeat(segments.length - 1);
  const places = {
    files: last === "" ? "" : `${encodeURIComponent(last)}/`,
    root: up === "" ? "./" : up,
    document: document === undefined ? "" : `${up}${encodeURI(document.path.slice(1))}`,
  };
  const page = `${base}${docs.path}`;
  for (const [name, text] of Object.entries(docs.files)) {
    const isPage = name === "page.html";
    const type = types[name.slice(name.lastIndexOf(".") + 1)] ?? "text/plain; charset=utf-8";
    const path = isPage ? page : `${page}${page.endsWith("/") ? "" : "/"}${name}`;
    answers.set(path, { status: 200, fields: pageFields(type), body: isPage ? placed(text, places) : text });
  }
  if (last !== "") {
    const fields = ["Location", `../${encodeURIComponent(last)}`];
    answers.set(`${page}/`, { status: 308, fields, body: null });
  }
  return answers;
}

const types: { readonly [extension: string]: string } = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
};

// Nothing comes from elsewhere, nothing is evaluated, nobody frames it.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The header of a file of a page. */
export function pageFields(type: string): string[] {
  return [
    ...["Content-Type", type, "Content-Security-Policy", policy],
    ...["X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer"],
  ];
}

/** A page with its places filled in: where its files are, the API, and the document if it is served. */
export function placed(
  html: string,
  places: { readonly files: string; readonly root: string; readonly document: string },
): string {
  return html.replace(/\{\{(files|root|document)\}\}/g, (_, name: keyof typeof places) =>
    places[name].replaceAll("&", "&amp;").replaceAll('"', "&quot;"),
  );
}

function checked(path: string): string {
  if (!path.startsWith("/"))
    throw new TypeError(`The path ${JSON.stringify(path)} does not start with a slash.`);
  return path;
}
