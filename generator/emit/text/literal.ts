import type { Json } from "../../openapi/shapes.ts";
import {
  comma,
  concat,
  fill,
  group,
  indent,
  join,
  line,
  print,
  softline,
  trailingComma,
  type Layout,
  type Place,
} from "./layout.ts";

/** An expression that stands for itself in a literal: made of our own names, and of what the doors of this folder let through. */
export class Expression {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can be written as a literal: JSON, and expressions in it. */
export type Literal = Json | Expression | readonly Literal[] | { readonly [key: string]: Literal };

/**
 * A JSON value as a TypeScript expression, formatted as prettier would. An object stands on one line when it fits and holds
 * no other object, unless `expand` asks for lines. Evaluating the text gives an equal value, `-0` and a member named
 * `__proto__` included.
 */
export function literal(value: Literal, options: Place & { readonly expand?: boolean } = {}): string {
  return print(literalLayout(value, options.expand), options);
}

/** A string literal, in the quotes that need fewer escapes. Nothing in it can end the literal, or turn the text around it. */
export function stringLiteral(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  const quote = count(text, '"') > count(text, "'") ? "'" : '"';
  const escaped = text.replace(unsafe, (character) => shortEscapes.get(character) ?? unicodeEscape(character));
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`;
}

/** A text of many lines as a literal that keeps them. Nothing in it can end the literal, or be read as an expression. */
export function templateLiteral(text: string): string {
  const escaped = text.replace(/[`\\]|\$(?=\{)/g, "\\$&");
  // A carriage return would be read as a line feed: https://tc39.es/ecma262/#sec-static-semantics-tv
  return `\`${escaped.replace(unseen, (character) => shortEscapes.get(character) ?? unicodeEscape(character))}\``;
}

/** A key of an object literal or of an object type, in quotes where it needs them; not for `__proto__` in a literal. */
export function propertyKey(name: string): string {
  return isPlainName(name) ? name : stringLiteral(name);
}

/** A key of an object literal. `__proto__: x` would set the prototype (https://tc39.es/ecma262/#sec-__proto__-property-names-in-object-initializers). */
export function literalKey(name: string): string {
  return name === "__proto__" ? '["__proto__"]' : propertyKey(name);
}

/**
 * Whether all objects have a member of this name. Under such a key of a literal whose type has an index signature, TypeScript
 * expects what `Object` has there, and takes texts for mere strings; ` as const` keeps them as they are.
 */
export function isInheritedName(name: string): boolean {
  return name !== "__proto__" && Object.hasOwn(Object.prototype, name);
}

/** Whether a value holds such a key at any depth. */
export function holdsInheritedName(value: Literal): boolean {
  if (isArray(value)) return value.some(holdsInheritedName);
  return isObject(value) && Object.entries(value).some(([key, member]) => isInheritedName(key) || holdsInheritedName(member));
}

/** Whether a text is an identifier name, reserved words included, of the kind that prettier leaves without quotes. */
export function isPlainName(text: string): boolean {
  if (/^[$_a-zA-Z][$_a-zA-Z0-9]*$/.test(text)) return true;
  return /^[$_\p{L}\p{Nl}][$\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u.test(text) && !/[\ud800-\udfff]/.test(text);
}

/** A JSON value as a layout, to be part of a larger one. */
export function literalLayout(value: Literal, expand = false): Layout {
  if (value instanceof Expression) return value.text;
  if (typeof value === "string") return stringLiteral(value);
  if (typeof value === "number") return signedLiteral(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (isArray(value)) return arrayLayout(value);
  const members: Layout[] = [];
  let broken = expand;
  for (const key of Object.keys(value)) {
    const member = value[key] ?? null;
    members.push(memberLayout(key, member));
    broken ||= holdsObject(member);
  }
  if (members.length === 0) return "{}";
  return group(concat("{", indent(concat(line, join(comma, members))), trailingComma, line, "}"), broken);
}

/** A number as prettier writes it: JavaScript's shortest form, without the plus of an exponent. */
export function numberLiteral(value: number): string {
  return String(value).replace("e+", "e");
}

function signedLiteral(value: number): string {
  return Object.is(value, -0) ? "-0" : numberLiteral(value);
}

function arrayLayout(values: readonly Literal[]): Layout {
  if (values.length === 0) return "[]";
  if (values.every((value) => typeof value === "number")) {
    const words = values.map((value, index) => `${signedLiteral(value)}${index < values.length - 1 ? "," : ""}`);
    return group(concat("[", indent(concat(softline, fill(words), trailingComma)), softline, "]"));
  }
  const items = join(
    comma,
    values.map((value) => literalLayout(value)),
  );
  return group(concat("[", indent(concat(softline, items)), trailingComma, softline, "]"), isMatrix(values));
}

// Prettier breaks an array of several objects, or of several arrays, that have more than one member each.
function isMatrix(values: readonly Literal[]): boolean {
  if (values.length < 2) return false;
  return (
    values.every((value) => isArray(value) && value.length > 1) ||
    values.every((value) => isObject(value) && Object.keys(value).length > 1)
  );
}

// A string that does not fit goes to a line of its own, unless its key is so short that little would be won.
function memberLayout(key: string, value: Literal): Layout {
  const name = literalKey(key);
  const content = literalLayout(value);
  if (typeof value === "string" && name.length > 4) return concat(`${name}:`, group(indent(concat(line, content))));
  // What can be broken is a group of its own.
  return typeof content === "string" ? `${name}: ${content}` : concat(`${name}: `, content);
}

function holdsObject(value: Literal): boolean {
  if (isArray(value)) return value.some(holdsObject);
  return isObject(value) && Object.keys(value).length > 0;
}

// `Array.isArray` does not narrow readonly arrays away.
function isArray(value: Literal): value is readonly Literal[] {
  return Array.isArray(value);
}

function isObject(value: Literal): value is { readonly [key: string]: Literal } {
  return typeof value === "object" && value !== null && !isArray(value) && !(value instanceof Expression);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const shortEscapes = new Map([
  ["\\", "\\\\"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
]);

// Control characters, line separators, what turns the direction of the text around it (https://trojansource.codes),
// the byte order mark, and halves of surrogate pairs, which UTF-8 cannot hold.
const unseen =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const unsafe =
  /[\\\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
