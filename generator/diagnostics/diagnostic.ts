import type { Location } from "./location.ts";
import type { Severity } from "./severity.ts";
import type { Entry } from "./entry.ts";
import { catalogue, type Code, type ParametersOf } from "./catalogue.ts";
import type { Span } from "./yaml.ts";

export type { Severity };

/** Something wrong with the spec, at a place, said in the words of the catalogue. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  /** What the user wrote and the fact about it; one sentence. */
  readonly message: string;
  /** What to do about it; one sentence, when there is a cure to name. */
  readonly cure?: string;
  readonly at: Location;
  /** Whether the key at the place is meant, rather than its value. */
  readonly atKey: boolean;
  /** For what no pointer reaches, such as a mistake in the syntax: the offsets in the file's text. */
  readonly span?: Span;
  /** Other places that belong to the problem: the other half of a clash, the reference that led here. */
  readonly related: readonly { readonly at: Location; readonly message: string; readonly span?: Span }[];
}

/** Where a problem is, beyond its parameters. */
export interface Placement {
  readonly atKey?: boolean;
  readonly span?: Span;
  readonly related?: Diagnostic["related"];
  /** Overrides the catalogue's severity, for rules whose weight the user has set. */
  readonly severity?: Severity;
}

/** Gathers diagnostics, each place and code once, in the order in which they are reported. */
export class Diagnostics {
  readonly #found = new Map<string, Diagnostic>();
  #originOf = (at: Location): Location => at;
  #strict = false;

  /** Whether another one tells the same: then what takes a search of its own and changes nothing need not be looked for. */
  readonly unheard: boolean;

  constructor(unheard = false) {
    this.unheard = unheard;
  }

  /** From now on, what is reported at a place is said of where its value was written, which an overlay has made another. */
  relocate(originOf: (at: Location) => Location): void {
    this.#originOf = originOf;
  }

  /** Mistakes count as errors, those found so far and those to come: for whoever asks how the document stands. */
  insist(): void {
    this.#strict = true;
  }

  report<C extends Code>(code: C, reportedAt: Location, parameters: ParametersOf<C>, placement: Placement = {}): void {
    const at = this.#originOf(reportedAt);
    const entry = catalogue[code] as {
      severity: Severity;
      message(p: ParametersOf<C>): string;
      cure?(p: ParametersOf<C>): string | undefined;
    };
    const message = entry.message(parameters);
    const key = keyOf({ code, at, span: placement.span, message });
    if (this.#found.has(key)) return;
    const cure = entry.cure?.(parameters);
    this.#found.set(key, {
      code,
      severity: placement.severity ?? entry.severity,
      message,
      ...(cure === undefined ? {} : { cure }),
      at,
      atKey: placement.atKey ?? false,
      ...(placement.span === undefined ? {} : { span: placement.span }),
      related: (placement.related ?? []).map((other) => ({ ...other, at: this.#originOf(other.at) })),
    });
  }

  /** Another one that speaks of the same places: for a part of the work whose problems are taken in by `adopt`, at their turn. */
  branch(): Diagnostics {
    const branch = new Diagnostics();
    branch.#originOf = this.#originOf;
    return branch;
  }

  /** Takes in what was reported elsewhere, as if it were reported here now. */
  adopt(found: readonly Diagnostic[]): void {
    for (const diagnostic of found) {
      const key = keyOf(diagnostic);
      if (!this.#found.has(key)) this.#found.set(key, diagnostic);
    }
  }

  get all(): readonly Diagnostic[] {
    const found = [...this.#found.values()];
    return this.#strict ? found.map(insisted) : found;
  }

  get failed(): boolean {
    return this.all.some((diagnostic) => diagnostic.severity === "error");
  }
}

function keyOf({
  code,
  at,
  span,
  message,
}: Pick<Diagnostic, "code" | "at" | "message"> & { readonly span?: Span | undefined }): string {
  return `${code} ${at} ${span?.start ?? ""} ${message}`;
}

function insisted(diagnostic: Diagnostic): Diagnostic {
  const entry: Entry<never> = catalogue[diagnostic.code];
  return entry.mistake === true && diagnostic.severity === "warning" ? { ...diagnostic, severity: "error" } : diagnostic;
}
