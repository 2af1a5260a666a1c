import { defineConfig } from "./generator/config.ts";

/** Our own contract: PostHog's environments endpoints, made into the package posthog-environments. */
export default defineConfig({
  spec: "spec/openapi.yaml",
  out: "generated",
  // Those who install the package choose: each of the two is an optional peer of it.
  emit: ["default", "openapi-fetch", "msw"],
  package: { name: "posthog-environments" },
});
