import { say } from "@ringfence/core/platform/message";
import { isMigrated } from "@ringfence/db/migrate";
import { installBundledLaw } from "@ringfence/services/people/jurisdiction";
import {
  assertNoLostOptOuts,
  checkCopy,
  findCopyFaults,
  watchForLostOptOuts,
} from "@ringfence/services/proof/ledger";
import { adoptRecord } from "@ringfence/services/proof/record";
import { startCopyLoop } from "./copy-loop.ts";
import { env, locale, signing } from "./env.ts";
import { jobs } from "./jobs/jobs.ts";
import { openSigning, startLedgerLoop } from "./ledger-loop.ts";
import { openCollector, startSyslogLoop } from "./syslog-loop.ts";
import { startHealthServer } from "./health-server.ts";
import { log } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { exitWith, openInstallation } from "./installation.ts";
import { startLongJobs } from "./start-long-jobs.ts";
import { startWorker } from "./start-worker.ts";

const { db, keys, tools, close } = await openInstallation();
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
  ...tools,
  countJob: metrics.countJob,
  countRefusalDeliveries: (kind, seconds) => metrics.countRefusalDeliveries(kind, seconds),
  jobs: jobs.filter(({ lane }) => lane !== "long"),
});
const longJobs = startLongJobs(metrics.countJob);

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
    longJobs.stop(),
    ledger.stop(),
    copy?.stop(),
    syslog?.stop(),
    health && health.stop(),
  ]);
  await close();
  // A request to a collector of traces that does not answer would keep the process.
  process.exit();
}
