/** How parameters travel, by the tables of two others: ogen's codecs and oapi-codegen's servers. */
import path from "node:path";
import { judgeOapiCodegen } from "./wire/oapi-codegen.ts";
import { judgeOgen, type RowVerdict } from "./wire/ogen.ts";
import { reasonFor } from "./wire/reasons.ts";
import type { Outcome, Section } from "./section.ts";

/** The folder has `ogen/uri/*_test.go` of ogen-go/ogen and, of oapi-codegen's tests, `oapi-codegen/parameters.yaml` and `wire_format_test.go`. */
export const wireSection: Section = { title: "Parameters on the wire", folder: "../shared/suites/wire", run };

async function run(folder: string): Promise<Outcome> {
  const suites = [
    { name: "ogen", verdicts: await judgeOgen(path.join(folder, "ogen")) },
    { name: "oapi-codegen", verdicts: await judgeOapiCodegen(path.join(folder, "oapi-codegen")) },
  ];
  const rows = suites.flatMap(({ name, verdicts }) =>
    [...new Set(verdicts.map(({ suite }) => suite))].map((suite) => {
      const own = verdicts.filter((verdict) => verdict.suite === suite);
      return [`${name}: ${suite}`, { passed: own.filter(({ fault }) => fault === undefined).length, total: own.length }] as const;
    }),
  );
  const failed = suites.flatMap(({ name, verdicts }) =>
    verdicts.flatMap((verdict) => (verdict.fault === undefined ? [] : [lineOf(name, verdict, verdict.fault)])),
  );
  return { scores: Object.fromEntries(rows), report: reportOf(rows, failed) };
}

function lineOf(name: string, { suite, row }: RowVerdict, fault: string): string {
  return `- ${name}, ${suite}: ${row}: ${fault.replaceAll("|", "\\|")}. ${reasonFor(suite, row, fault)}`;
}

function reportOf(rows: readonly (readonly [string, { passed: number; total: number }])[], failed: readonly string[]): string {
  return [
    "The rows of `uri/*_test.go` of [ogen](https://github.com/ogen-go/ogen), given to our wire codecs, and the requests of `wire_format_test.go` of",
    "[oapi-codegen](https://github.com/oapi-codegen/oapi-codegen), sent as they are to the server generated from its `parameters.yaml`, whose handlers",
    "must get the values expected. Path templates of RFC 6570 (`{.param*}`) are read as OpenAPI's (`{param}`). Rows that only Go can work out are left out.",
    "",
    "| rows | passed |",
    "| --- | --- |",
    ...rows.map(([name, { passed, total }]) => `| ${name} | ${passed} of ${total} |`),
    ...(failed.length === 0 ? [] : ["", "Not passed:", "", ...failed]),
  ].join("\n");
}
