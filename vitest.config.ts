import { defineConfig } from "vitest/config";

// Tests that drive a browser are apart, so that only they see to it that there is one.
const browser = ["test/browser/**/*.test.ts", "test/**/*.browser.test.ts"];

export default defineConfig({
  test: {
    setupFiles: ["test/setup.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: "node", include: ["test/**/*.test.ts"], exclude: browser } },
      { extends: true, test: { name: "browser", include: browser, globalSetup: ["test/support/chromium-setup.ts"] } },
    ],
  },
});
