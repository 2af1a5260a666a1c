import type { OperationDescriptor } from "../operation.js";
import type { StandardIssue, StandardSchemaV1 } from "../standard-schema.js";
import type { OperationValidators, ValueContract } from "../validation/operation-validators.js";
import { make } from "../validation/standard.js";
import type { EncodedBody } from "../wire/encode-body.js";
import { EncodeError } from "../wire/errors.js";
import type { BodyPlace, Validation } from "./options.js";

/** The body of a request does not meet its schema, and the client was told to check it. Nothing has been sent. */
export class RequestValidationError extends EncodeError {
  override get name(): string {
    return "RequestValidationError";
  }
  /** What is wrong, and where. */
  readonly issues: readonly StandardIssue[];

  constructor({ method, path }: OperationDescriptor, issues: readonly StandardIssue[]) {
    super(`The body of ${method} ${path} does not meet its schema: ${shown(issues)}`, { in: "body" });
    this.issues = issues;
  }
}

/**
 * Checks by any Standard Schema; a body for which there is none is not checked. Its output does not take the place of the body.
 * `requestSchemaOf`: those of requests, of which JSON is checked, as it is sent; a RequestValidationError is thrown then. Default: requests
 * are not checked.
 */
export function validateWith(
  schemaOf: (place: BodyPlace) => StandardSchemaV1 | undefined,
  requestSchemaOf?: (place: Omit<BodyPlace, "status">) => StandardSchemaV1 | undefined,
): Validation {
  const answers: Validation = async (place, body) => {
    const result = await schemaOf(place)?.["~standard"].validate(body);
    return result?.issues ?? [];
  };
  if (requestSchemaOf === undefined) return answers;
  return Object.assign(answers, {
    async request(operation: OperationDescriptor, { body, contentType }: EncodedBody) {
      const content = operation.body?.contents.find(({ mediaType }) => mediaType === contentType);
      if (content?.kind !== "json" || typeof body !== "string") return;
      const value: unknown = JSON.parse(body);
      const schema = requestSchemaOf({ operation, mediaType: content.mediaType });
      const result = await schema?.["~standard"].validate(value);
      if (result?.issues !== undefined) throw new RequestValidationError(operation, result.issues);
    },
  });
}

/**
 * Checks by the compiled validators of operations, which stand under the names of their descriptors. `requests`: whether bodies of requests
 * are checked too.
 */
export function validateOperations(
  operations: { readonly [name: string]: OperationDescriptor },
  validators: { readonly [name: string]: OperationValidators },
  { requests = false }: { readonly requests?: boolean } = {},
): Validation {
  const known = new Map(Object.entries(operations).map(([name, { id }]) => [id, validators[name]]));
  const schemaOf = (contract: ValueContract | undefined): StandardSchemaV1 | undefined =>
    contract && make(contract.validate);
  return validateWith(
    ({ operation, status, mediaType }) =>
      schemaOf(known.get(operation.id)?.responses?.[status]?.body?.[mediaType]),
    requests ? ({ operation, mediaType }) => schemaOf(known.get(operation.id)?.body?.[mediaType]) : undefined,
  );
}

function shown(issues: readonly StandardIssue[]): string {
  const lines = issues.slice(0, 3).map(({ path = [], message }) => {
    const keys = path.map((key) => `/${String(typeof key === "object" ? key.key : key)}`).join("");
    return `${keys || "it"} ${message}`;
  });
  return `${lines.join("; ")}${issues.length > 3 ? `; and ${issues.length - 3} more` : ""}`;
}
