import { jsdoc } from "../text/jsdoc.ts";
import {
  block,
  choice,
  comma,
  concat,
  concatOf,
  group,
  hardline,
  indent,
  join,
  line,
  softline,
  trailingComma,
  type Layout,
} from "../text/layout.ts";
import { propertyKey } from "../text/literal.ts";
import { unknownType, neverType, primitive, union, type Member, type ObjectType, type Type } from "./type.ts";

/** The layout of a type where it stands alone, as after the colon of a member; breaks as prettier's do. */
export function typeLayout(type: Type): Layout {
  return type.kind === "union" && !isHugged(type.types)
    ? group(indent(concat(softline, unionLayout(type.types))))
    : bareLayout(type);
}

/** `export type Name = …;` */
export function aliasLayout(name: string, type: Type): Layout {
  const start = `export type ${name} =`;
  if (type.kind === "union" && !isHugged(type.types))
    return concat(group(concat(start, group(indent(concat(line, unionLayout(type.types)))))), ";");
  if (type.kind === "atom" || type.kind === "named") return concat(group(concat(start, indent(concat(line, type.text)))), ";");
  return concat(start, " ", bareLayout(type), ";");
}

/** `export interface Name { … }` */
export function interfaceLayout(name: string, type: ObjectType): Layout {
  if (type.members.length === 0 && type.index === undefined) return `export interface ${name} {}`;
  return concat(`export interface ${name} {`, indent(concat(hardline, membersLayout(type, hardline), ";")), hardline, "}");
}

function bareLayout(type: Type): Layout {
  switch (type.kind) {
    case "atom":
    case "named":
      return type.text;
    case "generic":
      return genericLayout(type.name, type.argument);
    case "array":
      return concat(operandLayout(type.items), "[]");
    case "tuple":
      return tupleLayout(type);
    case "object":
      return objectLayout(type);
    case "union":
      return isHugged(type.types) ? join(" | ", type.types.map(bareLayout)) : unionLayout(type.types);
    case "intersection":
      return intersectionLayout(type.types);
  }
}

// Prettier keeps an object or a reference together with the brackets around it.
function genericLayout(name: string, argument: Type): Layout {
  const whole = bareLayout(argument);
  return argument.kind === "union" || argument.kind === "intersection"
    ? group(concat(`${name}<`, indent(concat(softline, whole)), softline, ">"))
    : concat(`${name}<`, whole, ">");
}

/** A type as part of another one: in parentheses where it would come apart. */
function operandLayout(type: Type): Layout {
  if (type.kind === "intersection") return concat("(", intersectionLayout(type.types), ")");
  if (type.kind !== "union") return bareLayout(type);
  if (isHugged(type.types)) return concat("(", bareLayout(type), ")");
  return concat("(", group(concat(indent(concat(softline, unionLayout(type.types))), softline)), ")");
}

function unionLayout(types: readonly Type[]): Layout {
  return group(
    join(
      "",
      types.map((type, index) => concat(index === 0 ? choice("| ") : concat(line, "| "), indent(operandLayout(type)))),
    ),
  );
}

// Prettier keeps an object or a reference together with the `null` beside it.
function isHugged(types: readonly Type[]): boolean {
  const [object, ...others] = types.filter((type) => !(type.kind === "atom" && type.of === "null"));
  return object !== undefined && others.length === 0 && (object.kind === "object" || object.kind === "named");
}

function intersectionLayout(types: readonly Type[]): Layout {
  let indented = false;
  const parts = types.map((type, index): Layout => {
    const layout = operandLayout(type);
    const previous = types[index - 1];
    if (previous === undefined) return layout;
    const objects = Number(type.kind === "object") + Number(previous.kind === "object");
    if (objects === 2) return concat(" & ", indented ? indent(layout) : layout);
    if (objects === 0) return indent(concat(" &", line, layout));
    indented ||= index > 1;
    return concat(" & ", index > 1 ? indent(layout) : layout);
  });
  return group(concatOf(parts));
}

