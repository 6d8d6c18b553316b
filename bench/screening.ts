import { openKeys } from "@ringfence/services/keys";
import { atLeast, type Bench, medianOf } from "./bench.ts";
import { aDialersKey } from "./dialers-key.ts";
import { loadOrganization } from "./load-organization.ts";
import { loadPhones } from "./load-phones.ts";
import { measureReads } from "./measure-reads.ts";
import { requestsPerSecond } from "./requests-per-second.ts";
import { withApi } from "./with-api.ts";
import { withPostgres } from "./with-postgres.ts";

/** Targets of the measurements that the design follows. */
const coalescedTarget = 2.5;
const httpTarget = 0.12;

/** One screening at a time, as dialers ask: coalesced or not, and over HTTP beside an empty route. */
export const screeningBench: Bench = {
  name: "screening",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(folder, async (db, url) => {
      const sizes = {
        contacts: 1_000_000 * scale,
        consents: 2_000_000 * scale,
        optOuts: 600_000 * scale,
        calls: 5_000_000 * scale,
        registry: 10_000_000 * scale,
      };
      const organizationId = await loadOrganization(db, sizes, say);
      const phones = await loadPhones(db, organizationId, 20_000);
      const actor = { type: "member", id: "bench", role: "owner", sellerIds: [] } as const;
      const ctx = { db, keys: openKeys(`${folder}/keys`), organizationId, actor };
      const key = await aDialersKey(ctx);

      const [alone, coalesced, empty, whole]: number[][] = [[], [], [], []];
      await withApi(url, folder, async (origin) => {
        for (let round = -1; round < rounds; round++) {
          const one = await measureReads(db, organizationId, phones, false);
          const many = await measureReads(db, organizationId, phones, true);
          const nothing = await requestsPerSecond({ origin, path: "/healthz" });
          const screening = await requestsPerSecond({
            origin,
            path: "/v1/screenings",
            key,
            phones,
          });
          say(
            `round ${round}: ${one} alone, ${many} coalesced, ${nothing} empty, ${screening} screened a second`,
          );
          if (round < 0) continue; // to warm up
          alone?.push(one);
          coalesced?.push(many);
          empty?.push(nothing);
          whole?.push(screening);
        }
      });
      return {
        bench: "screening",
        data: `${sizes.contacts} contacts, ${sizes.consents} consents, ${sizes.optOuts} opt-outs, ${sizes.calls} calls, registry of ${sizes.registry}`,
        ratios: [
          atLeast(
            "coalesced, against one statement a request",
            medianOf(coalesced) / medianOf(alone),
            coalescedTarget,
          ),
          atLeast(
            "over HTTP with everything on the path, against an empty route",
            medianOf(whole) / medianOf(empty),
            httpTarget,
          ),
        ],
        notes: [
          `${medianOf(coalesced)} facts a second coalesced, ${medianOf(alone)} one by one`,
          `${medianOf(whole)} screenings a second over HTTP, ${medianOf(empty)} empty answers`,
        ],
      };
    }),
};
