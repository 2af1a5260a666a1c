import type { OperationDescriptor } from "../operation.js";

/** The header of an idempotency key as an operation declares it, and what makes a key where the method is not idempotent by itself. */
export function declaredKey({ method, parameters = [] }: OperationDescriptor): {
  readonly name: string;
  readonly make: (() => string) | undefined;
} {
  const declared = parameters.find((parameter) => parameter.in === "header" && named.test(parameter.name));
  return {
    name: declared?.name ?? keyHeader,
    make: declared === undefined || isIdempotent(method) ? undefined : uuid,
  };
}

/** The header of an idempotency key where the document does not spell it. */
export const keyHeader = "Idempotency-Key";

/** Whether a second request does no more than the first (RFC 9110, §9.2.2). QUERY is safe, and so idempotent, by its draft. */
export function isIdempotent(method: string): boolean {
  return /^(?:GET|HEAD|OPTIONS|TRACE|PUT|DELETE|QUERY)$/.test(method);
}

const named = /^(?:x-)?idempotency-key$/i;

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
