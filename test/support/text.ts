import fc from "fast-check";

/** Texts that try to leave the place they were put in, among ordinary ones. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "*/",
          "/*",
          "//",
          "`",
          "${",
          "}",
          '"',
          "'",
          "\\",
          "\n",
          "\r\n",
          "\u2028",
          "\u2029",
          "\u0085",
          "\u202e",
          "\ud800",
          "\udc00",
        ),
        fc.constantFrom(
          "@",
          "@deprecated",
          " @see ",
          "{@link ",
          "*",
          "/",
          "<",
          ">",
          "(",
          ")",
          "[",
          "]",
          "^",
          "$",
          "-",
          "|",
          "\t",
          "\u0000",
          "\ufeff",
          "😀",
          "日本",
        ),
        fc.string({ maxLength: 12 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

/** The same, and texts of any characters at all. */
export const anyText: fc.Arbitrary<string> = fc.oneof(hostileText, fc.string({ unit: "binary" }));
