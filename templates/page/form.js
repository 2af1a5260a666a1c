/** One operation: what it takes, a form to send it with, and what came back. */
import { element, json, pathParts, prose } from "./text.js";

/** Where the API is: the page may stand below it, and both below something else. */
const root = new URL(document.documentElement.dataset.root, location.href).pathname.replace(/\/$/, "");

/** What was typed for each scheme, for as long as the page is open. */
const typed = new Map();

/** Fills `main` with an operation; of a mock, if it is one. */
export async function showOperation(main, operation, mock) {
  const response = await fetch(new URL(`operations/${operation.name}.json`, import.meta.url));
  const details = await response.json();
  const answer = element("div", { class: "answer", "aria-live": "polite" });
  answer.append(element("p", { class: "quiet" }, "The answer is shown here."));
  const form = requestForm(operation, details, mock, answer);
  const title = operation.summary ?? operation.id;
  main.replaceChildren(
    element("h2", { class: operation.deprecated ? "deprecated" : "" }, title),
    element(
      "p",
      { class: "address" },
      method(operation.method),
      element("span", { class: "path" }, ...pathParts(operation.path)),
    ),
    details.description ? prose(details.description) : "",
    form,
  );
}

export function method(name) {
  return element("span", { class: "method", "data-method": name }, name);
}

function requestForm(operation, details, mock, answer) {
  const fields = details.parameters.map(parameterField);
  const body = details.body === undefined ? undefined : bodyField(details.body);
  const wish = mock ? wishField(details.responses) : undefined;
  const keys = mock ? [] : [...new Map(details.security.flat().map((scheme) => [scheme.key, scheme])).values()].map(keyField);
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const send = element("button", { class: "primary", type: "submit" }, "Send");
  const submit = async (event) => {
    event.preventDefault();
    problem.hidden = true;
    let request;
    try {
      request = buildRequest(operation, details, { fields, body, wish, mock });
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
      return;
    }
    send.disabled = true;
    await showAnswer(answer, request);
    send.disabled = false;
  };
  const taken = [
    keys.length === 0 ? "" : element("section", {}, element("h3", {}, "Credentials"), ...keys),
    fields.length === 0 ? "" : element("section", {}, element("h3", {}, "Parameters"), ...fields.map((field) => field.row)),
    body === undefined ? "" : body.section,
  ];
  return element(
    "form",
    { class: taken.every((part) => part === "") ? "columns plain" : "columns", submit, noValidate: true },
    element(
      "div",
      {},
      ...taken,
      fields.length === 0 && body === undefined ? element("p", { class: "quiet" }, "It takes no parameters and no body.") : "",
    ),
    element("div", { class: "side" }, element("div", { class: "send" }, wish?.select, send), problem, answer),
  );
}

function parameterField(parameter) {
  const id = `parameter-${parameter.in}-${parameter.name}`;
  const { example, choices, required } = parameter;
  const text = example === undefined ? "" : typeof example === "object" ? JSON.stringify(example) : String(example);
  // What may be left out is, until somebody wants it.
  const value = required ? text : "";
  const input = Array.isArray(choices)
    ? element(
        "select",
        { id },
        ...[...(required ? [] : [""]), ...choices].map((one) =>
          element("option", { selected: String(one) === value }, String(one)),
        ),
      )
    : element("input", { id, value, placeholder: required ? "" : text, autocomplete: "off", spellcheck: "false" });
  const label = element("label", { for: id }, parameter.name, required ? element("i", { title: "required" }, " *") : "");
  label.append(element("small", {}, `${parameter.in} · ${parameter.type}`));
  const hint = parameter.description ? prose(parameter.description.split(/\n\s*\n/)[0], "hint") : "";
  return { parameter, input, row: element("div", { class: "field" }, label, input, hint) };
}

/** Credentials of a scheme; the browser has those of cookies. */
function keyField({ key, kind, in: place }) {
  const id = `credentials-${key}`;
  const asked = kind === "basic" ? "username:password" : kind === "apiKey" ? `key · ${place}` : kind === "mutualTLS" ? kind : "token";
  const isSeen = kind !== "mutualTLS" && place !== "cookie";
  const change = ({ target }) => typed.set(key, target.value);
  const input = element("input", { id, type: "password", value: typed.get(key) ?? "", autocomplete: "off", change, disabled: !isSeen });
  const label = element("label", { for: id }, key, element("small", {}, asked));
  return element("div", { class: "field" }, label, input);
}

