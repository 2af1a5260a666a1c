/** What the law has to know of a model, as plain data, which a thread can be given: a model is shared by identity all over. */
import type { ApiModel, Operation, Parameter } from "../model/api-model.ts";
import { hookFamilies } from "../model/hook-families.ts";
import { securityDescriptor } from "../model/security-descriptor.ts";
import { referenced } from "../model/walk.ts";
import type { GeneratedFile } from "../output/render.ts";
import { credentialsOf } from "./client-config.ts";

type Schema = Parameter["schema"];

/** One operation, webhook or callback. */
export interface Subject {
  /** Of its descriptor, fixtures and handler. */
  readonly name: string;
  readonly method: string;
  /** Whether another operation takes its requests, so that it is proven on a server of its own. */
  readonly shadowed: boolean;
  /** Declared answers before the final one (RFC 9110, §15.2) that a server may send unasked. */
  readonly interim: readonly (102 | 103)[];
  /** What a server adds to the parameters of a request that lacks them, by location and name: the document's defaults. */
  readonly defaults: { readonly [location: string]: { readonly [name: string]: unknown } };
  /** Statuses whose body is a schema that an earlier operation answers with: its edges are proven there. */
  readonly known: readonly string[];
}

/** What faces each other: a client and a server, or a sender and a receiver. */
export interface Scene {
  readonly kind: "operation" | "webhook" | "callback";
  readonly subjects: readonly Subject[];
  readonly securitySchemes: { readonly [key: string]: object };
  readonly credentials: object;
}

/** The scenes of a model for which there are files, and their operations in the same order. */
export function scenesOf(
  model: ApiModel,
  files: readonly GeneratedFile[],
): { readonly scene: Scene; readonly operations: readonly Operation[] }[] {
  const families = hookFamilies(model).filter(({ kind }) => files.some((file) => file.path === `${kind}s.ts`));
  const all = [
    { kind: "operation" as const, operations: model.operations },
    ...families.map(({ kind, hooks }) => ({ kind, operations: hooks })),
  ];
  return all.map(({ kind, operations }) => ({ operations, scene: sceneOf(model, kind, operations) }));
}

function sceneOf(model: ApiModel, kind: Scene["kind"], operations: readonly Operation[]): Scene {
  const used = new Set(operations.flatMap(({ security }) => security.flat().map(({ scheme }) => scheme)));
  const schemes = model.securitySchemes.filter(({ key }) => kind === "operation" || used.has(key));
  const seen = new Set<string>();
  return {
    kind,
    subjects: operations.map((operation) => subjectOf(model, operation, seen)),
    securitySchemes: Object.fromEntries(schemes.map((scheme) => [scheme.key, securityDescriptor(scheme)])),
    credentials: credentialsOf(model),
  };
}

function subjectOf(model: ApiModel, operation: Operation, seen: Set<string>): Subject {
  const defaults: Record<string, Record<string, unknown>> = {};
  for (const { in: place, name, required, schema } of operation.parameters) {
    const fallback = required ? undefined : defaultOf(model, schema);
    if (fallback !== undefined) (defaults[place === "querystring" ? "query" : place] ??= {})[name] = fallback;
  }
  const statuses = new Set(operation.responses.map(({ status }) => status));
  return {
    name: operation.name,
    method: operation.method,
    shadowed: operation.shadowedBy !== undefined,
    interim: ([102, 103] as const).filter((status) => statuses.has(status) || statuses.has("1XX")),
    defaults,
    known: operation.responses.flatMap(({ status, contents }) => {
      const schema = contents[0]?.schema ?? true;
      const named = referenced(model, schema)?.reference;
      if (named === undefined) return [];
      const known = seen.has(named);
      seen.add(named);
      return known ? [String(status)] : [];
    }),
  };
}

/** The default of a schema, or of the one that it refers to. */
function defaultOf(model: ApiModel, schema: Schema): unknown {
  const seen = new Set<Schema>();
  for (let part: Schema | undefined = schema; typeof part === "object" && !seen.has(part);) {
    if (part.default !== undefined) return part.default;
    seen.add(part);
    part = referenced(model, part)?.schema;
  }
  return undefined;
}

/** Statuses that no `fetch` delivers to who asked: those of 1xx are no final answers, and 407 is for proxies. */
export function unseenStatuses(operations: readonly Operation[]): readonly string[] {
  const statuses = operations.flatMap(({ responses }) => responses.map(({ status }) => String(status)));
  return [...new Set(statuses.filter((status) => status.startsWith("1") || status === "407"))].sort();
}
