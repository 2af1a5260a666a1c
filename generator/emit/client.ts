/** ApiModel → `client.ts`, `errors.ts`, `index.ts` and the runtime that they stand on. */
import { clientFile } from "./client/client-file.ts";
import { errorsFile } from "./client/errors-file.ts";
import { indexFile } from "./client/index-file.ts";
import { clientModules } from "./client/runtime-modules.ts";
import { validationFile } from "./client/validation-file.ts";
import type { Emitter } from "./emitter.ts";

/** The typed client: by resource and by path. */
export const clientEmitter: Emitter = {
  name: "client",
  needs: ["types", "operations"],
  emit(model, { sourceFolder, emitting }) {
    return [
      { kind: "text", path: `${sourceFolder}client.ts`, text: clientFile(model) },
      { kind: "text", path: `${sourceFolder}errors.ts`, text: errorsFile(model) },
      { kind: "text", path: `${sourceFolder}index.ts`, text: indexFile(model) },
      ...(emitting.has("validators")
        ? [{ kind: "text" as const, path: `${sourceFolder}validation.ts`, text: validationFile }]
        : []),
      ...[...clientModules(model), ...(emitting.has("validators") ? ["client/validation.ts"] : [])].map((module) => ({
        kind: "runtime" as const,
        path: `${sourceFolder}runtime/${module}`,
        module,
      })),
    ];
  },
};
