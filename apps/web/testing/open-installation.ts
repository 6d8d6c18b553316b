import "@ringfence/services/handlers";
import { readFileSync } from "node:fs";
import path from "node:path";
import { openDb } from "@ringfence/db";
import type { Installation } from "@ringfence/services/context";
import { keysIn } from "@ringfence/services/testing/keys";

const stateFolder = path.resolve(import.meta.dirname, "../../../.ringfence/e2e");
const kept = (file: string) => readFileSync(path.join(stateFolder, file), "utf8");

/**
 * Opens the database and keys of the installation that end-to-end tests run against, as its apps do. It
 * reads the database's address itself instead of using `@ringfence/db/postgres`, because Next's types of
 * the environment prevent checking that module in one program with the pages.
 */
export function openInstallation(): Installation {
  const [, , , port = ""] = kept("pg/postmaster.pid").split("\n");
  const url = new URL("postgresql://postgres@127.0.0.1/ringfence");
  url.port = port;
  url.password = kept("postgres-password").trim();
  return { db: openDb(url.href), keys: keysIn(path.join(stateFolder, "keys")) };
}
