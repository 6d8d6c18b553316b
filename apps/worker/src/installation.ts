import { openDb } from "@ringfence/db";
import { waitForAcrossUrl } from "@ringfence/db/service-role";
import { openColumnStore } from "@ringfence/services/audience/segment/columns";
import { openFiles } from "@ringfence/services/platform/files";
import { formatStartError, keepKeysCurrent, openKeys } from "@ringfence/services/platform/keys";
import { startTracing } from "@ringfence/services/platform/tracing";
import { chromium, env, locale } from "./env.ts";
import { log } from "./log.ts";
import { openMessageSender } from "./mail-and-sms.ts";

/**
 * Opens what the programs of a worker share: the database, the keys, and the tools of jobs. Ends the process if the keys
 * are not those of the database.
 */
export async function openInstallation() {
  const tracing = startTracing({
    program: "worker",
    settings: env,
    report: (err) => log.warn({ err }, "traces were not sent"),
    now: () => performance.now(),
  });
  const db = openDb(
    env.DATABASE_URL,
    env.DATABASE_ACROSS_URL ?? (await waitForAcrossUrl(env.DATABASE_URL)),
    { poolSize: env.WORKER_POOL_SIZE },
  );
  const keys = await openKeys(db, env.RINGFENCE_KEY_DIR).catch(exitWith);
  keepKeysCurrent(keys, reportStartFault);
  const tools = {
    db,
    keys,
    columns: openColumnStore(db, {
      onError: (err) => log.error({ err }, "the column store failed"),
    }),
    files: openFiles(env.RINGFENCE_FILES),
    sources: {
      registriesFolder: env.RINGFENCE_REGISTRIES ?? null,
      privateHosts: env.RINGFENCE_PRIVATE_HOSTS,
      chromium,
    },
    messageSender: openMessageSender(env),
    publicUrl: env.PUBLIC_URL,
  };
  return {
    db,
    keys,
    tools,
    close: async () => {
      await db.close();
      await tracing?.stop();
    },
  };
}

/** Nothing may be worked on, and the ledger may not be signed, without the right keys or with opt-outs lost. */
export function exitWith(error: unknown): never {
  reportStartFault(error);
  process.exit(1);
}

function reportStartFault(error: unknown) {
  console.error(formatStartError(error, locale));
}
