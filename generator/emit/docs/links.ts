import type { ApiModel, Operation, Response } from "../../model/api-model.ts";
import type { LinkObject } from "../../openapi/shapes.ts";
import { code, inline } from "../text/markdown.ts";

/** What can be done with an answer (OpenAPI 3.1, §4.8.20): which operation is called next, and where its parameters come from. */
export function linkLines(model: ApiModel, { status, links }: Response): string[] {
  return Object.entries(links)
    .filter(([name]) => !name.startsWith("x-"))
    .map(([name, link]) => {
      const values = Object.entries(link.parameters ?? {}).map(([key, value]) => `${code(key)} = ${code(textOf(value))}`);
      if (link.requestBody !== undefined) values.push(`the body = ${code(textOf(link.requestBody))}`);
      const description = link.description === undefined ? "" : `: ${inline(link.description)}`;
      const server = link.server === undefined ? "" : ` at ${code(link.server.url)}`;
      return `After ${code(String(status))}, ${code(name)} leads to ${targetOf(model, link)}${server}${values.length === 0 ? "" : ` with ${values.join(", ")}`}${description}`;
    });
}

function targetOf(model: ApiModel, { operationId, operationRef }: LinkObject): string {
  const target = operationId === undefined ? byReference(model, operationRef) : byId(model, operationId);
  if (target !== undefined) return code([...target.resource, target.action].join("."));
  return code(operationId ?? operationRef ?? "nothing");
}

function byId(model: ApiModel, id: string): Operation | undefined {
  return model.operations.find((operation) => operation.id === id);
}

/** `#/paths/~1pets~1{id}/get`, or the same behind the address of a file. */
function byReference(model: ApiModel, reference = ""): Operation | undefined {
  const [, path = "", method = ""] = /#\/paths\/([^/]+)\/([^/]+)$/.exec(decoded(reference)) ?? [];
  const template = path.replaceAll("~1", "/").replaceAll("~0", "~");
  return model.operations.find((operation) => operation.path === template && operation.method === method);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
