import { expect, it } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import { generate } from "../../generator/pipeline.ts";
import { proveLaw, type OperationVerdict } from "../../generator/verify/law.ts";
import { openWorkspace } from "../support/command-line.ts";

const answer = { responses: { 204: { description: "Done." } } };
const path = (name: string, schema: object): object => ({ name, in: "path", required: true, schema });
const language = { name: "Accept-Language", in: "header", schema: { type: "string", enum: ["pt-BR", "fr"] } };

const document = {
  openapi: "3.1.0",
  info: { title: "Impossible", version: "1" },
  paths: {
    "/two-headers": { get: { operationId: "two_headers", security: [{ basic: [], bearer: [] }], ...answer } },
    "/one-token": { get: { operationId: "one_token", security: [{ bearer: [], oauth: [] }], ...answer } },
    "/either": { get: { operationId: "either", security: [{ basic: [], bearer: [] }, { key: [] }], ...answer } },
    "/projects/{id}{.format}": {
      get: {
        operationId: "adjacent",
        parameters: [path("id", { type: "integer" }), path(".format", { type: "string" })],
        ...answer,
      },
    },
    "/files/{id}.{format}": {
      get: {
        operationId: "apart",
        parameters: [path("id", { type: "integer" }), path("format", { type: "string" })],
        ...answer,
      },
    },
    "/language": { get: { operationId: "language", parameters: [language], ...answer } },
  },
  components: {
    securitySchemes: {
      basic: { type: "http", scheme: "basic" },
      bearer: { type: "http", scheme: "bearer" },
      oauth: { type: "oauth2", flows: { clientCredentials: { tokenUrl: "https://id.example/token", scopes: {} } } },
      key: { type: "apiKey", in: "header", name: "X-Key" },
    },
  },
};

const place = openWorkspace({ "api.json": JSON.stringify(document) });
const { model, files, diagnostics } = await generate(
  await resolveConfig(place.folder, { spec: "api.json", emit: ["client", "server", "fixtures"] }),
);
place.close();
const verdicts: OperationVerdict[] = [];
if (model !== undefined && files !== undefined) for await (const verdict of proveLaw(model, files)) verdicts.push(verdict);

it("counts as impossible what no request can tell, and as broken nothing", () => {
  const words = verdicts.map(({ operation, impossible, failures }) => [
    operation.id,
    impossible ? "impossible" : failures.map(({ message }) => message).join() || "passes",
  ]);
  expect(Object.fromEntries(words)).toEqual({
    two_headers: "impossible",
    one_token: "passes",
    either: "passes",
    adjacent: "impossible",
    apart: "passes",
    language: "passes",
  });
});

it("leaves out a requirement that no request can meet, beside one that can be", () => {
  const securityOf = (id: string): unknown =>
    model?.operations.find((operation) => operation.id === id)?.security.map((all) => all.map(({ scheme }) => scheme));
  expect(securityOf("either")).toEqual([["key"]]);
  expect(securityOf("two_headers")).toEqual([["basic", "bearer"]]);
});

it("says where and why", () => {
  const told = diagnostics.all.filter(({ code }) => code === "fixture-impossible").map(({ at }) => at.replace(/^.*#/, ""));
  expect(told).toEqual(["/paths/~1two-headers/get", "/paths/~1projects~1{id}{.format}/get/parameters/1"]);
});
