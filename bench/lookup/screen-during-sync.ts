import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { keysIn } from "@ringfence/services/testing/keys";
import type { Phone } from "@ringfence/core/people/phone";
import { type BenchOptions, median } from "../bench.ts";
import { createDialerKey } from "../create-dialer-key.ts";
import { loadPhones } from "../load-phones.ts";
import { createRegistryToSync } from "../sync/registry-to-sync.ts";
import { runSync } from "../sync/run-sync.ts";
import { withApi } from "../with-api.ts";
import { benchOwner } from "../bench-owner.ts";

/** About the duration of a sync of the list. */
const QUIET_MS = 5_000;

type Screening = {
  db: Db;
  databaseUrl: string;
  folder: string;
  organizationId: OrganizationId;
  file: string;
};

/**
 * Measures the 99th percentile of single screenings in milliseconds, alone and during the first
 * sync of a full list.
 */
export async function screenDuringSync(
  { db, databaseUrl, folder, organizationId, file }: Screening,
  { rounds, say }: Pick<BenchOptions, "rounds" | "say">,
) {
  const keys = `${folder}/keys`;
  const key = await createDialerKey({ db, keys: keysIn(keys), organizationId, actor: benchOwner });
  const phones = await loadPhones(db, organizationId, 20_000);
  const { organizationId: other } = await createRegistryToSync(db);
  const times: { quiet: number[]; busy: number[] } = { quiet: [], busy: [] };

  await withApi(databaseUrl, folder, async (origin) => {
    const asking = { origin, key, phones };
    for (let round = -1; round < rounds; round++) {
      const end = performance.now() + QUIET_MS;
      const quiet = await measureP99Latency({ ...asking, until: () => performance.now() > end });

      const { registryId } = await createRegistryToSync(db, other);
      let isSynced = false;
      const given = { databaseUrl, file, keys, organizationId: other, registryId };
      const syncing = runSync(given, 0).finally(() => (isSynced = true));
      const busy = await measureP99Latency({ ...asking, until: () => isSynced });
      await syncing;
      say(`round ${round}: p99 ${quiet.toFixed(2)} ms alone, ${busy.toFixed(2)} ms during a sync`);
      if (round < 0) continue; // to warm up
      times.quiet.push(quiet);
      times.busy.push(busy);
    }
  });
  return { quiet: median(times.quiet), busy: median(times.busy) };
}

type Load = {
  origin: string;
  key: string;
  phones: readonly Phone[];
  /** Screens one number after another until this returns true. */
  until: () => boolean;
};

/** Measures the 99th percentile of single screenings over HTTP, in milliseconds. */
async function measureP99Latency({ origin, key, phones, until }: Load): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const latencies: number[] = [];
  for (let index = 0; !until(); index++) {
    const body = JSON.stringify({ phone: phones[index % phones.length], purpose: "marketing" });
    const startedAt = performance.now();
    const answer = await fetch(`${origin}/v1/screenings`, { method: "POST", headers, body });
    await answer.arrayBuffer();
    latencies.push(performance.now() - startedAt);
    if (answer.status !== 200) throw new Error(`a screening was answered ${answer.status}`);
  }
  const sorted = latencies.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}
