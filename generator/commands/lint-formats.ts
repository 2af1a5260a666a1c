/** How `lint` can print. */
export const lintFormats = ["pretty", "json", "github"] as const;
export type LintFormat = (typeof lintFormats)[number];
