/** What the suite's mock API expects of each request and answers to it: the suite's own data, as it is published. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** One call or several that prove one thing, by the name that Spector reports. */
export interface Scenario {
  readonly name: string;
  /** The folder of the spec: `encode/bytes`. */
  readonly spec: string;
  readonly calls: readonly MockCall[];
}

export interface MockCall {
  /** A path, where the router of Express needs them with `\:`. */
  readonly uri: string;
  readonly method: string;
  readonly request?: {
    readonly body?: MockBody | MockForm;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly headers?: Readonly<Record<string, unknown>>;
  };
  readonly response: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, unknown>>;
    readonly body?: MockBody;
  };
}

export interface MockBody {
  readonly contentType: string;
  readonly rawContent: string | Uint8Array | { serialize(config: { readonly baseUrl: string }): string } | undefined;
}

export interface MockForm {
  readonly kind: "multipart";
  readonly parts?: Readonly<Record<string, unknown>>;
  readonly files?: readonly {
    readonly fieldname: string;
    readonly originalname: string;
    readonly mimetype: string;
    readonly buffer: Uint8Array<ArrayBuffer>;
  }[];
}

/** Every scenario of the suite, in the order of its specs. */
export async function loadScenarios(home: string): Promise<readonly Scenario[]> {
  const folder = path.join(home, "node_modules/@typespec/http-specs/dist/specs");
  const files = (await readdir(folder, { recursive: true })).filter((file) => path.basename(file) === "mockapi.js").sort();
  const scenarios: Scenario[] = [];
  for (const file of files) {
    // The suite is installed at run time; `MockCall` is what is used of its `ScenarioMockApi`.
    const { Scenarios } = (await import(pathToFileURL(path.join(folder, file)).href)) as {
      readonly Scenarios: Readonly<Record<string, { readonly apis: readonly MockCall[] }>>;
    };
    const spec = path.dirname(file).split(path.sep).join("/");
    for (const [name, { apis }] of Object.entries(Scenarios)) scenarios.push({ name, spec, calls: apis });
  }
  return scenarios;
}

/** What a body holds: bytes, or text with the address of the server filled in. */
export function contentOf(body: MockBody, baseUrl: string): string | Uint8Array {
  const { rawContent } = body;
  if (rawContent === undefined) return "";
  return typeof rawContent === "object" && "serialize" in rawContent ? rawContent.serialize({ baseUrl }) : rawContent;
}

/** The path as it stands on the wire. */
export function wirePath(call: MockCall): string {
  return call.uri.replaceAll("\\:", ":");
}
