import type { OutgoingCall } from "./attempts.js";
import type { Values } from "./wire.js";

/** The values of path parameters: those of the call, then those that are given for the call, then for the client, as options. */
export function sharedValues({
  config,
  operation,
  options,
  parts,
}: Pick<OutgoingCall, "config" | "operation" | "options" | "parts">): Values {
  const own: Values = { ...options };
  const values: { [name: string]: unknown } = { ...parts.path };
  for (const name of Object.keys(config.shared ?? {})) {
    const shared = config.shared?.[name];
    if (shared !== undefined && operation.path.includes(`{${name}}`))
      values[name] ??= own[shared.property] ?? shared.value;
  }
  return values;
}
