/** The page of a mock or a server: the operations by tag, a search, and the one that is open. */
import { method, showOperation } from "./form.js";
import { element, prose } from "./text.js";

const place = (id) => document.getElementById(id);
const [nav, main, search, reset, theme] = ["operations", "main", "search", "reset", "theme"].map(place);

const api = await (await fetch(new URL("api.json", import.meta.url))).json();
const plural = (count, noun) => `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;

document.title = api.mock ? `${api.title} · mock` : api.title;
place("title").textContent = api.title;
place("about").textContent = `${api.mock ? "Mock · " : ""}${plural(api.operations.length, "operation")} · version ${api.version}`;

const links = new Map();
const groups = [];
for (const tag of new Set([...api.tags.map(({ name }) => name), ...api.operations.map((operation) => operation.tag)])) {
  const members = api.operations.filter((operation) => operation.tag === tag);
  if (members.length === 0) continue;
  const rows = members.map((operation) => {
    const words = operation.summary ?? operation.path;
    const link = element(
      "a",
      { href: `#${operation.name}`, title: `${operation.method} ${operation.path}` },
      method(operation.method),
      element("span", { class: operation.deprecated ? "deprecated" : "" }, words),
    );
    links.set(operation.name, link);
    return {
      link,
      text: `${operation.method} ${operation.path} ${operation.summary ?? ""} ${operation.id} ${tag ?? ""}`.toLowerCase(),
    };
  });
  groups.push({ heading: element("h2", {}, tag ?? "Other operations"), rows });
}
// The links are in the order of their tags.
const first = api.operations.find(({ name }) => name === links.keys().next().value);
const nothing = element("p", { hidden: true }, "No operation has these words.");
nav.replaceChildren(...groups.flatMap(({ heading, rows }) => [heading, ...rows.map(({ link }) => link)]), nothing);

search.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const { heading, rows } of groups) {
    let here = 0;
    for (const { link, text } of rows) {
      link.hidden = !words.every((word) => text.includes(word));
      link.style.display = "";
      if (!link.hidden) here += 1;
    }
    heading.hidden = here === 0;
    found += here;
  }
  nothing.hidden = found > 0;
});
const shown = () => [...links.values()].filter((link) => !link.hidden);
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") shown()[0]?.click();
  if (event.key === "ArrowDown") {
    event.preventDefault();
    shown()[0]?.focus();
  }
});
nav.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const all = shown();
  const at = all.indexOf(document.activeElement) + step;
  (at < 0 ? search : all[at])?.focus();
});
addEventListener("keydown", (event) => {
  if (event.key !== "/" || /^(?:INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "")) return;
  event.preventDefault();
  search.focus();
});

const written = document.documentElement.dataset.document;
place("document").hidden = !written;
if (written) place("document").href = written;

reset.hidden = !api.mock;
reset.addEventListener("click", async () => {
  await fetch(new URL("reset", import.meta.url), { method: "POST" });
  reset.textContent = "Data is as at first";
  setTimeout(() => (reset.textContent = "Reset data"), 1500);
});

const themes = matchMedia("(prefers-color-scheme: dark)").matches ? ["dark", "light"] : ["light", "dark"];
const wear = (name) => {
  document.documentElement.dataset.theme = name;
  theme.textContent = name === "dark" ? "Light" : "Dark";
};
wear(localStorage.getItem("openapi-triad-theme") ?? themes[0]);
theme.addEventListener("click", () => {
  const name = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  localStorage.setItem("openapi-triad-theme", name);
  wear(name);
});

async function open() {
  const name = decodeURIComponent(location.hash.slice(1));
  const operation = api.operations.find((one) => one.name === name) ?? first;
  for (const [key, link] of links) {
    if (key === operation?.name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (operation === undefined) return main.replaceChildren(prose(api.description ?? "The document has no operations."));
  links.get(operation.name)?.scrollIntoView({ block: "nearest" });
  await showOperation(main, operation, api.mock);
  main.scrollTop = 0;
}
addEventListener("hashchange", open);
await open();
