import { say } from "@ringfence/core/platform/message";
import { openDb } from "@ringfence/db";
import { isMigrated } from "@ringfence/db/migrate";
import { waitForAcrossUrl } from "@ringfence/db/service-role";
import { openFiles } from "@ringfence/services/platform/files";
import { installBundledLaw } from "@ringfence/services/people/jurisdiction";
import { formatStartError, keepKeysCurrent, openKeys } from "@ringfence/services/platform/keys";
import { startTracing } from "@ringfence/services/platform/tracing";
import {
  assertNoLostOptOuts,
  checkCopy,
  findCopyFaults,
  watchForLostOptOuts,
} from "@ringfence/services/proof/ledger";
import { adoptRecord } from "@ringfence/services/proof/record";
import { openColumnStore } from "@ringfence/services/audience/segment/columns";
import { startCopyLoop } from "./copy-loop.ts";
import { chromium, env, locale, signing } from "./env.ts";
import { jobs } from "./jobs/jobs.ts";
import { openSigning, startLedgerLoop } from "./ledger-loop.ts";
import { openCollector, startSyslogLoop } from "./syslog-loop.ts";
import { startHealthServer } from "./health-server.ts";
import { log } from "./log.ts";
import { openMessageSender } from "./mail-and-sms.ts";
import { createMetrics } from "./metrics.ts";
import { startWorker } from "./start-worker.ts";

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
const copy = signing && (await startCopy(signing.RINGFENCE_OPT_OUT_COPY));
await assertNoLostOptOuts(db).catch(exitWith);
watchForLostOptOuts(db, exitWith);
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
const metrics = createMetrics(db, copy?.delaySeconds);
const health =
  env.WORKER_PORT !== undefined &&
  (await startHealthServer({
    findReadinessFault: async () =>
      (await isMigrated(db))
        ? ((await findCopyFaults(db))[0] ?? null)
        : { key: "error.database-behind" },
    readMetrics: (accept) => metrics.read(accept),
    host: env.HOST,
    port: env.WORKER_PORT,
    token: env.METRICS_TOKEN,
    isBehindProxy: env.PUBLIC_URL.startsWith("https:"),
  }));
const worker = await startWorker({
  db,
  measure: (job, work) => metrics.measure(job, work),
  countRefusalDeliveries: (kind, seconds) => metrics.countRefusalDeliveries(kind, seconds),
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

/** Workers that sign also write the copy of opt-outs. Without a folder, they check that there is to be none. */
async function startCopy(folder: string | undefined) {
  if (folder !== undefined)
    return startCopyLoop({ db, keys, folder, report: (fault) => log.error(say(locale, fault)) });
  await checkCopy(db, undefined);
  return null;
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
  await Promise.all([
    worker.stop(),
    ledger.stop(),
    copy?.stop(),
    syslog?.stop(),
    health && health.stop(),
  ]);
  await db.close();
  await tracing?.stop();
  // A request to a collector of traces that does not answer would keep the process.
  process.exit();
}

/** Nothing may be worked on, and the ledger may not be signed, without the right keys or with opt-outs lost. */
function exitWith(error: unknown): never {
  reportStartFault(error);
  process.exit(1);
}

function reportStartFault(error: unknown) {
  console.error(formatStartError(error, locale));
}
