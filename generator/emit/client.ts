/** ApiModel → `core.ts`, `resources/`, `client.ts`, `slim.ts`, `errors.ts`, `index.ts` and the runtime that they stand on. */
import { clientFile } from "./client/client-file.ts";
import { coreFile } from "./client/core-file.ts";
import { errorsFile } from "./client/errors-file.ts";
import { indexFile } from "./client/index-file.ts";
import { resourceFile } from "./client/resource-file.ts";
import { descendants, resourceTree } from "./client/resources.ts";
import { clientModules } from "./client/runtime-modules.ts";
import { slimFile } from "./client/slim-file.ts";
import { validationFile } from "./client/validation-file.ts";
import { counting, type Emitter, type FilePlan } from "./emitter.ts";

/** The typed client: by resource and by path. */
export const clientEmitter: Emitter = {
  name: "client",
  needs: ["types", "operations"],
  emit(model, { sourceFolder, emitting, progress }) {
    const text = (path: string, text: string): FilePlan[] => [{ kind: "text", path: `${sourceFolder}${path}`, text }];
    const root = resourceTree(model);
    const resources = [root, ...descendants(root)].filter(({ operations }) => operations.length > 0);
    const modules = counting(progress, "resource", resources, (resource) => ({ resource, file: resourceFile(model, resource) }));
    const functions = modules.flatMap(({ file }) => file.functions);
    return [
      ...text("core.ts", coreFile(model, functions)),
      ...text("client.ts", clientFile(model, root)),
      ...text("slim.ts", slimFile(model)),
      ...modules.flatMap(({ resource, file }) => text(`resources/${resource.module}.ts`, file.text)),
      ...text("errors.ts", errorsFile(model)),
      ...text("index.ts", indexFile(model)),
      ...(emitting.has("validators") ? text("validation.ts", validationFile) : []),
      ...[...clientModules(model), ...(emitting.has("validators") ? ["client/validation.ts"] : [])].map((module) => ({
        kind: "runtime" as const,
        path: `${sourceFolder}runtime/${module}`,
        module,
      })),
    ];
  },
};
