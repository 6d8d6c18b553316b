import { defineConfig } from "vitest/config";
import { findChromium, noChromium } from "./packages/services/src/form-check/find-chromium.ts";

const integration = "**/*.int.test.ts";
/** Those that open pages: left out where there is no browser, as end-to-end tests are. */
const inChromium = "**/*.chromium.int.test.ts";
const hasChromium = findChromium(process.env) !== null;
if (!hasChromium) console.warn(noChromium);

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
          include: ["{apps,packages,tooling,bench}/**/*.test.ts"],
          exclude: [integration, "**/node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [`{apps,packages,tooling}/${integration}`],
          exclude: ["**/node_modules/**", ...(hasChromium ? [] : [inChromium])],
          globalSetup: "packages/db/testing/database.ts",
        },
      },
    ],
  },
});