function bodyField({ contents, required }) {
  const editor = element("textarea", { "aria-label": "Body", spellcheck: "false" });
  const media = element(
    "select",
    { "aria-label": "Media type" },
    ...contents.map(({ mediaType }) => element("option", {}, mediaType)),
  );
  const content = () => contents[media.selectedIndex] ?? contents[0];
  const fill = (value = content().example) => {
    editor.value = typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value, null, 2);
  };
  const examples = element("select", { "aria-label": "Example" });
  const offer = () => {
    const { examples: named } = content();
    examples.replaceChildren(...[{ key: "fixture" }, ...named].map(({ key, summary }) => element("option", {}, summary ?? key)));
    examples.hidden = named.length === 0;
    fill();
  };
  media.addEventListener("change", offer);
  examples.addEventListener("change", () => fill(content().examples[examples.selectedIndex - 1]?.value));
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.form.requestSubmit();
  });
  offer();
  const heading = element("h3", {}, required ? "Body" : "Body (may be empty)");
  const choice = element(
    "div",
    { class: "row" },
    heading,
    contents.length > 1 ? media : element("code", { class: "quiet" }, content().mediaType),
  );
  return { content, editor, section: element("section", {}, choice, examples, editor) };
}

/** Which of the declared answers is wished for, by the header Prefer. */
function wishField(responses) {
  const groups = responses.flatMap(({ status, description, examples }) => {
    const code = /^\d+$/.test(status) ? status : /^\dXX$/.test(status) ? `${status[0]}00` : undefined;
    if (code === undefined) return [];
    const words = description ? ` · ${description.split(/[.\n]/)[0]}` : "";
    const named =
      examples.length < 2
        ? []
        : examples.map((key) => ({ words: `${code} · example ${key}`, prefer: `code=${code}, example="${key}"` }));
    return [{ words: `${code}${words}`.slice(0, 70), prefer: `code=${code}` }, ...named];
  });
  const choices = [{ words: "Answer as it happens", prefer: "" }, ...groups, { words: "Made at random", prefer: "dynamic=true" }];
  const select = element("select", { "aria-label": "Answer with" }, ...choices.map(({ words }) => element("option", {}, words)));
  return {
    select,
    get prefer() {
      return choices[select.selectedIndex].prefer;
    },
  };
}

