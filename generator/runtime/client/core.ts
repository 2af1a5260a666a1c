import { answer, answerHeaders, body, cookies, headers, items, path, query } from "./departures.js";
import { asCore, type Send } from "./caller.js";
import { tellDeprecation } from "./deprecation.js";
import { createSend } from "./exchange.js";
import type { CoreConfig } from "./options.js";
import type { Wire } from "./wire.js";

/**
 * A core for every operation of a document, however it travels: that of the path style, whose operation is known at run time alone. It
 * tells of operations that are deprecated, too.
 * Throws an Error when the base URL is relative outside of a page.
 */
export function createCore(config: CoreConfig): Send {
  const told = new Set<string>();
  const send = createSend({
    watch: (operation, response) => tellDeprecation({ ...config, told }, operation, response),
    ...config,
  });
  return asCore((operation, parts, options, ...wire) =>
    send(operation, parts, options, ...everything, ...wire),
  );
}

const everything: readonly Wire[] = [path, query, headers, cookies, body, answer, items, answerHeaders];
