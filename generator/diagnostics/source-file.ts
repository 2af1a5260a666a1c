/** A range in a text; lines and columns count from 1, columns in UTF-16 units. The end is exclusive. */
export interface Range {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** One file of a document: its text, and where each of its values stands. */
export interface SourceFile {
  /** Absolute path, or URL. The `file` of Locations into it. */
  readonly file: string;
  readonly text: string;
  /** Where the value behind these keys stands (or its key, with `atKey`); the nearest ancestor that exists, at worst the start. */
  locate(keys: readonly string[], atKey?: boolean): Range;
}
