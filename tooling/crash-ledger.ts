// `pnpm crash:ledger [--seconds 60] [--seed 1]`: kills writers, rival sequencers and the signer at
// random moments, and stops PostgreSQL as if the power were cut. Afterwards nothing acknowledged
// may be lost, the log may have no gap, and all checkpoints must belong to one history.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { say } from "@ringfence/core/platform/message";
import { openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import {
  auditLedger,
  openLogSigner,
  sequenceBatch,
  signCheckpoint,
} from "@ringfence/services/proof/ledger";
import { startReplaceable } from "./crash/replaceable-process.ts";
import { startCrashableServer } from "./crash/crashable-server.ts";
import { createRandom } from "../bench/generators/random.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
  },
});
const next = createRandom(Number(values.seed));
const random = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
const folder = mkdtempSync(path.join(tmpdir(), "ringfence-crash-"));
chmodSync(folder, 0o711);
const keyFolder = path.join(folder, "keys");
const server = await startCrashableServer(path.join(folder, "state"));
await migrate(server);

const writers = [0, 1, 2, 3].map((number) =>
  startReplaceable("write.ts", (life) => [server.url, `${number}.${life}`]),
);
const signer = startReplaceable("sequence.ts", () => [server.url, keyFolder]);
const rival = startReplaceable("sequence.ts", () => [server.url]);
const processes = [...writers, signer, rival];

let [kills, crashes] = [0, 0];
const end = performance.now() + Number(values.seconds) * 1_000;
while (performance.now() < end) {
  await wait(random(400, 1_600));
  if (random(0, 6) === 0) {
    await server.crash();
    crashes++;
  } else {
    await processes[random(0, processes.length - 1)]?.replace();
    kills++;
  }
}
for (const one of processes) await one.kill();

const db = openDb(server.url);
try {
  const faults = await judge();
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await db.close();
  await server.stop();
  rmSync(folder, { recursive: true });
}

async function judge(): Promise<string[]> {
  while ((await sequenceBatch(db)) !== 0);
  const origin = "ledger.example/crash";
  const last = await signCheckpoint(await openLogSigner({ db, origin, keyFolder }));
  const { size, checkpoints, faults } = await auditLedger(db);

  const acknowledged = writers.flatMap(({ output }) => output);
  const keys = acknowledged.map((key) => `0195a000-0000-7000-8000-000000000001/${key}`);
  const { rows } = await db.pool.query<{ key: string }>(
    `SELECT key FROM unnest($1::text[]) AS key
     WHERE NOT EXISTS (SELECT FROM ledger.entry JOIN ledger.leaf USING (entry_id)
       WHERE idem_key = sha256(convert_to(key, 'UTF8')))`,
    [keys],
  );
  console.log(
    `${kills} kills, ${crashes} crashes of PostgreSQL: ${acknowledged.length} acknowledged, ` +
      `${rows.length} lost; ${size} in the log, ${checkpoints} checkpoints`,
  );
  return [
    ...rows.map(({ key }) => `acknowledged and lost: ${key}`),
    ...faults.map((fault) => say("en", fault)),
    ...signer.output,
    ...(last.outcome === "refused" ? [last.fault.key] : []),
    ...(acknowledged.length > 0 && checkpoints > 1 ? [] : ["nothing was written or signed"]),
  ];
}
