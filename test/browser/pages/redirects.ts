/** What a page asks of a server that redirects. */
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";

const securitySchemes = {
  Token: { kind: "bearer" },
  Header: { kind: "apiKey", in: "header", name: "X-Ours" },
  Cookie: { kind: "apiKey", in: "cookie", name: "sid" },
} as const;

const auth = { Token: "s3cret-token", Header: "s3cret-header", Cookie: "s3cret-cookie" };

/** The status and the URL of the answer, or the name of the error. */
async function ask(scheme: string, path: string): Promise<string> {
  const contents = [{ mediaType: "application/json", kind: "json" } as const];
  const operation: OperationDescriptor = {
    id: "it",
    method: "GET",
    path,
    security: [{ [scheme]: [] }],
    responses: [{ status: "default", contents }],
  };
  const send = createCore({ baseUrl: location.origin, securitySchemes, auth });
  try {
    const { status, url } = await send<ApiCall<{ it: object }, "it">>(operation).asResponse();
    return `${status} ${url}`;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : "nothing that is thrown";
  }
}

export const actions = { ask };
export type RedirectActions = typeof actions;
