/** Text → elements. What a document says is never read as HTML. */

/** An element with its attributes and what is in it. @param {string} tag */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name, value);
    else if (name in made && typeof value !== "string") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}

/** The little of Markdown that descriptions hold: paragraphs, lists, bold, code and links. */
export function prose(text, className = "prose") {
  const holder = element("div", { class: className });
  for (const block of text.trim().split(/\n\s*\n/)) {
    const lines = block.split("\n");
    if (lines.every((line) => /^\s*[-*] |^\s{2,}/.test(line)) && /^\s*[-*] /.test(block)) {
      const items = block.split(/\n(?=\s*[-*] )/).map((item) => element("li", {}, ...inline(item.replace(/^\s*[-*] /, ""))));
      holder.append(element("ul", {}, ...items));
    } else if (/^\s*>/.test(block)) {
      const words = block
        .replace(/^\s*> ?/gm, "")
        .replace(/^\[!(\w+)\]\s*/, (_, kind) => `**${kind[0]}${kind.slice(1).toLowerCase()}:** `);
      holder.append(element("p", {}, ...inline(words)));
    } else holder.append(element("p", {}, ...inline(block.replace(/^#+ /, ""))));
  }
  return holder;
}

function inline(text) {
  const parts = text.split(/(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\(https?:\/\/[^)\s]+\))/);
  return parts.map((part) => {
    if (part.startsWith("`") && part.length > 2) return element("code", {}, part.slice(1, -1));
    if (part.startsWith("**") && part.length > 4) return element("strong", {}, ...inline(part.slice(2, -2)));
    const [, label, href] = /^\[([^\]]+)\]\((https?:\/\/[^)\s]+)\)$/.exec(part) ?? [];
    return href === undefined ? part : element("a", { href, rel: "noreferrer", target: "_blank" }, label);
  });
}

const token = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** JSON with its parts in colours; long ones plain, which is quicker than anybody reads. */
export function json(value) {
  const text = JSON.stringify(value, null, 2) ?? "";
  const pre = element("pre", { tabIndex: 0 });
  if (text.length > 200_000) return (pre.append(text), pre);
  let last = 0;
  for (const match of text.matchAll(token)) {
    const [whole, string, colon, number] = match;
    const shown = string ?? whole;
    const kind = string === undefined ? (number === undefined ? "word" : "number") : colon === undefined ? "string" : "name";
    pre.append(text.slice(last, match.index), element("span", { class: kind }, shown));
    last = match.index + shown.length;
  }
  pre.append(text.slice(last));
  return pre;
}

/** A path with its parameters set apart. */
export function pathParts(path) {
  return path.split(/(\{[^{}]+\})/).map((part) => (part.startsWith("{") ? element("b", {}, part) : part));
}
