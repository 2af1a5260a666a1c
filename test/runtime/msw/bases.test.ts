import { expect, it } from "vitest";
import { baseOf } from "../../../generator/runtime/msw/bases.ts";

it.each([
  ["https://api.example.com", "https://api.example.com/pets/7", ["/pets/7"]],
  ["https://api.example.com/", "https://api.example.com/pets/7", ["/pets/7"]],
  ["https://API.example.com:443/v1/", "https://api.example.com/v1/pets", ["/pets"]],
  ["https://api.example.com/v1", "https://api.example.com/v1/pets", ["/pets"]],
  ["https://api.example.com/v1", "https://api.example.com/v12/pets", []],
  ["https://api.example.com/v1", "http://api.example.com/v1/pets", []],
  ["https://api.example.com", "https://api.example.com.evil.test/pets", []],
  ["https://api.example.com/Train+Travel+API/1.0.0", "https://api.example.com/Train+Travel+API/1.0.0/stations", ["/stations"]],
  ["https://{region}.example.com/v1", "https://eu.example.com/v1/pets", ["/pets"]],
  ["https://{region}.Example.com/v1", "https://eu.example.org/v1/pets", []],
  ["https://{host}:{port}", "https://localhost:8080/pets", ["/pets"]],
  ["{scheme}://{host}/api", "http://localhost/api/pets", ["/pets"]],
  ["/", "https://anywhere.test/pets/7", ["/pets/7"]],
  ["", "https://anywhere.test/pets/7", ["/pets/7"]],
  [".", "https://anywhere.test/pets/7", ["/pets/7"]],
  ["/v1", "https://anywhere.test/v1/pets", ["/pets"]],
  ["/v1", "https://anywhere.test/v2/pets", []],
  ["/v1", "https://v1/pets", []],
  ["v1", "https://anywhere.test/deep/v1/pets", ["/pets"]],
  ["*", "https://anywhere.test/deep/pets", ["/deep/pets", "/pets"]],
  ["*/v1", "https://anywhere.test/deep/v1/pets", ["/pets"]],
  ["http://localhost:*", "http://localhost:3000/pets", ["/pets"]],
  ["http://localhost:*", "http://127.0.0.1:3000/pets", []],
  ["https://*.example.com/*/v1", "https://a.b.example.com/x/y/v1/pets", ["/pets"]],
])("%s has of %s the paths %j", (base, url, paths) => {
  expect(baseOf(base).below(url)).toEqual(paths);
});

it("takes no longer the more wildcards there are", () => {
  const { below } = baseOf(`https://${"{a}x".repeat(200)}/v1`);
  const start = performance.now();
  expect(below(`https://${"x".repeat(400)}y/${"v2/".repeat(200)}pets`)).toEqual([]);
  expect(performance.now() - start).toBeLessThan(1000);
});
