import type { ValueContract } from "../validation/operation-validators.js";
import { escaped, under } from "../validation/report.js";
import type { ProblemList } from "../validation/validator.js";
import type { WireProblem } from "../wire/errors.js";

/** Checks a value, of a body by its media type, and adds what is wrong with it; whether nothing is. */
export function validate(
  contract: ValueContract | undefined,
  value: unknown,
  place: Pick<WireProblem, "in" | "name">,
  problems: WireProblem[],
  mediaType?: string,
): boolean {
  if (contract === undefined || contract.validate(value, null, null)) return true;
  const found: ProblemList = Object.assign([], { located: true as const });
  contract.validate(value, found, under(null, contract.validate));
  for (const { schemaPath, ...problem } of found) {
    const where = schemaPath === undefined ? undefined : wayFrom(schemaPath, mediaType);
    problems.push({ ...place, ...problem, ...(where === undefined ? {} : { schemaPath: where }) });
  }
  return false;
}

// What has no name on its way stands in the operation; of a parameter, its name and place say where.
function wayFrom(schemaPath: string, mediaType: string | undefined): string | undefined {
  if (schemaPath.startsWith("#")) return schemaPath;
  return mediaType === undefined ? undefined : `/content/${escaped(mediaType)}/schema${schemaPath}`;
}
