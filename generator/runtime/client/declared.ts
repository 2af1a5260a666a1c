import type { OperationDescriptor, ResponseDescriptor } from "../operation.js";

/** The response that the document declares for a status: for the code itself, its range, or `default`. */
export function declaredResponse(
  operation: OperationDescriptor,
  status: number,
): ResponseDescriptor | undefined {
  const find = (key: string | number): ResponseDescriptor | undefined =>
    operation.responses.find((response) => response.status.toUpperCase() === `${key}`);
  // Documents write `default` for "any error"; it stands for a success only where no other is declared.
  return (
    find(status) ??
    find(`${Math.floor(status / 100)}XX`) ??
    (status >= 400 || !declaresSuccess(operation) ? find("DEFAULT") : undefined)
  );
}

/** Whether a 2xx is declared, by its code or as a range. */
export function declaresSuccess(operation: OperationDescriptor): boolean {
  return operation.responses.some((response) => response.status.startsWith("2"));
}

/** Whether a redirect is declared: what the document declares is an answer, and not followed. */
export function declaresRedirect(operation: OperationDescriptor): boolean {
  return operation.responses.some(({ status }) => /^3(?!04)/.test(status));
}
