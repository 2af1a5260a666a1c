/** How much a problem weighs: an `error` stops the output, a `warning` does not, `info` is worth knowing. */
export type Severity = "error" | "warning" | "info";
