import { say } from "@ringfence/core/platform/message";
import { openDb } from "@ringfence/db";
import { isMigrated } from "@ringfence/db/migrate";
import { waitForAcrossUrl } from "@ringfence/db/service-role";
import { openFiles } from "@ringfence/services/platform/files";
import { installBundledLaw } from "@ringfence/services/people/jurisdiction";
import { formatKeyError, keepKeysCurrent, openKeys } from "@ringfence/services/platform/keys";
import { adoptRecord } from "@ringfence/services/proof/record";
import { openColumnStore } from "@ringfence/services/audience/segment/columns";
import { chromium, env, locale, signing } from "./env.ts";
import { jobs } from "./jobs/jobs.ts";
import { openSigning, startLedgerLoop } from "./ledger-loop.ts";
import { openCollector, startSyslogLoop } from "./syslog-loop.ts";
import { startHealthServer } from "./health-server.ts";
import { log } from "./log.ts";
import { openMessageSender } from "./mail-and-sms.ts";
import { createMetrics } from "./metrics.ts";
import { startWorker } from "./start-worker.ts";

const db = openDb(
  env.DATABASE_URL,
  env.DATABASE_ACROSS_URL ?? (await waitForAcrossUrl(env.DATABASE_URL)),
);
const keys = await openKeys(db, env.RINGFENCE_KEY_DIR).catch(exitWith);
keepKeysCurrent(keys, reportKeyFault);
const ledger = startLedgerLoop({
  db,
  keys,
  signing:
    signing &&
    (await openSigning(db, signing, signing.LEDGER_KEY_DIR ?? env.RINGFENCE_KEY_DIR).catch(
      exitWith,
    )),
  report: (fault) => log.error(say(locale, fault)),
});
// The one worker that signs also sends the audit trail, so that one program knows whether there is a collector.
const syslog =
  signing &&
  startSyslogLoop({
    db,
    collector: openCollector(signing),
    hostname: new URL(env.PUBLIC_URL).hostname,
    report: (fault) => log.error(say(locale, fault)),
  });
const metrics = createMetrics(db);
const health =
  env.WORKER_PORT !== undefined &&
  (await startHealthServer({
    isMigrated: () => isMigrated(db),
    metrics,
    host: env.HOST,
    port: env.WORKER_PORT,
    token: env.METRICS_TOKEN,
    isBehindProxy: env.PUBLIC_URL.startsWith("https:"),
  }));
const worker = await startWorker({
  db,
  measure: (job, work) => metrics.measure(job, work),
  keys,
  columns: openColumnStore(db, { onError: (err) => log.error({ err }, "the column store failed") }),
  files: openFiles(env.RINGFENCE_FILES),
  sources: {
    registriesFolder: env.RINGFENCE_REGISTRIES ?? null,
    privateHosts: env.RINGFENCE_PRIVATE_HOSTS,
    chromium,
  },
  messageSender: openMessageSender(env),
  publicUrl: env.PUBLIC_URL,
  jobs,
});

void installBundledLaw({ db, keys }).catch((err: unknown) =>
  log.error({ err }, "the law was not installed"),
);

// Runs beside everything else: records of an earlier version count once they have their MAC.
void adoptOlderRecords().catch((err: unknown) =>
  log.error({ err }, "older records were not adopted"),
);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void stop());
}

async function adoptOlderRecords() {
  const { adopted, refused } = await adoptRecord({ db, keys });
  if (adopted + refused === 0) return;
  const counts = `older records: ${adopted} got a MAC, ${refused} match no statement signed with our key in full`;
  if (refused === 0) log.info(counts);
  else
    log.warn(`${counts}. Records without a MAC do not count. Run "pnpm ledger audit" to list them`);
}

async function stop() {
  await Promise.all([worker.stop(), ledger.stop(), syslog?.stop(), health && health.stop()]);
  await db.close();
}

/** Nothing may be worked on without the right keys, and the ledger may not be signed. */
function exitWith(error: unknown): never {
  reportKeyFault(error);
  process.exit(1);
}

function reportKeyFault(error: unknown) {
  console.error(formatKeyError(error, locale));
}
