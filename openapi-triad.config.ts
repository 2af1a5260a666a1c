import { defineConfig } from "./generator/config.ts";

/** Our own contract: PostHog's environments endpoints, made into the package posthog-environments. */
export default defineConfig({
  spec: "spec/openapi.yaml",
  out: "generated",
  package: { name: "posthog-environments" },
});
