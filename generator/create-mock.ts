/** The mock of the public Node API: a document goes in, a `fetch` comes out. */
import { resolveConfig, type UserConfig } from "./config.ts";
import { Diagnostics } from "./diagnostics/diagnostic.ts";
import { mockOf, type MockOptions, type RunningMock } from "./mock/mock.ts";
import type { ApiModel } from "./model/api-model.ts";
import { buildModel } from "./model/build.ts";
import { readDocument } from "./openapi/read.ts";
import { understand } from "./pipeline.ts";

/** What a mock is made of: a path or URL; an OpenAPI document as an object; settings, of which `spec` and what it needs count; a model. */
export type MockSource = string | Pick<UserConfig, "spec" | "roots" | "allowHosts" | "overlay"> | OpenApiDocument | ApiModel;

/** An OpenAPI document, 2.0 to 3.2, as it is written, without references to other files. */
export type OpenApiDocument = { readonly openapi: string } | { readonly swagger: string };

/** An API in process, that behaves as its document says. */
export interface Mock {
  /**
   * Answers a request as the API would, on whatever host: nothing goes over a network. What is made, changed and removed is remembered.
   * Rejects with the first problem when the document has errors, and with what `new Request` throws.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Forgets what has been made, changed and removed, and starts the seed anew. */
  readonly reset: () => void;
}

/**
 * Makes a mock. Paths are relative to `cwd`. The document is read with the first request.
 *
 * ```ts
 * const api = createMock("api.yaml");
 * const client = createClient({ baseUrl: "http://api.test", fetch: api.fetch });
 * ```
 */
export function createMock(source: MockSource, options: MockOptions = {}, cwd: string = "."): Mock {
  let made: Promise<RunningMock> | undefined;
  let running: RunningMock | undefined;
  const make = async (): Promise<RunningMock> => (running = mockOf(await modelOf(source, cwd), { page: false, ...options }));
  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      return (await (made ??= make())).router(request);
    },
    reset: () => running?.reset(),
  };
}

async function modelOf(source: MockSource, cwd: string): Promise<ApiModel> {
  if (typeof source === "object" && "schemaByReference" in source) return source;
  const { diagnostics, model } =
    typeof source === "object" && ("openapi" in source || "swagger" in source)
      ? await readObject(source)
      : await understand(await resolveConfig(cwd, typeof source === "string" ? { spec: source } : source));
  const [first] = diagnostics.all.filter(({ severity }) => severity === "error");
  if (model === undefined || first !== undefined)
    throw new Error(first === undefined ? "The document cannot be read." : `${first.at}: ${first.message}`);
  return model;
}

async function readObject(source: object): Promise<{ readonly diagnostics: Diagnostics; readonly model?: ApiModel }> {
  const diagnostics = new Diagnostics();
  const text = JSON.stringify(source);
  const { document } = await readDocument("/openapi.json", {
    diagnostics,
    readFile: async (file) => {
      if (file === "/openapi.json") return text;
      throw Object.assign(new Error(`${file} is not there: a document that is an object has no files beside it.`), {
        code: "ENOENT",
      });
    },
  });
  return document === undefined ? { diagnostics } : { diagnostics, model: buildModel(document, diagnostics) };
}
