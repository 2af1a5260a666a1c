import type { StandardIssue, StandardProps, StandardResult, StandardSchemaV1 } from "../standard-schema.js";
import type { Problem, Validator } from "./validator.js";

/** A compiled validator as a Standard Schema, which answers at once. The value is given back as it is: nothing is converted. */
export interface Schema<Value> extends StandardSchemaV1<Value> {
  readonly "~standard": Omit<StandardProps<Value, Value>, "validate"> & {
    readonly validate: (value: unknown) => StandardResult<Value>;
  };
}

/** Makes a Standard Schema of a compiled validator. `Value` is what the validator has been compiled for. */
export function make<Value>(validator: Validator): Schema<Value> {
  const validate = (value: unknown): StandardResult<Value> => {
    // The quick way allocates nothing; what is wrong is gathered only when something is.
    if (validator(value, null, null)) return { value: value as Value };
    const problems: Problem[] = [];
    validator(value, problems, null);
    return { issues: problems.map((problem) => issueOf(problem, value)) };
  };
  return { "~standard": { version: 1, vendor: "openapi-triad", validate } };
}

function issueOf({ pointer, message }: Problem, value: unknown): StandardIssue {
  const path: (string | number)[] = [];
  let here = value;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(here) ? Number(name) : name);
    here = typeof here === "object" && here !== null ? Reflect.get(here, name) : undefined;
  }
  return { message, path };
}
