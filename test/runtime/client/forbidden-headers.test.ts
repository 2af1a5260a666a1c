import { afterEach, expect, test, vi } from "vitest";
import { tellForbidden } from "../../../generator/runtime/client/forbidden-headers.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const sent = { url: "https://example.com/", headers: new Headers({ Cookie: "sid=secret", "X-Own": "1" }) };

test("A header that the platform leaves out is told once, without its value", () => {
  class PageRequest extends Request {
    constructor(url: string, init: RequestInit) {
      super(url, init);
      this.headers.delete("Cookie");
    }
  }
  vi.stubGlobal("Request", PageRequest);
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const told = new Set<string>();
  tellForbidden(sent, told);
  tellForbidden(sent, told);
  expect(warn.mock.calls).toEqual([['The header "cookie" is not sent: the platform forbids it.']]);
});

test("Nothing is told where all headers are sent", () => {
  const warn = vi.spyOn(console, "warn");
  tellForbidden(sent, new Set());
  expect(warn).not.toHaveBeenCalled();
});
