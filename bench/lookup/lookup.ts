import { keysIn } from "@ringfence/services/testing/keys";
import { atLeast, atMost, type Bench } from "../bench.ts";
import { loadOrganization, scaledSizes } from "../load-organization.ts";
import { makeDncList } from "../sync/make-dnc-list.ts";
import { withPostgres } from "../with-postgres.ts";
import { compareLookUps } from "./compare-look-ups.ts";
import { loadNumbers } from "./load-numbers.ts";
import { screenDuringSync } from "./screen-during-sync.ts";

/**
 * Listed numbers of an organization that calls all over the United States, and the size of its own
 * file.
 */
const [LISTED, PROBES] = [100_000_000, 1_000_000];

/**
 * Measures a million look-ups in bitmaps and by key, and single screenings while a registry is
 * being read.
 */
export const lookupBench: Bench = {
  name: "lookup",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(folder, async (db, databaseUrl) => {
      const sizes = scaledSizes(scale, LISTED);
      const { registry: listed } = sizes;
      const keys = keysIn(`${folder}/keys`);
      const organizationId = await loadOrganization({ db, keys }, sizes, say);
      await loadNumbers(db, organizationId, { listed, probes: PROBES * scale }, say);
      const { key, join, scrub } = await compareLookUps(db, organizationId, { rounds, say });

      const file = await makeDncList(folder, listed);
      const given = { db, databaseUrl, folder, organizationId, file };
      const { quiet, busy } = await screenDuringSync(given, { rounds, say });
      return {
        bench: "lookup",
        data: `${PROBES * scale} numbers, in no order, against ${listed} listed; a sync of as many on one core`,
        ratios: [
          atLeast("look-ups as a scrub makes them, against a bigint key", key / scrub, 4),
          atLeast("look-ups by a join with bitmaps, against a bigint key", key / join, 4),
          atMost("p99 of screenings during a sync, against none", busy / quiet, 3),
        ],
        notes: [
          `scrub ${Math.round(scrub)} ms, join ${Math.round(join)} ms, key ${Math.round(key)} ms`,
          `p99 of one screening after another over HTTP: ${quiet.toFixed(2)} ms alone, ${busy.toFixed(2)} ms during a sync`,
        ],
      };
    }),
};
