/** ApiModel → `webhooks.ts` and `callbacks.ts`: receivers and senders of what the API sends, over the one wire table. */
import { hookFamilies } from "../model/hook-families.ts";
import type { Emitter } from "./emitter.ts";
import { hooksText } from "./webhooks/hooks-file.ts";

/** The typed doors of webhooks and callbacks; nothing for a document without any. */
export const webhooksEmitter: Emitter = {
  name: "webhooks",
  needs: ["types", "operations", "validators", "client", "server"],
  emit(model, { sourceFolder }) {
    const families = hookFamilies(model);
    return [
      ...families.map((family) => ({
        kind: "text" as const,
        path: `${sourceFolder}${family.kind}s.ts`,
        text: hooksText(family),
      })),
      ...(families.length === 0 ? [] : modules).map((module) => ({
        kind: "runtime" as const,
        path: `${sourceFolder}runtime/${module}`,
        module,
      })),
    ];
  },
};

/** Beside what a client and a server ship. */
const modules: readonly string[] = ["hooks/expression.ts", "hooks/receiver.ts", "hooks/sender.ts", "hooks/signature.ts"];
