import type { OperationDescriptor, ResponseDescriptor } from "../operation.js";

/** The response that the document declares for a status: for the code itself, its range, or `default`. */
export function declaredResponse(
  operation: OperationDescriptor,
  status: number,
): ResponseDescriptor | undefined {
  const find = (key: string): ResponseDescriptor | undefined =>
    operation.responses.find((response) => response.status.toUpperCase() === key);
  // Documents write `default` for "any error"; it stands for a success only where no other is declared.
  return (
    find(String(status)) ??
    find(`${String(status).charAt(0)}XX`) ??
    (status >= 400 || !declaresSuccess(operation) ? find("DEFAULT") : undefined)
  );
}

/** Whether a 2xx is declared, by its code or as a range. */
export function declaresSuccess(operation: OperationDescriptor): boolean {
  return operation.responses.some((response) => response.status.startsWith("2"));
}
