import { openDb } from "@ringfence/db";
import { waitForAcrossUrl } from "@ringfence/db/service-role";
import { isMigrated } from "@ringfence/db/migrate";
import { createApiKeyFinder, createKeyUseLog } from "@ringfence/services/account/api-key";
import { createHeavyLimitsReader } from "@ringfence/services/account/organization";
import { openFiles } from "@ringfence/services/platform/files";
import { installBundledLaw } from "@ringfence/services/people/jurisdiction";
import { formatStartError, keepKeysCurrent, openKeys } from "@ringfence/services/platform/keys";
import { startTracing } from "@ringfence/services/platform/tracing";
import {
  assertNoLostOptOuts,
  findCopyFaults,
  watchForLostOptOuts,
} from "@ringfence/services/proof/ledger";
import { env, locale } from "./env.ts";
import { findHeavyLimits } from "./limit-heavy.ts";
import { logger } from "./log.ts";
import { buildServer } from "./server.ts";

/** Time that requests in progress get to finish after the signal to stop. Then the process exits with status 1. */
const GRACE_MS = 10_000;

const tracing = startTracing({
  program: "api",
  settings: env,
  report: (err) => server.log.warn({ err }, "traces were not sent"),
  now: () => performance.now(),
});
const db = openDb(
  env.DATABASE_URL,
  env.DATABASE_ACROSS_URL ?? (await waitForAcrossUrl(env.DATABASE_URL)),
  { poolSize: env.API_POOL_SIZE },
);
const keys = await openKeys(db, env.RINGFENCE_KEY_DIR).catch(exitWith);
keepKeysCurrent(keys, reportStartFault);
await assertNoLostOptOuts(db).catch(exitWith);
watchForLostOptOuts(db, exitWith);
const keyUses = createKeyUseLog(db, {
  now: () => performance.now(),
  report: (err) => server.log.error({ err }, "uses of keys were not recorded"),
});
const server = await buildServer({
  installation: {
    db,
    keys,
    files: openFiles(env.RINGFENCE_FILES),
  },
  findApiKey: createApiKeyFinder(db, keyUses.note),
  findReadinessFault: async () =>
    (await isMigrated(db))
      ? ((await findCopyFaults(db))[0] ?? null)
      : { key: "error.database-behind" },
  publicUrl: env.PUBLIC_URL,
  apiUrl: env.API_URL,
  rateLimit: env.API_RATE_LIMIT,
  heavyLimits: findHeavyLimits(env.API_POOL_SIZE),
  readHeavyLimits: createHeavyLimitsReader(db, {
    now: () => performance.now(),
    report: (err) => server.log.error({ err }, "limits of organizations were not read"),
  }),
  metricsToken: env.METRICS_TOKEN,
  ...(env.AGI_PORT !== undefined && { agi: { host: env.AGI_HOST, port: env.AGI_PORT } }),
  trustProxy: env.TRUST_PROXY,
  logger,
  isTraced: tracing !== null,
});
server.addHook("onClose", async () => {
  await keyUses
    .close()
    .catch((err: unknown) => server.log.error({ err }, "uses of keys were lost"));
  await db.close();
  await tracing?.stop();
});
void installBundledLaw({ db, keys }).catch((err: unknown) =>
  server.log.error({ err }, "the law was not installed"),
);
await server.listen({ host: env.HOST, port: env.API_PORT });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    // Ends the process too: a request to a collector of traces that does not answer would keep it.
    void server.close().then(() => process.exit());
  });
}

/**
 * Prints why nothing may be decided, and ends the process: with other keys, opt-outs of erased numbers would not be
 * found, and after a restore, opt-outs may be lost.
 */
function exitWith(error: unknown): never {
  reportStartFault(error);
  process.exit(1);
}

function reportStartFault(error: unknown) {
  console.error(formatStartError(error, locale));
}
