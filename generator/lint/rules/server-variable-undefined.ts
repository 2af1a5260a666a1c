import { child } from "../../diagnostics/location.ts";
import { rule } from "../rule.ts";

/** A placeholder in the URL of a server without a variable (OpenAPI 3.1, §4.8.5.1). */
export const serverVariableUndefined = rule("server-variable-undefined", ({ document, survey }, report) => {
  const lists = [document.root.servers, ...survey.operations.map(({ operation }) => operation.servers)];
  for (const server of lists.flatMap((list) => list ?? [])) {
    for (const [, name = ""] of server.url.matchAll(/\{([^{}]*)\}/g)) {
      if (!Object.hasOwn(server.variables ?? {}, name)) report(child(document.locate(server), "url"), { name, url: server.url });
    }
  }
});
