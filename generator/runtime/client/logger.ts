import { ApiError } from "./errors.js";
import type { CallContext, Hooks, RequestContext } from "./hooks.js";
import { redactHeaders, redactUrl } from "./redact.js";

/** From the most to the least that is logged. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "off";

/** What is logged to: `console`, or the logger of an application. The second argument is an object of details. */
export type Logger = {
  readonly [Level in Exclude<LogLevel, "off">]: (message: string, details: object) => void;
};

/**
 * Hooks that log: each request at `debug`, each answer at `info` (from a status of 400 on at `warn`), each retry at `warn`, each call
 * that fails at `error`. Logged are method, path template, status, times and attempts; at level `debug` also URL and headers. Never
 * bodies, and of what is secret only the name: credentials, cookies, and what the document's security schemes send keys in.
 * `level`: the least that is logged. Default: `info`. `logger`: default `console`.
 */
export function logHooks({
  level = "info",
  logger = globalThis.console,
}: { readonly level?: LogLevel | undefined; readonly logger?: Logger | undefined } = {}): Hooks {
  const log = (at: Exclude<LogLevel, "off">, message: string, details: object): void => {
    if (levels.indexOf(at) >= levels.indexOf(level)) logger[at](message, details);
  };
  const detailed = (context: RequestContext, headers: Headers): object =>
    level === "debug"
      ? { url: redactUrl(context.url, context.secrets), headers: redactHeaders(headers, context.secrets) }
      : {};
  return {
    onRequest(context) {
      log("debug", `${nameOf(context)} is sent.`, {
        ...common(context),
        ...detailed(context, context.headers),
      });
    },
    onResponse(context) {
      const { status, headers } = context.response;
      log(
        status < 400 ? "info" : "warn",
        `${nameOf(context)} answered ${status} in ${ms(context.duration)}.`,
        {
          ...common(context),
          status,
          duration: context.duration,
          ...detailed(context, headers),
        },
      );
    },
    onRetry(context) {
      const { duration, delay, error } = context;
      const why = error === undefined ? "" : `: ${messageOf(error, context)}`;
      const details = { ...common(context), duration, delay };
      log("warn", `${nameOf(context)} is sent again in ${ms(delay)}${why}`, details);
    },
    onError(context) {
      const { error, duration } = context;
      // A failure that the server declares has been told as an answer.
      if (error instanceof ApiError && error.declared) return;
      const name = error instanceof Error ? error.name : typeof error;
      const message = messageOf(error, context);
      log("error", `${nameOf(context)} failed after ${ms(duration)}: ${message}`, {
        ...common(context),
        duration,
        error: name,
      });
    },
  };
}

const levels: readonly LogLevel[] = ["debug", "info", "warn", "error", "off"];

function nameOf({ method, path }: CallContext): string {
  return `${method} ${path}`;
}

function common({ operationId, attempt }: CallContext): object {
  return { operationId, attempt };
}

function ms(milliseconds: number): string {
  return `${Math.round(milliseconds)} ms`;
}

// What a platform says of a URL that it cannot ask may hold the URL.
function messageOf(error: unknown, { url, secrets = [] }: Partial<RequestContext>): string {
  const message = error instanceof Error ? error.message : String(error);
  return url === undefined ? message : message.replaceAll(url, redactUrl(url, secrets));
}
