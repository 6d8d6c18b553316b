import { openKeys } from "@ringfence/services/keys";
import { atLeast, atMost, type Bench, medianOf } from "../bench.ts";
import { aDialersKey } from "../dialers-key.ts";
import { loadOrganization, sizesOf } from "../load-organization.ts";
import { loadPhones } from "../load-phones.ts";
import { makeDncList } from "../sync/make-dnc-list.ts";
import { aRegistryToSync } from "../sync/registry-to-sync.ts";
import { runSync } from "../sync/run-sync.ts";
import { withApi } from "../with-api.ts";
import { withPostgres } from "../with-postgres.ts";
import { loadProbes, lookUp } from "./look-up.ts";
import { slowestOfHundred } from "./slowest-of-hundred.ts";

const PROBES = 1_000_000;
/** As long as a sync of the list takes, about. */
const QUIET_MS = 5_000;

/** A million look-ups in bitmaps and by key; and single screenings while a registry is being read. */
export const lookupBench: Bench = {
  name: "lookup",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(folder, async (db, databaseUrl) => {
      const sizes = sizesOf(scale, 10_000_000);
      const organizationId = await loadOrganization(db, sizes, say);
      await loadProbes(db, sizes.registry, PROBES * scale);
      const phones = await loadPhones(db, organizationId, 20_000);
      const actor = { type: "member", id: "bench", role: "owner", sellerIds: [] } as const;
      const keys = `${folder}/keys`;
      const key = await aDialersKey({ db, keys: openKeys(keys), organizationId, actor });
      const file = await makeDncList(folder, sizes.registry * 5);
      const { organizationId: other } = await aRegistryToSync(db);

      const [bitmap, byKey, quiet, busy]: number[][] = [[], [], [], []];
      await withApi(databaseUrl, folder, async (origin) => {
        const asking = { origin, key, phones };
        for (let round = -1; round < rounds; round++) {
          const bits = await lookUp(db, organizationId, "bitmap");
          const rows = await lookUp(db, organizationId, "key");
          if (bits.listed !== rows.listed)
            throw new Error(`${bits.listed} and ${rows.listed} listed`);

          const end = performance.now() + QUIET_MS;
          const p99 = await slowestOfHundred({ ...asking, until: () => performance.now() > end });
          const { registryId } = await aRegistryToSync(db, other);
          let isSynced = false;
          const given = { databaseUrl, file, keys, organizationId: other, registryId };
          const syncing = runSync(given, 0).finally(() => (isSynced = true));
          const p99Busy = await slowestOfHundred({ ...asking, until: () => isSynced });
          await syncing;
          say(
            `round ${round}: bitmaps ${ms(bits.ms)}, keys ${ms(rows.ms)}, p99 ${p99.toFixed(2)} and ${p99Busy.toFixed(2)} ms`,
          );
          if (round < 0) continue; // to warm up
          bitmap?.push(bits.ms);
          byKey?.push(rows.ms);
          quiet?.push(p99);
          busy?.push(p99Busy);
        }
      });
      return {
        bench: "lookup",
        data: `${PROBES * scale} numbers against ${sizes.registry} listed; a sync of ${sizes.registry * 5} on one core`,
        ratios: [
          atLeast(
            "look-ups in bitmaps, against a bigint key",
            medianOf(byKey) / medianOf(bitmap),
            4,
          ),
          atMost(
            "p99 of screenings during a sync, against none",
            medianOf(busy) / medianOf(quiet),
            3,
          ),
        ],
        notes: [
          `bitmaps ${ms(medianOf(bitmap))}, keys ${ms(medianOf(byKey))}`,
          `p99 of one screening after another over HTTP: ${medianOf(quiet).toFixed(2)} ms alone, ${medianOf(busy).toFixed(2)} ms during a sync`,
        ],
      };
    }),
};

const ms = (value: number) => `${Math.round(value)} ms`;
