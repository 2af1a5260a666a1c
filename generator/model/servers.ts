import type { ServerObject } from "../openapi/shapes.ts";
import type { ServerDescriptor } from "../runtime/operation.ts";
import type { ApiModel, Operation } from "./api-model.ts";
import { valueIdentifier } from "./names.ts";

/** A server that a client can be told to use, by a short key where there are several. */
export interface NamedServer {
  /** `us` for `https://us.posthog.com`, `selfHosted` for a server that is described so. */
  readonly key: string;
  readonly server: ServerObject;
}

/**
 * The absolute servers, each with a key: its `name` (OpenAPI 3.2), the first label of its host when another server is its
 * neighbour in the domain, its description when that is short, or its place in the list. Keys are unique.
 */
export function nameServers(servers: readonly ServerObject[]): readonly NamedServer[] {
  return named(servers.filter((server) => isAbsolute(server.url)));
}

/** The servers of an operation that are not those of the document, relative ones too, each with a key. */
export function ownServers(model: Pick<ApiModel, "servers">, { servers }: Pick<Operation, "servers">): readonly NamedServer[] {
  const urls = (all: readonly ServerObject[]): string => all.map(({ url }) => url).join(" ");
  return urls(servers) === urls(model.servers) ? [] : named(servers);
}

/** What the runtime knows of a server. */
export function serverDescriptor({ url, variables }: ServerObject): ServerDescriptor {
  if (variables === undefined) return url;
  const defaults = Object.entries(variables).map(([name, variable]): [string, string] => [name, variable.default]);
  return { url, variables: Object.fromEntries(defaults) };
}

/** The URL of a server, with the defaults of its variables. */
export function withDefaults({ url, variables = {} }: ServerObject): string {
  return url.replace(
    /\{([^{}]+)\}/g,
    (whole, name: string) => (Object.hasOwn(variables, name) ? variables[name]?.default : undefined) ?? whole,
  );
}

function named(servers: readonly ServerObject[]): readonly NamedServer[] {
  const labels = servers.map((server) => labelOf(server, servers));
  const taken = new Set<string>();
  return servers.map((server, index) => {
    const label = labels[index];
    const wishes = [
      slug(server.name),
      label !== undefined && labels.indexOf(label) === labels.lastIndexOf(label) ? label : undefined,
      slug(server.description),
    ];
    const key = wishes.find((wish) => wish !== undefined && !taken.has(wish)) ?? `server${index + 1}`;
    taken.add(key);
    return { key, server };
  });
}

/** Whether a URL stands for itself; one that starts with a variable has its scheme there. */
export function isAbsolute(url: string): boolean {
  return /^(https?:\/\/|\{[^{}]+\}(:\/\/|$))/i.test(url);
}

function labelOf(server: ServerObject, all: readonly ServerObject[]): string | undefined {
  const [label, domain] = splitHost(server.url);
  if (label === undefined || !/^[a-z][a-z0-9]*$/i.test(label)) return undefined;
  return all.some((other) => other !== server && splitHost(other.url)[1] === domain) ? label.toLowerCase() : undefined;
}

/** `us` and `posthog.com` of `https://us.posthog.com/api`; nothing for a host of two labels. */
function splitHost(url: string): readonly [label?: string, domain?: string] {
  const host = /^https?:\/\/([^/:?#]+)/i.exec(url)?.[1] ?? "";
  const [label, ...domain] = host.split(".");
  return label === undefined || domain.length < 2 ? [] : [label, domain.join(".")];
}

function slug(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 40) return undefined;
  return valueIdentifier(text) || undefined;
}
