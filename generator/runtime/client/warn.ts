import { discard } from "./attempts.js";
import { tellDeprecation } from "./deprecation.js";
import { tellForbidden } from "./forbidden-headers.js";
import type { CoreConfig } from "./options.js";
import type { Watch } from "./watch.js";

/** Warns once of each header that the platform forbids, and of each operation that its answer calls deprecated. */
export function warnOnce({ onDeprecation }: Pick<CoreConfig, "onDeprecation">): Watch {
  const told = new Set<string>();
  return (call) => ({
    ...call,
    async send(request, limit) {
      tellForbidden({ url: request.url, headers: request.init.headers }, told);
      const response = await call.send(request, limit);
      try {
        tellDeprecation({ onDeprecation, told }, call.operation, response);
      } catch (error) {
        discard(response);
        throw error;
      }
      return response;
    },
  });
}
