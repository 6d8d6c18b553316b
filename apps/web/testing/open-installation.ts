import "@ringfence/services/handlers";
import { readFileSync } from "node:fs";
import path from "node:path";
import { openDb } from "@ringfence/db";
import type { Installation } from "@ringfence/services/context";
import { keysIn } from "@ringfence/services/testing/keys";

const root = path.resolve(import.meta.dirname, "../../..");

/**
 * Opens the database and keys of a demo that end-to-end tests run against, as its apps do. Default: the first. It
 * reads the database's address itself instead of using `@ringfence/db/postgres`, because Next's types of
 * the environment prevent checking that module in one program with the pages.
 */
export function openInstallation(state = ".ringfence/e2e"): Installation {
  const stateFolder = path.join(root, state);
  const kept = (file: string) => readFileSync(path.join(stateFolder, file), "utf8");
  const [, , , port = ""] = kept("pg/postmaster.pid").split("\n");
  const url = new URL("postgresql://postgres@127.0.0.1/ringfence");
  url.port = port;
  url.password = kept("postgres-password").trim();
  return { db: openDb(url.href, url.href), keys: keysIn(path.join(stateFolder, "keys")) };
}
