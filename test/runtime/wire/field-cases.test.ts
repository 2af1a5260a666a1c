/**
 * How every style, explode and type of OpenAPI 3.1.1, §4.8.12.4 (Style Examples) arrives at a server, over real HTTP and raw: what is
 * lawful with its value, and what is to be refused. The field's best answers 44 of such 73.
 */
import http from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OperationDescriptor, ParameterDescriptor, Shape } from "../../../generator/runtime/operation.ts";
import { type RunningServer, serve } from "../../../generator/runtime/server/node.ts";
import { createOperationRouter } from "../../../generator/runtime/server/router.ts";

type Type = "string" | "integer" | "strings" | "integers" | "object";
type Case = readonly [spelling: string, type: Type, wire: string, value: unknown];

const rgb = { R: 100, G: 200, B: 150 };
const colours = ["blue", "black", "brown"];
const refused: unique symbol = Symbol("refused");

/** `place style`, with `*` for explode. */
const cases: readonly Case[] = [
  // Path: 7 spellings.
  ["path simple", "string", "blue", "blue"],
  ["path simple", "strings", "blue,black,brown", colours],
  ["path simple", "object", "R,100,G,200,B,150", rgb],
  ["path simple*", "string", "blue", "blue"],
  ["path simple*", "strings", "blue,black,brown", colours],
  ["path simple*", "object", "R=100,G=200,B=150", rgb],
  ["path label", "string", ".blue", "blue"],
  ["path label", "strings", ".blue,black,brown", colours],
  ["path label", "object", ".R,100,G,200,B,150", rgb],
  ["path label*", "string", ".blue", "blue"],
  ["path label*", "strings", ".blue.black.brown", colours],
  ["path label*", "object", ".R=100.G=200.B=150", rgb],
  ["path matrix", "string", ";color=blue", "blue"],
  ["path matrix", "string", ";color=", ""],
  ["path matrix", "string", ";color", ""],
  ["path matrix", "strings", ";color=blue,black,brown", colours],
  ["path matrix", "object", ";color=R,100,G,200,B,150", rgb],
  ["path matrix*", "string", ";color=blue", "blue"],
  ["path matrix*", "strings", ";color=blue;color=black;color=brown", colours],
  ["path matrix*", "object", ";R=100;G=200;B=150", rgb],
  ["path label*", "integers", ".1.2.3", [1, 2, 3]],
  ["path matrix*", "integers", ";color=1", [1]],
  // Query.
  ["query form", "string", "color=blue", "blue"],
  ["query form", "string", "color=", ""],
  ["query form", "strings", "color=blue,black,brown", colours],
  ["query form", "object", "color=R,100,G,200,B,150", rgb],
  ["query form*", "string", "color=blue", "blue"],
  ["query form*", "strings", "color=blue&color=black&color=brown", colours],
  ["query form*", "strings", "color=blue", ["blue"]],
  ["query form*", "object", "R=100&G=200&B=150", rgb],
  ["query spaceDelimited", "strings", "color=blue%20black%20brown", colours],
  ["query spaceDelimited", "strings", "color=blue+black+brown", colours],
  ["query spaceDelimited", "object", "color=R%20100%20G%20200%20B%20150", rgb],
  ["query pipeDelimited", "strings", "color=blue%7Cblack%7Cbrown", colours],
  ["query pipeDelimited", "strings", "color=blue|black|brown", colours],
  ["query pipeDelimited", "object", "color=R%7C100%7CG%7C200%7CB%7C150", rgb],
  ["query deepObject*", "object", "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150", rgb],
  ["query deepObject*", "object", "color[R]=100&color[G]=200&color[B]=150", rgb],
  // Header and cookie.
  ["header simple", "string", "blue", "blue"],
  ["header simple", "strings", "blue,black,brown", colours],
  ["header simple", "object", "R,100,G,200,B,150", rgb],
  ["header simple*", "strings", "blue, black,  brown", colours],
  ["header simple*", "object", "R=100,G=200,B=150", rgb],
  ["cookie form", "string", "color=blue", "blue"],
  ["cookie form", "strings", "color=blue,black,brown", colours],
  ["cookie form", "object", "color=R,100,G,200,B,150", rgb],
  ["cookie form*", "string", "theme=dark; color=blue", "blue"],
  // Edges: escapes, and text that others refuse.
  ["path simple", "string", "a%2Fb", "a/b"],
  ["path simple", "strings", "a%2Cb,c", ["a,b", "c"]],
  ["path label", "string", ".a.b", "a.b"],
  ["path label*", "strings", ".a%2Eb.c", ["a.b", "c"]],
  ["path matrix*", "strings", ";color=a%3Bb;color=c", ["a;b", "c"]],
  ["path simple", "string", "%C3%A9%25", "é%"],
  ["query form", "strings", "color=a%2Cb,c", ["a,b", "c"]],
  ["query form*", "string", "color=x:y", "x:y"],
  ["query form*", "string", "color=b+c", "b c"],
  ["query form*", "string", "color=b%2Bc", "b+c"],
  ["query form*", "string", "color=*", "*"],
  ["query form*", "string", "color=a=b", "a=b"],
  ["query form*", "integer", "color=12", 12],
  ["query form*", "integer", "color=-0", 0],
  ["query form*", "strings", "color=a&size=1&color=b", ["a", "b"]],
  // To be refused.
  ["query form*", "integer", "color=1.5", refused],
  ["query form*", "integer", "color=", refused],
  ["query form*", "integer", "color=null", refused],
  ["query form*", "integer", "color=0x10", refused],
  ["query form*", "integer", "color=1+", refused],
  ["query form*", "integer", "color=1e3", refused],
  ["query form*", "integer", "color=01", refused],
  ["query form*", "integer", "color=%2B1", refused],
  ["query form*", "integer", "color=1&color=2", refused],
  ["query form*", "string", "color=%ZZ", refused],
  ["query form*", "string", "color=%FF", refused],
  ["query form", "object", "color=R,100,G", refused],
  ["path simple", "integer", "true", refused],
  ["path simple", "integers", "1,x", refused],
  ["path simple*", "object", "R,100", refused],
  ["path label", "string", "blue", refused],
  ["path matrix", "string", "blue", refused],
  ["path matrix", "string", ";other=blue", refused],
  ["header simple", "integer", "1.0", refused],
  ["cookie form", "integer", "color=abc", refused],
];

