import "@ringfence/services/handlers";
import { readFileSync } from "node:fs";
import path from "node:path";
import { openDb } from "@ringfence/db";
import type { Installation } from "@ringfence/services/context";
import { keysIn } from "@ringfence/services/testing/keys";

const stateFolder = path.resolve(import.meta.dirname, "../../../.ringfence/e2e");
const kept = (file: string) => readFileSync(path.join(stateFolder, file), "utf8");

/**
 * The database and the keys of the house that runs for end-to-end tests, as its apps have them. Where
 * its server listens is read here and not asked of `@ringfence/db/postgres`: what Next says of the
 * environment does not let that be checked in one program with pages.
 */
export function openInstallation(): Installation {
  const [, , , port = ""] = kept("pg/postmaster.pid").split("\n");
  const url = new URL("postgresql://postgres@127.0.0.1/ringfence");
  url.port = port;
  url.password = kept("postgres-password").trim();
  return { db: openDb(url.href), keys: keysIn(path.join(stateFolder, "keys")) };
}
