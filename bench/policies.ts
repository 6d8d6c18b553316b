import { keysIn } from "@ringfence/services/testing/keys";
import type { Db } from "@ringfence/db";
import { atLeast, median, type Bench } from "./bench.ts";
import { createDialerKey } from "./create-dialer-key.ts";
import { loadOrganization, scaledSizes } from "./load-organization.ts";
import { loadPhones } from "./load-phones.ts";
import { measureHttp, measureReads } from "./screening.ts";
import { withApi } from "./with-api.ts";
import { withPostgres } from "./with-postgres.ts";
import { benchOwner } from "./bench-owner.ts";

/** With row-level security, a single screening must keep at least this share of its speed. */
const target = 0.95;

const callers = 32;

type Speeds = { alone: number; coalesced: number; http: number };

/**
 * Measures single screenings with the policies of row-level security and without them, in turns, on the same data and
 * by the same programs.
 */
export const policiesBench: Bench = {
  name: "policies",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(folder, async (owner, url, service) => {
      const sizes = scaledSizes(scale, 10_000_000);
      const keys = keysIn(`${folder}/keys`);
      const organizationId = await loadOrganization({ db: owner, keys }, sizes, say);
      const phones = await loadPhones(owner, organizationId, 20_000);
      const key = await createDialerKey({ db: owner, keys, organizationId, actor: benchOwner });
      const source = { db: service, keys };

      const [withPolicies, without]: [Speeds[], Speeds[]] = [[], []];
      const measureBoth = async (origin: string) => {
        const measure = async (): Promise<Speeds> => ({
          alone: await measureReads(source, organizationId, phones, false),
          coalesced: await measureReads(source, organizationId, phones, true),
          http: (await measureHttp({ origin, key, phones, connections: callers })).screened,
        });
        await measure(); // to warm up
        // The screenings of the warm-up filled empty tables. PostgreSQL counts their rows within a minute; until then
        // its plans read all of them. Both sides are planned anew in each round, so it must know before the first.
        await owner.pool.query("ANALYZE");
        for (let round = 0; round < rounds; round++) {
          await setPolicies(owner, "DISABLE");
          without.push(await measure());
          await setPolicies(owner, "ENABLE");
          withPolicies.push(await measure());
          const speeds = { with: withPolicies.at(-1), without: without.at(-1) };
          say(`round ${round}: ${JSON.stringify(speeds)}`);
        }
      };
      try {
        await withApi(url, folder, measureBoth);
      } finally {
        await setPolicies(owner, "ENABLE");
      }

      const compare = (name: string, of: keyof Speeds) => {
        const medianSpeed = (all: readonly Speeds[]) => median(all.map((one) => one[of]));
        const ratio = medianSpeed(withPolicies) / medianSpeed(without);
        return atLeast(`${name}, with policies against without`, ratio, target);
      };
      return {
        bench: "policies",
        data: `${sizes.contacts} contacts, registry of ${sizes.registry}`,
        ratios: [
          compare("one statement a request", "alone"),
          compare("coalesced", "coalesced"),
          compare(`over HTTP, ${callers} callers`, "http"),
        ],
        notes: [],
      };
    }),
};

/**
 * Switches the policies of all tables on or off. One table at a time, because the API goes on reading: with locks on
 * several tables, the two could wait for each other.
 */
async function setPolicies({ pool }: Db, to: "ENABLE" | "DISABLE") {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT polrelid::regclass::text AS name FROM pg_policy WHERE polname = 'of_organization'",
  );
  for (const { name } of rows) await pool.query(`ALTER TABLE ${name} ${to} ROW LEVEL SECURITY`);
}
