import type { OperationDescriptor } from "../operation.js";
import type { CallOptions } from "./options.js";

/** One key for all attempts of a call, so that a server can tell a second attempt from a second request. */
export interface IdempotencyKey {
  /**
   * Puts the key among the headers. Says whether a second attempt is safe: the method is idempotent (RFC 9110, §9.2.2), or the
   * request has a key.
   */
  addTo(headers: Headers): boolean;
}

/**
 * The key of a call: the one that is given for it, or that the first attempt has among its headers. Where there is none, and the
 * document declares the header for a method that is not idempotent, it is a random UUID.
 */
export function idempotencyKey(
  { method, parameters = [] }: OperationDescriptor,
  { idempotencyKey: given }: CallOptions,
): IdempotencyKey {
  const declared = parameters.find((parameter) => parameter.in === "header" && named.test(parameter.name));
  const name = declared?.name ?? "Idempotency-Key";
  const idempotent = idempotentMethod.test(method);
  let key = given;
  return {
    addTo(headers) {
      key ??= headers.get(name) ?? (declared === undefined || idempotent ? undefined : uuid());
      if (key !== undefined) headers.set(name, key);
      return idempotent || key !== undefined;
    },
  };
}

const named = /^(?:x-)?idempotency-key$/i;

// QUERY is safe, and so idempotent, by its draft.
const idempotentMethod = /^(?:GET|HEAD|OPTIONS|TRACE|PUT|DELETE|QUERY)$/;

// RFC 9562, §5.4. `crypto.randomUUID` is missing where a page is not of a secure origin.
function uuid(): string {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}