function tupleLayout(type: Extract<Type, { kind: "tuple" }>): Layout {
  const items = type.items.map((item, index): Layout => {
    if (index >= type.required) return concat(operandLayout(item), "?");
    if (item.kind !== "union" || isHugged(item.types) || type.items.length + (type.rest === undefined ? 0 : 1) < 2)
      return bareLayout(item);
    return group(concat(indent(concat(choice(concat("(", softline)), unionLayout(item.types))), softline, choice(")")));
  });
  if (type.rest !== undefined) items.push(concat("...", operandLayout(type.rest), "[]"));
  if (items.length === 0) return "[]";
  return group(
    concat(
      "[",
      indent(
        concat(
          softline,
          join(
            comma,
            items.map((item) => group(item)),
          ),
        ),
      ),
      trailingComma,
      softline,
      "]",
    ),
  );
}

// A literal that holds another, or a comment, is written in lines; another one when it does not fit.
function objectLayout(type: ObjectType): Layout {
  if (type.members.length === 0 && type.patterns === undefined) {
    if (type.index === undefined) return "{}";
    if (type.index === neverType) return "Record<string, never>";
  }
  const broken = type.members.some((member) => member.documentation !== undefined || holdsObject(member.type));
  return group(concat("{", indent(concat(line, membersLayout(type, line))), lastSemicolon, line, "}"), broken);
}

const lastSemicolon = choice(";");

function membersLayout(type: ObjectType, separator: Layout): Layout {
  const layouts: Layout[] = [];
  for (const member of type.members) {
    if (layouts.length > 0) layouts.push(";");
    if (layouts.length > 0 && member.apart === true) layouts.push(hardline);
    if (layouts.length > 0) layouts.push(separator);
    layouts.push(memberLayout(member));
  }
  const signatures = signaturesOf(type).map(([key, inner]) => group(concat(`[key: ${key}]: `, typeLayout(inner))));
  for (const signature of signatures) {
    if (layouts.length > 0) layouts.push(";", separator);
    layouts.push(signature);
  }
  return concatOf(layouts);
}

function memberLayout(member: Member): Layout {
  const { name, documentation } = member;
  const key = typeof name === "number" ? String(name) : propertyKey(name);
  const start = member.optional === true ? `${key}?: ` : `${key}: `;
  const type = typeLayout(member.type);
  const layout = typeof type === "string" ? start + type : group(concat(start, type));
  if (documentation === undefined) return layout;
  return concat(
    block((spaces) => jsdoc(documentation, spaces)),
    layout,
  );
}

/** The index signatures: each must hold for all members that it speaks of, those of narrower signatures too. */
function signaturesOf({ members, patterns = [], index }: ObjectType): readonly (readonly [string, Type])[] {
  const narrow = patterns.map(({ template, expression, type }): readonly [string, Type] => {
    const named = members.filter(({ name }) => expression.test(String(name)));
    const optional = named.some((member) => member.optional === true);
    return [`\`${template}\``, optional ? union([type, primitive("undefined")]) : type];
  });
  if (index === undefined) return narrow;
  const others = patterns.map(({ type }): Member => ({ name: "", type }));
  return [...narrow, ["string", indexType([...members, ...others], index)]];
}

/**
 * TypeScript asks that an index signature holds for the named members too. A union with their types says so and can still be
 * built; an intersection of the two cannot.
 */
function indexType(members: readonly Member[], index: Type): Type {
  const types = members.map((member) => member.type);
  if (index === unknownType || types.some((type) => holdsObject(type))) return unknownType;
  const optional = members.some((member) => member.optional === true);
  const all = union([index, ...types, ...(optional && index !== neverType ? [primitive("undefined")] : [])]);
  return all.kind === "union" && all.types.length > 6 ? unknownType : all;
}

function holdsObject(type: Type): boolean {
  switch (type.kind) {
    case "object":
      return type.members.length > 0 || type.index !== undefined || type.patterns !== undefined;
    case "array":
      return holdsObject(type.items);
    case "tuple":
      return type.items.some(holdsObject) || (type.rest !== undefined && holdsObject(type.rest));
    case "union":
    case "intersection":
      return type.types.some(holdsObject);
    default:
      return false;
  }
}
