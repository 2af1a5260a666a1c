import { defineConfig } from "openapi-triad";

export default defineConfig({ spec: "api/openapi.yaml", out: "src/api", emit: ["client", "server", "fixtures"] });