const shapes: Readonly<Record<Type, Shape>> = {
  string: "string",
  integer: "integer",
  strings: { array: "string" },
  integers: { array: "integer" },
  object: { object: { R: "integer", G: "integer", B: "integer" } },
};

function parameterOf(spelling: string): ParameterDescriptor {
  const [place = "", style = ""] = spelling.split(" ");
  return {
    name: "color",
    in: place as "path" | "query" | "header" | "cookie",
    required: true,
    style: style.replace("*", "") as NonNullable<ParameterDescriptor["style"]>,
    explode: style.endsWith("*"),
  };
}

const arrived: { value?: unknown } = {};
let server: RunningServer;

beforeAll(async () => {
  const kinds = [...new Set(cases.map(([spelling, type]) => `${spelling} ${type}`))];
  const operations = Object.fromEntries(
    kinds.map((kind, index): [string, OperationDescriptor] => {
      const parameter = parameterOf(kind);
      const path = parameter.in === "path" ? `/${index}/{color}` : `/${index}`;
      return [kind, { id: kind, method: "GET", path, parameters: [parameter], responses: [{ status: "204" }] }];
    }),
  );
  const validators = Object.fromEntries(
    kinds.map((kind) => {
      const shape = shapes[kind.split(" ")[2] as Type];
      return [kind, { [parameterOf(kind).in]: { color: { validate: () => true, shape } } }];
    }),
  );
  const handler = (input: object): object => {
    const { path, query, headers, cookies } = input as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    arrived.value = { ...path, ...query, ...headers, ...cookies }["color"];
    return { status: 204 };
  };
  const handlers = Object.fromEntries(kinds.map((kind) => [kind, handler]));
  server = await serve(createOperationRouter({ operations, validators, securitySchemes: {}, handlers, options: {} }), {
    port: 0,
  });
});
afterAll(() => server.close());

// Not by fetch, which would encode what is not.
async function send([spelling, type, wire]: Case): Promise<number> {
  const kinds = [...new Set(cases.map(([one, other]) => `${one} ${other}`))];
  const base = `/${kinds.indexOf(`${spelling} ${type}`)}`;
  const { in: place } = parameterOf(spelling);
  const path = place === "path" ? `${base}/${wire}` : place === "query" ? `${base}?${wire}` : base;
  const headers = place === "header" ? { color: wire } : place === "cookie" ? { Cookie: wire } : {};
  return new Promise((resolve, reject) => {
    http
      .get({ port: server.port, host: "127.0.0.1", path, headers }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode ?? 0));
      })
      .on("error", reject);
  });
}

describe("a server reads", () => {
  it.each(cases.filter(([, , , value]) => value !== refused))("%s %s: %s", async (...each) => {
    delete arrived.value;
    expect(await send(each)).toBe(204);
    expect(arrived.value).toEqual(each[3]);
  });
});

describe("a server refuses", () => {
  it.each(cases.filter(([, , , value]) => value === refused))("%s %s: %s", async (...each) => {
    expect(await send(each)).toBe(400);
  });

  it("nothing less than the field's table: 73 cases", () => {
    expect(cases.length).toBeGreaterThanOrEqual(73);
    expect(cases.filter(([spelling]) => spelling.startsWith("path")).length).toBeGreaterThanOrEqual(21);
  });
});
