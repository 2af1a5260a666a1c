import { describe, expect, it, test } from "vitest";
import { formats, numberFormats } from "../../../generator/runtime/validation/formats.ts";

/** Per format: values that pass, and values that do not. */
const cases: Record<string, readonly [valid: readonly string[], invalid: readonly string[]]> = {
  "date-time": [
    ["2024-02-29T09:30:00Z", "2024-02-29t09:30:00.123456+05:30", "1998-12-31T23:59:60Z"],
    ["2023-02-29T09:30:00Z", "2024-02-29", "1998-12-31T22:59:60Z", "yesterday"],
  ],
  date: [
    ["2000-02-29", "2024-12-31"],
    ["1900-02-29", "2024-13-01", "2024-00-10", "2024-1-1"],
  ],
  time: [
    ["09:30:00Z", "01:29:60+01:30"],
    ["09:30:00", "24:00:00Z", "00:00:61Z", "23:59:60+01:00"],
  ],
  duration: [
    ["P3Y6M4DT12H30M5S", "P2W", "PT36H"],
    ["P", "PT", "P1Y2D", "1D", "PT0.5S"],
  ],
  email: [
    ["ada@example.com", '"a@b"@example.com', "a@[127.0.0.1]", "a@[IPv6:::1]"],
    ["ada", "@example.com", ".a@example.com", "a..b@example.com", "a@[127.0.0.300]"],
  ],
  "idn-email": [["实例@例え.jp"], ["实例"]],
  hostname: [
    ["example.com", "1host", "a--b.com"],
    ["", "example.", "-a", "a-", "a_b", `${"a".repeat(64)}.com`],
  ],
  "idn-hostname": [["例え.jp"], ["-例", "例 え"]],
  ipv4: [
    ["127.0.0.1", "0.0.0.0"],
    ["256.0.0.1", "127.0.0", "127.0.0.01"],
  ],
  ipv6: [
    ["::", "::1", "1:2:3:4:5:6:7:8", "::ffff:192.168.0.1", "1::8"],
    ["1::2::3", "12345::", "1:2:3:4:5:6:7", "::1%eth0", "1.2.3.4::", ":1"],
  ],
  uri: [
    ["https://a.example/p?q#f", "urn:isbn:1", "http://[::1]:80/"],
    ["/relative", "http://a b", "http://a/%zz", "://x", "http://[::1"],
  ],
  "uri-reference": [
    ["/relative", "", "?q", "#f", "//host/p"],
    ["\\\\share", "a b", "1:2"],
  ],
  iri: [["https://例え.jp/ü"], ["/relative"]],
  "iri-reference": [["/ü"], ["a b"]],
  "uri-template": [
    ["/a/{b}{?c,d*}", "{x:3}"],
    ["/a/{b", "{}", "{a,,b}", "a}b"],
  ],
  uuid: [["2eb8aa08-aa98-11ea-b4aa-73b441d16380"], ["2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g"]],
  "json-pointer": [
    ["", "/a~1b/~0", "/"],
    ["a", "/~2", "/~"],
  ],
  "relative-json-pointer": [
    ["0", "1/a", "2#", "0+1/a"],
    ["/a", "01", "-1", "0##"],
  ],
  regex: [
    ["^a+$", "\\p{L}"],
    ["(", "a**"],
  ],
  byte: [
    ["", "aGk=", "aGkh"],
    ["aGk", "a=Gk", "aGk-"],
  ],
};

describe.each(Object.entries(cases))("the format %s", (format, [valid, invalid]) => {
  it.each(valid.map((value) => [value]))("accepts %j", (value) => expect(formats[format]?.(value)).toBe(true));
  it.each(invalid.map((value) => [value]))("refuses %j", (value) => expect(formats[format]?.(value)).toBe(false));
});

test("every string format has its cases", () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(formats).sort());
});

test("no string format runs out of stack or time on long input that almost fits", () => {
  for (const check of Object.values(formats)) {
    for (const unit of ["a", "1", "-", "/", "%41", "{a}", "~0", "@", ":", ".", '"', "P1D", "a."]) {
      for (const tail of ["", "!", "\u0000"]) expect(typeof check(unit.repeat(100_000) + tail)).toBe("boolean");
    }
  }
});

test("number formats are whole numbers within their bounds", () => {
  const limits = Object.entries(numberFormats).map(([name, check]) => [
    name,
    [-(2 ** 63), -129, -1, 0, 0.5, 255, 2 ** 31, 2 ** 63].filter(check),
  ]);
  expect(Object.fromEntries(limits)).toEqual({
    int8: [-1, 0],
    int16: [-129, -1, 0, 255],
    int32: [-129, -1, 0, 255],
    int64: [-(2 ** 63), -129, -1, 0, 255, 2 ** 31, 2 ** 63],
    uint8: [0, 255],
    uint16: [0, 255],
    uint32: [0, 255, 2 ** 31],
    uint64: [0, 255, 2 ** 31, 2 ** 63],
  });
});
