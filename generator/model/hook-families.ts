import type { ApiModel, Hook } from "./api-model.ts";

/** Webhooks, or callbacks: each has modules of its own, and there is nothing for what a document does not have. */
export interface HookFamily {
  /** What its modules are called after: `webhooks.ts`, `webhook-operations.ts`. */
  readonly kind: "webhook" | "callback";
  readonly hooks: readonly Hook[];
  /** The model with the hooks in the place of its operations: what is made of those can then be made of these. */
  readonly model: ApiModel;
}

/** The families that a document has. */
export function hookFamilies(model: ApiModel): HookFamily[] {
  const families = [
    { kind: "webhook", hooks: model.webhooks },
    { kind: "callback", hooks: model.callbacks },
  ] as const;
  return families
    .filter(({ hooks }) => hooks.length > 0)
    .map((family) => ({ ...family, model: { ...model, operations: family.hooks } }));
}
