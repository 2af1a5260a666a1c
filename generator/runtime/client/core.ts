import { tryOnce, renew } from "./attempts.js";
import { addKeys, authenticate } from "./auth.js";
import { asCore, type Send } from "./caller.js";
import { sendCookies } from "./cookies.js";
import {
  answer,
  answerHeaders,
  body,
  cookies,
  headers,
  idempotent,
  items,
  path,
  query,
  statuses,
} from "./departures.js";
import { createSend } from "./exchange.js";
import { judgeBy } from "./judge.js";
import type { CoreConfig } from "./options.js";
import { followUndeclared } from "./redirect.js";
import { showRequest } from "./redact.js";
import { sharedValues } from "./shared.js";
import { operationUrl } from "./server-url.js";
import { warnOnce } from "./warn.js";
import { watch } from "./watch.js";
import type { Features } from "./wire.js";

/**
 * A core for every operation of a document, however it travels: that of the path style, whose operation is known at run time alone. It
 * has every feature.
 * Throws an Error when the base URL is relative outside of a page.
 */
export function createCore(config: CoreConfig): Send {
  const features = [everything, { warn: warnOnce(config) }, ...(config.features ?? [])];
  return asCore(createSend({ attempts: tryOnce, ...config, features }));
}

const everything: Features = {
  addKeys,
  authenticate,
  judge: judgeBy(),
  pathValues: sharedValues,
  redirects: followUndeclared,
  renew,
  sendCookies,
  serverOf: operationUrl,
  show: showRequest,
  watch: (call) => watch(call),
  ...path,
  ...idempotent,
  ...statuses,
  ...query,
  ...headers,
  ...cookies,
  ...body,
  ...answer,
  ...items,
  ...answerHeaders,
};
