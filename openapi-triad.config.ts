import { defineConfig } from "./generator/config.ts";

/** Our own contract: PostHog's environments endpoints, made into the package posthog-environments. */
export default defineConfig({
  spec: "spec/openapi.yaml",
  out: "generated",
  // Those who install the package choose: openapi-fetch and MSW are optional peers of it, and no bundle holds the document unasked.
  emit: ["default", "openapi-fetch", "msw", "openapi"],
  package: { name: "posthog-environments" },
});
