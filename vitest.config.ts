import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import {
  findChromium,
  noChromium,
} from "./packages/services/src/consents/form-check/find-chromium.ts";

/** As `tsconfig.json` of the pages has it. */
const web = { "@": new URL("apps/web/src", import.meta.url).pathname };
const integration = "**/*.int.test.ts";
/**
 * What needs a database. One process shares its modules and its database among the files that it tests,
 * one after the other: to load them anew took nearly half of the time.
 */
const onDatabase = { globalSetup: "packages/db/testing/database.ts", isolate: false };
/**
 * Tests that replace a module, which needs modules that no other file has loaded. All other unit tests of
 * a process share them: this halves their time.
 */
const mock = "**/*.mock.test.ts";
/** Needs Kamailio and sipp, which npm does not bring: `.ci/run` installs them. */
const sip = "**/*.sip.test.ts";
/** Those that open pages: left out where there is no browser, as end-to-end tests are. */
const chromium = "**/*.chromium.int.test.ts";
const hasChromium = findChromium(process.env) !== null;
if (!hasChromium) console.warn(noChromium);

export default defineConfig({
  test: {
    // An awkward zone, so that code which forgets to name one fails here and not in production.
    env: { TZ: "Asia/Kathmandu" },
    // For a machine that does other things too: what is slow is a matter for benchmarks.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One more than processors: many tests wait for a program that they started, or for a clock.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        resolve: { alias: web },
        test: {
          name: "unit",
          include: ["{apps,packages,tooling,bench,eval,consistency}/**/*.test.ts"],
          exclude: [integration, sip, mock, "**/node_modules/**", "**/.next/**"],
          isolate: false,
        },
      },
      {
        extends: true,
        resolve: { alias: web },
        test: {
          name: "unit-mock",
          include: [`apps/${mock}`],
          exclude: ["**/node_modules/**", "**/.next/**"],
        },
      },
      {
        extends: true,
        resolve: { alias: web },
        test: {
          name: "integration",
          include: [`{apps,packages,tooling}/${integration}`],
          exclude: ["**/node_modules/**", "**/.next/**", chromium],
          ...onDatabase,
        },
      },
      {
        extends: true,
        test: {
          name: "chromium",
          include: [`{apps,packages,tooling}/${chromium}`],
          exclude: ["**/node_modules/**", "**/.next/**", ...(hasChromium ? [] : ["**"])],
          ...onDatabase,
        },
      },
      {
        extends: true,
        test: {
          name: "sip",
          include: [`apps/${sip}`],
          ...onDatabase,
        },
      },
    ],
  },
});
