/** The verdicts of the law come in; what `verify --json` prints comes out. */
import { placesIn } from "../diagnostics/place.ts";
import type { Location } from "../diagnostics/location.ts";
import type { SourceFile } from "../diagnostics/source-file.ts";
import type { Finding } from "../verify/failure.ts";
import type { OperationVerdict } from "../verify/law.ts";

/** What `openapi-triad verify --json` prints. */
export interface LawReport {
  readonly document: string;
  readonly passed: boolean;
  /** Operations, webhooks and callbacks. */
  readonly totals: readonly {
    readonly kind: Kind;
    readonly all: number;
    readonly passed: number;
    readonly failed: number;
    /** Those that no request can prove. */
    readonly impossible: number;
  }[];
  /** Responses that arrived as they were returned. */
  readonly responses: number;
  /** Requests and responses at the edge of what is valid that arrived as they were sent. */
  readonly edges: number;
  /** Invalid requests that were refused. */
  readonly refused: number;
  readonly seconds: number;
  readonly operations: readonly {
    readonly kind: Kind;
    readonly id: string;
    readonly method: string;
    readonly path: string;
    readonly verdict: "pass" | "fail" | "impossible";
    readonly responses: number;
    readonly edges: number;
    readonly refused: number;
    readonly failures: readonly (Finding & PlaceJson)[];
  }[];
}

export type Kind = "operation" | "webhook" | "callback";

/** A place in the document: lines and columns count from 1 and are absent when the file could not be read. */
export interface PlaceJson {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly pointer: string;
}

/** Writes places for programs. */
export function placeWriter(surroundings: {
  readonly sources: readonly SourceFile[];
  readonly cwd: string;
}): (at: Location) => PlaceJson {
  const placeOf = placesIn(surroundings);
  return (at) => {
    const { path, pointer, range } = placeOf({ at, atKey: true });
    return { file: path, ...(range === undefined ? {} : { line: range.start.line, column: range.start.column }), pointer };
  };
}

/** What an operation is. */
export function kindOf(operation: OperationVerdict["operation"]): Kind {
  if (operation.sent !== true) return "operation";
  return "callback" in operation && operation.callback !== undefined ? "callback" : "webhook";
}

/** Sums verdicts up. */
export function lawReport(
  verdicts: readonly OperationVerdict[],
  about: { readonly sources: readonly SourceFile[]; readonly cwd: string; readonly document: string; readonly seconds: number },
): LawReport {
  const place = placeWriter(about);
  const operations = verdicts.map(({ operation, failures, impossible, responses, edges, refused }) => ({
    kind: kindOf(operation),
    id: operation.id,
    method: operation.method.toUpperCase(),
    path: operation.path,
    verdict: impossible ? ("impossible" as const) : failures.length === 0 ? ("pass" as const) : ("fail" as const),
    responses,
    edges,
    refused,
    failures: failures.map(({ at, place: where, ...finding }) => ({ ...finding, place: where, ...place(at) })),
  }));
  const sum = (of: "responses" | "edges" | "refused"): number => verdicts.reduce((all, verdict) => all + verdict[of], 0);
  return {
    document: about.document,
    passed: operations.every(({ verdict }) => verdict !== "fail"),
    totals: (["operation", "webhook", "callback"] as const).map((kind) => {
      const own = operations.filter((one) => one.kind === kind);
      const having = (verdict: string): number => own.filter((one) => one.verdict === verdict).length;
      return { kind, all: own.length, passed: having("pass"), failed: having("fail"), impossible: having("impossible") };
    }),
    responses: sum("responses"),
    edges: sum("edges"),
    refused: sum("refused"),
    seconds: Math.round(about.seconds * 10) / 10,
    operations,
  };
}