function buildRequest(operation, details, { fields, body, wish, mock }) {
  let path = operation.path;
  const query = [];
  const headers = {};
  for (const { parameter, input } of fields) {
    const text = input.value;
    if (text === "") {
      if (parameter.required) throw new Error(`${parameter.name} is required.`);
      continue;
    }
    const values = valuesOf(parameter, text);
    if (parameter.in === "path")
      path = path.replaceAll(`{${parameter.name}}`, values.map(([, value]) => encodeURIComponent(value)).join(","));
    else if (parameter.in === "query")
      query.push(...values.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`));
    else if (parameter.in === "header") headers[parameter.name] = values.map(([, value]) => value).join(",");
  }
  if (mock?.auth) Object.assign(headers, credentials(details.security[0] ?? [], query, mocked));
  if (!mock) Object.assign(headers, credentials(details.security.flat(), query, ({ key }) => typed.get(key)));
  if (wish && wish.prefer !== "") headers["Prefer"] = wish.prefer;
  const content = body?.content();
  const text = body?.editor.value ?? "";
  if (content?.kind === "json" && text !== "") {
    try {
      JSON.parse(text);
    } catch (error) {
      throw new Error(`The body is no JSON: ${error.message}`);
    }
  }
  const sent = text === "" ? undefined : encodeBody(content, text);
  // A form of several parts names its own boundary.
  if (sent !== undefined && !(sent instanceof FormData)) headers["Content-Type"] = content.mediaType;
  const url = `${root}${path}${query.length === 0 ? "" : `${path.includes("?") ? "&" : "?"}${query.join("&")}`}`;
  return { url, method: operation.method, headers, body: sent, text };
}

/** The pairs that a value travels as. */
function valuesOf({ name, example, json: isJson, explode, style }, text) {
  if (isJson || typeof example !== "object" || example === null) return [[name, text]];
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return [[name, text]];
  }
  if (Array.isArray(value))
    return explode
      ? value.map((one) => [name, String(one)])
      : [[name, value.join(style === "pipeDelimited" ? "|" : style === "spaceDelimited" ? " " : ",")]];
  if (style === "deepObject") return Object.entries(value).map(([key, one]) => [`${name}[${key}]`, String(one)]);
  return explode
    ? Object.entries(value).map(([key, one]) => [key, String(one)])
    : [[name, Object.entries(value).flat().join(",")]];
}

function encodeBody({ kind }, text) {
  if (kind !== "urlencoded" && kind !== "multipart") return text;
  const form = kind === "multipart" ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(JSON.parse(text)))
    for (const one of Array.isArray(value) ? value : [value])
      form.append(name, typeof one === "object" ? JSON.stringify(one) : String(one));
  return form;
}

/** What a mock takes for credentials. */
function mocked({ kind }) {
  return kind === "basic" ? "ada:open sesame" : kind === "apiKey" ? "key" : "token";
}

function credentials(schemes, query, valueOf) {
  const headers = {};
  for (const scheme of schemes) {
    const { kind, in: place, name } = scheme;
    const value = valueOf(scheme) ?? "";
    if (value === "") continue;
    const isQuery = kind === "apiKey" && place === "query";
    const pair = isQuery ? `${encodeURIComponent(name)}=${encodeURIComponent(value)}` : "";
    if (kind === "basic") headers["Authorization"] = `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(value)))}`;
    else if (isQuery && !query.includes(pair)) query.push(pair);
    else if (kind === "apiKey" && place === "header") headers[name] = value;
    else if (kind !== "apiKey") headers["Authorization"] = `Bearer ${value}`;
  }
  return headers;
}

async function showAnswer(holder, request) {
  const { url, text, ...init } = request;
  const started = performance.now();
  try {
    const response = await fetch(url, init);
    const took = Math.round(performance.now() - started);
    const type = response.headers.get("content-type") ?? "";
    const blob = await response.blob();
    const head = element(
      "div",
      { class: "row" },
      element("span", { class: "status", "data-kind": String(response.status)[0] }, `${response.status} ${response.statusText}`),
      element("span", { class: "quiet" }, `${took} ms · ${blob.size.toLocaleString("en-US")} bytes`),
    );
    const lines = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
    holder.replaceChildren(
      element("section", {}, head, await shownBody(type, blob), details("Headers", lines)),
      element("section", {}, curlRow(request)),
    );
  } catch (error) {
    holder.replaceChildren(element("p", { class: "problem" }, `Nobody answers: ${error.message}`));
  }
}

async function shownBody(type, blob) {
  if (blob.size === 0) return element("p", { class: "quiet" }, "No body.");
  if (type.startsWith("image/")) return element("img", { src: URL.createObjectURL(blob), alt: "The body" });
  const text = await blob.text();
  if (!/[/+]json/.test(type)) return element("pre", { class: "wrapped", tabIndex: 0 }, text);
  try {
    return json(JSON.parse(text));
  } catch {
    return element("pre", { class: "wrapped", tabIndex: 0 }, text);
  }
}

function details(title, text) {
  return element("details", {}, element("summary", {}, title), element("pre", { class: "wrapped", tabIndex: 0 }, text));
}

function curlRow({ url, method: name, headers, text, body }) {
  const quote = (one) => `'${one.replaceAll("'", "'\\''")}'`;
  const lines = [
    `curl -X ${name} ${quote(location.origin + url)}`,
    ...Object.entries(headers).map(([key, value]) => `-H ${quote(`${key}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quote(body instanceof URLSearchParams ? String(body) : text)}`]),
  ].join(" \\\n  ");
  const copy = element(
    "button",
    { type: "button", click: () => void navigator.clipboard.writeText(lines).then(() => (copy.textContent = "Copied")) },
    "Copy",
  );
  return element(
    "div",
    {},
    element("div", { class: "row" }, element("h3", {}, "curl"), copy),
    element("pre", { class: "wrapped", id: "curl", tabIndex: 0 }, lines),
  );
}
