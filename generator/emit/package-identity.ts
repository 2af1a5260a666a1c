import type { ApiModel } from "../model/api-model.ts";
import type { PackageIdentity } from "./emitter.ts";

const semver = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** The npm package of the output: what the user says, else what the document's `info` gives. */
export function packageIdentity(
  model: ApiModel,
  wanted: { readonly name?: string; readonly version?: string; readonly license?: string },
): PackageIdentity {
  const { info } = model;
  return {
    name: wanted.name ?? (slug(info.title) || "api-client"),
    version: wanted.version ?? (semver.test(info.version) ? info.version : "0.0.0"),
    license: wanted.license ?? info.license?.identifier ?? "UNLICENSED",
  };
}

// https://docs.npmjs.com/cli/configuring-npm/package-json#name: lower case, URL-safe, at most 214 characters.
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 214);
}
