import path from "node:path";
import { expect, test } from "vitest";
import { bundle } from "../../../scripts/bundle.ts";

// What is published, whose manifest says that no module does anything but export.
const runtime = path.resolve(import.meta.dirname, "../../../generated/src/runtime");

const small = `import { createClient } from "./path-style/client.ts";
console.log(await createClient({ baseUrl: "https://example.com" }).GET("/things"));`;

// Bytes are the same on every machine.
test("One GET in path style is a bundle of less than 3 KB, smaller than that of openapi-fetch", async () => {
  const own = await bundle(small, runtime);
  expect(own.gzip).toBeLessThan(3 * 1024);
  const theirs = await bundle(
    small.replace("{ createClient }", "createClient").replace("./path-style/client.ts", "openapi-fetch"),
    runtime,
  );
  expect(own.gzip).toBeLessThan(theirs.gzip);
  expect(own.modules.filter((module) => !module.includes("path-style/") && !module.startsWith("<"))).toEqual([]);
});

test("A codec that no operation departs by is in no bundle", async () => {
  const withPlain = await bundle(
    `import { createClient } from "./path-style/client.ts";
import { depart, plainAnswer } from "./path-style/codecs.ts";
const departures = { "GET /a": depart({ id: "a", method: "GET", path: "/a", responses: [] }, plainAnswer) };
console.log(await createClient({}, { departures }).GET("/a"));`,
    runtime,
  );
  const wire = withPlain.modules.filter((module) => module.includes("wire/")).map((module) => path.basename(module));
  expect(wire).toEqual(["media-type.ts"]);
  expect(withPlain.gzip).toBeLessThan(3.5 * 1024);
});
