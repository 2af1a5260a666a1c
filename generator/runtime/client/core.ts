import { tryOnce, renew } from "./attempts.js";
import { authenticate } from "./auth.js";
import type { Send } from "./caller.js";
import { sendCookies } from "./cookies.js";
import { answer, answerHeaders, body, cookies, headers, items, path, query } from "./departures.js";
import { tellDeprecation } from "./deprecation.js";
import { createSend } from "./exchange.js";
import { tellForbidden } from "./forbidden-headers.js";
import { judgeBy } from "./judge.js";
import type { CoreConfig } from "./options.js";
import { followRedirects } from "./redirect.js";
import { showRequest } from "./redact.js";
import { sharedValues } from "./shared.js";
import { operationUrl } from "./server-url.js";
import { watch } from "./watch.js";
import type { Features } from "./wire.js";

/**
 * A core for every operation of a document, however it travels: that of the path style, whose operation is known at run time alone. It
 * has every feature.
 * Throws an Error when the base URL is relative outside of a page.
 */
export function createCore(config: CoreConfig): Send {
  const told = new Set<string>();
  const features: Features = {
    ...everything,
    sending: (url, headers) => tellForbidden({ url, headers }, told),
    answered: (operation, response) => tellDeprecation({ ...config, told }, operation, response),
    ...config.features,
  };
  return createSend({ attempts: tryOnce, ...config, features });
}

const everything: Features = {
  authenticate,
  judge: judgeBy(),
  pathValues: sharedValues,
  redirects: followRedirects,
  renew,
  sendCookies,
  serverOf: operationUrl,
  show: showRequest,
  watch: (call) => watch(call),
  ...path,
  ...query,
  ...headers,
  ...cookies,
  ...body,
  ...answer,
  ...items,
  ...answerHeaders,
};
