/** What a slim client may be made with besides: each a feature, with its code, and in no bundle that does not name it. */
import { renew } from "./attempts.js";
import { hooksOf, type HooksOption } from "./hooks.js";
import { judgeBy } from "./judge.js";
import type { CoreConfig, Validation } from "./options.js";
import { followRedirects as follow } from "./redirect.js";
import { showRequest } from "./redact.js";
import { warnOnce } from "./warn.js";
import { watch } from "./watch.js";
import type { Features } from "./wire.js";

/** Follows redirects, and tells another origin nothing that is meant for the first. Without it a redirect is a RedirectError. */
export const followRedirects: Features = { redirects: follow };

/** Asks functions that give credentials once more after a 401. Without it a 401 is the answer. */
export const renewCredentials: Features = { renew };

/** Shows on errors the whole URL and the headers, without what is secret in them. Without it the method and the path alone. */
export const showRequests: Features = { show: showRequest };

/** Asks hooks, before those of the call. Without it a call takes no hooks. */
export function useHooks(...hooks: readonly HooksOption[]): Features {
  return { watch: (call) => watch(call, hooksOf(...hooks, call.options.hooks)) };
}

/** Checks the bodies of answers. Without it a call takes no `validation`. */
export function useValidation(validation?: Validation): Features {
  return { judge: judgeBy(validation) };
}

/**
 * Tells once of each operation whose answer says that it is deprecated, and of each header that the platform forbids. Default: warnings on
 * the console.
 */
export function tellWarnings(onDeprecation?: CoreConfig["onDeprecation"]): Features {
  return { warn: warnOnce({ onDeprecation }) };
}
