/** The requests of oapi-codegen's `wire_format_test.go`, over real HTTP to a server generated from its `parameters.yaml`. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { resolveConfig } from "../../../generator/config.ts";
import { generate } from "../../../generator/pipeline.ts";
import { serve } from "../../../generator/runtime/server/node.ts";
import { makeRunnable } from "../../../generator/verify/transpile.ts";
import type { RowVerdict } from "./ogen.ts";

/** A request of the suite, and the value that its handler must get. */
interface Asked {
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expected: unknown;
}

type Values = Readonly<Record<string, unknown>>;
type Input = { readonly [part in "path" | "query" | "headers" | "cookies"]: Values };

/** Sends every request and compares what arrives. */
export async function judgeOapiCodegen(folder: string): Promise<RowVerdict[]> {
  const arrived: { input?: Input } = {};
  const router = await makeRouter(await readFile(path.join(folder, "parameters.yaml"), "utf8"), arrived);
  const server = await serve(router, { port: 0 });
  try {
    const verdicts: RowVerdict[] = [];
    for (const asked of requestsOf(await readFile(path.join(folder, "wire_format_test.go"), "utf8"))) {
      delete arrived.input;
      const { status, text } = await send(server.port, asked);
      const got = partsOf(arrived).flatMap((part) => Object.values(part));
      const fault =
        status !== 200
          ? `answered ${status}: ${text}`
          : got.some((value) => isDeepStrictEqual(value, asked.expected))
            ? undefined
            : `arrives as ${JSON.stringify(got)}`;
      const header = Object.entries(asked.headers).map(([name, value]) => ` ${name}: ${value}`);
      verdicts.push({ suite: "requests", row: `\`GET ${asked.target}${header.join("")}\``.replaceAll("|", "\\|"), fault });
    }
    return verdicts;
  } finally {
    await server.close();
  }
}

function partsOf({ input }: { readonly input?: Input }): readonly Values[] {
  return input === undefined ? [] : Object.values(input);
}

const object = { role: "admin", firstName: "Alex" };
const complex = { Object: { firstName: "Alex", role: "admin" }, Id: 12345, IsAdmin: true };
const expectations: Readonly<Record<string, unknown>> = {
  expectedObject: object,
  expectedComplexObject: complex,
  expectedArray: [3, 4, 5],
  expectedPrimitive: 5,
  expectedPrimitiveString: "123;456",
  expectedN1Param: "foo",
};

/** The requests, each with the expectation that follows it; variables are filled in from what stands before. */
function requestsOf(text: string): Asked[] {
  const requests: Asked[] = [];
  const variables = new Map([["marshaledComplexObject", JSON.stringify(complex)]]);
  const statements =
    /(q|uri|do) :?= (?:fmt\.Sprintf\()?(?:"([^"]*)"|`([^`]*)`)(?:, string\((\w+)\)\)| \+ (\w+))?|testutil\.NewRequest\(\)((?:\s*\.With\w+\([^()]*(?:\([^()]*\))?[^()]*\))?)\.Get\((?:"([^"]*)"|(\w+))\)|assert\.EqualValues\(t, (?:&?(\w+)|"([^"]*)"), [*\w.]+\)/g;
  let pending: Omit<Asked, "expected"> | undefined;
  for (const [, variable, quoted, raw, filler, suffix, extras, target, name, expected, literal] of text.matchAll(statements)) {
    if (variable !== undefined) {
      const value = (quoted ?? raw ?? "").replace("%s", () => variables.get(filler ?? "") ?? "");
      variables.set(variable, value + (variables.get(suffix ?? "") ?? ""));
    } else if (extras !== undefined) {
      pending = { target: target ?? variables.get(name ?? "") ?? "", headers: headersOf(extras, variables) };
    } else if (pending !== undefined) {
      requests.push({ ...pending, expected: literal ?? expectations[expected ?? ""] });
      pending = undefined;
    }
  }
  return requests;
}

function headersOf(call: string, variables: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const [, kind, name = "", quoted, variable] =
    /\.With(Header|CookieNameValue)\(\s*"([^"]*)",\s*(?:"([^"]*)"|string\((\w+)\))/.exec(call) ?? [];
  if (kind === undefined) return {};
  const value = quoted ?? variables.get(variable ?? "") ?? "";
  // Go puts a cookie with a comma or a space between quotation marks.
  if (kind === "CookieNameValue") return { Cookie: `${name}=${/[ ,]/.test(value) ? `"${value}"` : value}` };
  return { [name]: value };
}

async function makeRouter(document: string, arrived: { input?: Input }): Promise<(request: Request) => Promise<Response>> {
  const folder = await mkdtemp(path.join(tmpdir(), "openapi-triad-"));
  try {
    const spec = path.join(folder, "parameters.yaml");
    // The path templates are RFC 6570's, and OpenAPI's have names alone.
    await writeFile(spec, document.replace(/\{[.;]?(\w+)\*?\}/g, "{$1}"));
    const { model, files } = await generate(await resolveConfig(folder, { spec, emit: ["server"] }));
    if (model === undefined || files === undefined) throw new Error("parameters.yaml is refused.");
    const modules = await makeRunnable(files);
    const { createRouter } = (await modules.import("server")) as {
      readonly createRouter: (handlers: object) => (request: Request) => Promise<Response>;
    };
    const handler = (input: Input & { readonly operation: unknown }): object => {
      const { path: inPath, query, headers, cookies } = input;
      arrived.input = { path: inPath, query, headers, cookies };
      return { status: 200, body: "" };
    };
    return createRouter(Object.fromEntries(model.operations.map(({ name }) => [name, handler])));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// As it is written: fetch would encode what the suite does not.
async function send(port: number, { target, headers }: Asked): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    http
      .get({ port, host: "127.0.0.1", path: target, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      })
      .on("error", reject);
  });
}
