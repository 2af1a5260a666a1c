/** What the generated client is told when the law makes it. */
import type { ApiModel, Operation, SecurityScheme } from "../model/api-model.ts";
import { declareHeaders } from "../model/response-headers.ts";
import type { HeadersModule } from "./modules.ts";
import type { RunnableModules } from "./transpile.ts";

/** A credential for each scheme. */
export function credentialsOf(model: ApiModel): object {
  return Object.fromEntries(model.securitySchemes.map((scheme) => [scheme.key, credential(scheme)]));
}

function credential(scheme: SecurityScheme): string | { readonly username: string; readonly password: string } {
  return scheme.kind === "basic" ? { username: "ada", password: "open sesame" } : "token";
}

/** The client decodes headers only where some are declared. */
export async function headersReading(
  operations: readonly Operation[],
  modules: RunnableModules,
): Promise<Partial<HeadersModule>> {
  if (!declareHeaders(operations)) return {};
  const { readHeaders } = (await modules.import("runtime/client/response-headers")) as unknown as HeadersModule;
  return { readHeaders };
}
