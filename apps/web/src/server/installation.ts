import "server-only";
import "@ringfence/services/handlers";
import { openDb } from "@ringfence/db";
import { hasMigrations } from "@ringfence/db/has-migrations";
import { waitForAcrossUrl } from "@ringfence/db/service-role";
import type { Installation } from "@ringfence/services/context";
import { type FileStore, openFiles } from "@ringfence/services/platform/files";
import { installBundledLaw } from "@ringfence/services/people/jurisdiction";
import { formatStartError, keepKeysCurrent, openKeys } from "@ringfence/services/platform/keys";
import { openColumnStore } from "@ringfence/services/audience/segment/columns";
import type { Message } from "@ringfence/core/platform/message";
import { toJwkSet } from "@ringfence/core/platform/public-key";
import type { Trust } from "@ringfence/core/proof/ledger";
import {
  assertNoLostOptOuts,
  findCopyFaults,
  readLogPolicy,
  watchForLostOptOuts,
} from "@ringfence/services/proof/ledger";
import { built, env, locale } from "../env";
import { log } from "./log";

declare global {
  var installation: (Installation & { files: FileStore }) | undefined;
}

/** Returns the open installation. It is kept on `globalThis`, so that a hot reload opens no second pool. */
export function installation() {
  if (globalThis.installation === undefined) throw new Error("the installation is not open yet");
  return globalThis.installation;
}

/** Opens the installation once, at the start. With wrong keys or lost opt-outs the process exits with a sentence. */
export async function openInstallation() {
  globalThis.installation ??= await open();
}

async function open() {
  const db = openDb(
    env().DATABASE_URL,
    env().DATABASE_ACROSS_URL ?? (await waitForAcrossUrl(env().DATABASE_URL)),
    { poolSize: env().WEB_POOL_SIZE },
  );
  const keys = await openKeys(db, env().RINGFENCE_KEY_DIR).catch(exitWith);
  keepKeysCurrent(keys, reportStartFault);
  await assertNoLostOptOuts(db).catch(exitWith);
  watchForLostOptOuts(db, exitWith);
  void installBundledLaw({ db, keys }).catch((err: unknown) =>
    log.error({ err }, "the law was not installed"),
  );
  return {
    db,
    keys,
    files: openFiles(env().RINGFENCE_FILES),
    privateHosts: env().RINGFENCE_PRIVATE_HOSTS,
    breachedPasswords: env().RINGFENCE_BREACHED_PASSWORDS,
    columns: openColumnStore(db, {
      onError: (err) => log.error({ err }, "the column store failed"),
    }),
  };
}

function exitWith(error: unknown): never {
  reportStartFault(error);
  process.exit(1);
}

function reportStartFault(error: unknown) {
  console.error(formatStartError(error, locale()));
}

/** Finds why the pages cannot work, although the database answers; null if they can. */
export const findReadinessFault = async (): Promise<Message | null> =>
  (await hasMigrations(db(), built().migrations))
    ? ((await findCopyFaults(db()))[0] ?? null)
    : { key: "error.database-behind" };

export const db = () => installation().db;

/** Returns the keys that this installation publishes, which verify its own certificates. */
export async function loadPublishedTrust(): Promise<Trust> {
  const { db, keys } = installation();
  return {
    policy: await readLogPolicy(db),
    keys: JSON.stringify(toJwkSet(keys.statementKeys)),
    from: "site",
  };
}
