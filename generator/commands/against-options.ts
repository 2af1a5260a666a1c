/** Flags of `verify --against` come in; what is sent, where and with which credentials comes out, or a UsageError. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { UsageError } from "../config.ts";
import { parseYaml } from "../diagnostics/yaml.ts";
import type { Generated } from "../pipeline.ts";
import type { ContractOptions } from "../verify/contract.ts";
import type { Terminal } from "./terminal.ts";

type ApiModel = NonNullable<Generated["model"]>;
type SecurityScheme = ApiModel["securitySchemes"][number];

/** As a user types them. */
export interface AgainstFlags {
  readonly against: string;
  readonly methods?: readonly string[];
  readonly header?: readonly string[];
  readonly param?: readonly string[];
  readonly requests?: string;
  readonly negative?: boolean;
  readonly timeout?: number;
  readonly rate?: number;
  readonly concurrency?: number;
}

/** Methods that ask and change nothing (RFC 9110, §9.2.1; RFC 10008 for QUERY), but TRACE, which `fetch` does not send. */
export const readOnlyMethods: readonly string[] = ["get", "head", "options", "query"];

/** What the document does not have to say; the credentials need its security schemes. */
export async function contractOptions(
  flags: AgainstFlags,
  { allowHosts }: { readonly allowHosts: readonly string[] },
  model: Pick<ApiModel, "securitySchemes" | "operations">,
  terminal: Pick<Terminal, "cwd" | "environment">,
): Promise<ContractOptions & { readonly secrets: readonly string[] }> {
  const headers = Object.fromEntries((flags.header ?? []).map(headerOf));
  const credentials = Object.fromEntries(model.securitySchemes.flatMap((scheme) => credentialOf(scheme, terminal.environment)));
  const { rate = 0, concurrency = 4, timeout = 10 } = flags;
  if (concurrency === 0) throw new UsageError("--concurrency 0 would send nothing.");
  return {
    url: urlOf(flags.against, allowHosts),
    headers,
    credentials,
    timeout: timeout * 1000,
    rate: rate === 0 ? Number.POSITIVE_INFINITY : rate,
    concurrency,
    methods: methodsOf(flags.methods ?? readOnlyMethods, model),
    negative: flags.negative === true,
    values: Object.fromEntries((flags.param ?? []).map(pairOf)),
    requests: flags.requests === undefined ? {} : await readRequests(path.resolve(terminal.cwd, flags.requests), model),
    secrets: [
      ...Object.values(headers),
      // `Bearer abc`: the server may say the token alone.
      ...Object.values(headers).flatMap((value) => value.split(/\s+/)),
      ...Object.values(credentials).flatMap((one) =>
        typeof one === "string" ? [one] : [one.password, `${one.username}:${one.password}`],
      ),
    ],
  };
}

/** Loopback, or a host that was allowed by name: nobody else's server is sent anything by mistake. */
function urlOf(text: string, allowHosts: readonly string[]): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--against takes the http(s) URL of a server, such as http://127.0.0.1:8000; ${text} is none.`);
  if (url.username !== "" || url.password !== "")
    throw new UsageError(`--against takes no password in the URL; --header or the environment do.`);
  if (url.search !== "" || url.hash !== "") throw new UsageError(`--against takes a URL without a query or a fragment.`);
  const isLoopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (!isLoopback && !allowHosts.includes(url.hostname) && !allowHosts.includes(url.host))
    throw new UsageError(
      `--against would send requests to ${url.hostname}, which is not this machine; --allow-host ${url.hostname} allows it.`,
    );
  return url.href.replace(/\/+$/, "");
}

function methodsOf(names: readonly string[], { operations }: Pick<ApiModel, "operations">): ReadonlySet<string> | "all" {
  const wanted = names.map((name) => name.toLowerCase());
  if (wanted.includes("all")) return "all";
  const known = new Set([
    ...readOnlyMethods,
    "post",
    "put",
    "patch",
    "delete",
    ...operations.map(({ method }) => method.toLowerCase()),
  ]);
  const unknown = wanted.find((name) => !known.has(name));
  if (unknown !== undefined) throw new UsageError(`--methods: ${unknown} is no method of this document; "all" sends every one.`);
  return new Set(wanted);
}

function headerOf(text: string): readonly [string, string] {
  const colon = text.indexOf(":");
  // Not the text: it may hold a secret.
  if (colon < 1) throw new UsageError('--header takes a name and a value: --header "X-Tenant: acme".');
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

function pairOf(text: string): readonly [string, string] {
  const equals = text.indexOf("=");
  if (equals < 1)
    throw new UsageError(`--param takes the name of a parameter and its value: --param project_id=1; "${text}" is none.`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

/** The variable that a scheme's credential is read from, where the document names none by `x-triad-env`. */
export function variableOf({ key, environmentVariable }: Pick<SecurityScheme, "key" | "environmentVariable">): string {
  const words = key.replace(/([a-z\d])([A-Z])/g, "$1_$2").replace(/[^A-Za-z\d]+/g, "_");
  return environmentVariable ?? `OPENAPI_TRIAD_AUTH_${words.toUpperCase()}`;
}

function credentialOf(
  scheme: SecurityScheme,
  environment: Terminal["environment"],
): [string, ContractOptions["credentials"][string]][] {
  const secret = environment(variableOf(scheme));
  if (secret === undefined || secret === "" || scheme.kind === "mutualTLS") return [];
  if (scheme.kind !== "basic") return [[scheme.key, secret]];
  const colon = secret.indexOf(":");
  if (colon === -1) throw new UsageError(`${variableOf(scheme)} holds no user and password; they are written user:password.`);
  return [[scheme.key, { username: secret.slice(0, colon), password: secret.slice(colon + 1) }]];
}

async function readRequests(file: string, { operations }: Pick<ApiModel, "operations">): Promise<ContractOptions["requests"]> {
  const name = path.basename(file);
  const cannot = (why: string): never => {
    throw new UsageError(`--requests: ${name} cannot be read: ${why}`);
  };
  const text = await readFile(file, "utf8").catch((error: unknown) =>
    cannot(error instanceof Error ? error.message : String(error)),
  );
  // YAML 1.2 is all of JSON.
  const { value: read, problems } = parseYaml(text);
  const [problem] = problems;
  if (problem !== undefined) cannot(problem.kind === "syntax" ? problem.message : problem.kind);
  if (!isRecord(read))
    throw new UsageError(`--requests: ${name} must hold an object: operations, each with parts of its request.`);
  const known = new Set(operations.flatMap(({ id, method, path: template }) => [id, `${method.toUpperCase()} ${template}`]));
  for (const [operation, parts] of Object.entries(read)) {
    if (!known.has(operation)) throw new UsageError(`--requests: ${name} names ${operation}, which the document does not have.`);
    const wrong = isRecord(parts)
      ? Object.keys(parts).find((part) => !["path", "query", "header", "cookie", "body"].includes(part))
      : "";
    if (wrong !== undefined)
      throw new UsageError(
        `--requests: ${operation} of ${name} must have path, query, header, cookie or body${wrong === "" ? "" : `, not ${wrong}`}.`,
      );
  }
  return read as ContractOptions["requests"]; // Just looked at; values are the server's to judge.
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
