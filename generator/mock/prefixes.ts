import type { ApiModel } from "../model/api-model.ts";

/** The paths of the servers, which clients put before those of the operations; the longest first. */
export function prefixesOf({ servers, operations }: ApiModel): readonly string[] {
  const urls = [...servers, ...operations.flatMap((operation) => operation.servers)].map(({ url, variables = {} }) =>
    url.replace(/\{([^{}]+)\}/g, (_, name: string) => variables[name]?.default ?? ""),
  );
  const paths = urls.map((url) => (URL.canParse(url, "http://localhost") ? new URL(url, "http://localhost").pathname : "/"));
  return [...new Set(paths.map((path) => path.replace(/\/+$/, "")))]
    .filter((path) => path !== "")
    .sort((one, other) => other.length - one.length);
}
