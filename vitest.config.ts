import { defineConfig } from "vitest/config";

const integration = "**/*.int.test.ts";

export default defineConfig({
  test: {
    // An awkward zone, so that code which forgets to name one fails here and not in production.
    env: { TZ: "Asia/Kathmandu" },
    // For a machine that does other things too: what is slow is a matter for benchmarks.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        resolve: { alias: { "@": new URL("apps/web/src", import.meta.url).pathname } },
        test: {
          name: "unit",
          include: ["{apps,packages,tooling,bench,consistency}/**/*.test.ts"],
          exclude: [integration, "**/node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [`{apps,packages,tooling}/${integration}`],
          globalSetup: "packages/db/testing/database.ts",
        },
      },
    ],
  },
});
