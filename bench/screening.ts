import autocannon from "autocannon";
import type { Phone } from "@ringfence/core/people/phone";
import { keysIn } from "@ringfence/services/testing/keys";
import type { OrganizationId } from "@ringfence/core/ids";
import {
  readFacts,
  readCallFacts,
  type FactsSource,
} from "@ringfence/services/calling/screening/load-facts";
import { atLeast, measureMs, median, type Bench, type Report } from "./bench.ts";
import { createDialerKey } from "./create-dialer-key.ts";
import { loadOrganization, scaledSizes } from "./load-organization.ts";
import { loadPhones } from "./load-phones.ts";
import { withApi } from "./with-api.ts";
import { withPostgres } from "./with-postgres.ts";
import { benchOwner } from "./bench-owner.ts";

type Load = {
  origin: string;
  path: string;
  key?: string;
  phones?: readonly Phone[];
  /** Number of connections, each of which sends its next request after its answer. */
  connections: number;
};

const seconds = 5;

/** Answers per second; any answer but 200 fails the measurement. */
async function measureRequestsPerSecond({
  origin,
  path,
  key,
  phones = [],
  connections,
}: Load): Promise<number> {
  // Each connection screens its own numbers, one after another.
  const perConnection = Math.floor(phones.length / connections);
  let next = 0;
  const setupClient = (client: autocannon.Client) => {
    const own = phones.slice(next, (next += perConnection));
    client.setRequests(
      own.map((phone) => ({
        method: "POST",
        path,
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ phone, purpose: "marketing" }),
      })),
    );
  };
  const { requests, non2xx, errors, timeouts } = await autocannon({
    url: origin + path,
    connections,
    duration: seconds,
    ...(phones.length > 0 && { setupClient }),
  });
  if (non2xx + errors + timeouts > 0) {
    throw new Error(`${path}: ${non2xx} refused, ${errors} errors, ${timeouts} timeouts`);
  }
  return Math.round(requests.average);
}

/** Targets from the measurements that the design is based on. */
const coalescedTarget = 2.5;
const httpTarget = 0.12;

/** Concurrent callers: as in those measurements, and as in a center of some hundred agents. */
const [few, many] = [32, 128];

/**
 * Measures single screenings, as dialers send them: coalesced or not, and over HTTP next to an
 * empty route.
 */
export const screeningBench: Bench = {
  name: "screening",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(folder, async (db, url, service) => {
      const sizes = scaledSizes(scale, 10_000_000);
      const keys = keysIn(`${folder}/keys`);
      const organizationId = await loadOrganization({ db, keys }, sizes, say);
      const phones = await loadPhones(db, organizationId, 20_000);
      const key = await createDialerKey({ db, keys, organizationId, actor: benchOwner });

      const measured: Round[] = [];
      await withApi(url, folder, async (origin) => {
        for (let round = -1; round < rounds; round++) {
          const one = {
            alone: await measureReads({ db: service, keys }, organizationId, phones, false),
            coalesced: await measureReads({ db: service, keys }, organizationId, phones, true),
            few: await measureHttp({ origin, key, phones, connections: few }),
            many: await measureHttp({ origin, key, phones, connections: many }),
          };
          say(`round ${round}: ${JSON.stringify(one)} a second`);
          if (round >= 0) measured.push(one); // the first is to warm up
        }
      });
      const data = `${sizes.contacts} contacts, ${sizes.consents} consents, ${sizes.optOuts} opt-outs, ${sizes.calls} calls, registry of ${sizes.registry}`;
      return { bench: "screening", data, ...judge(measured) };
    }),
};

/** Answers per second. */
type Http = { empty: number; screened: number };
type Round = { alone: number; coalesced: number; few: Http; many: Http };
type Asked = { origin: string; key: string; phones: readonly Phone[]; connections: number };

export const measureHttp = async ({ origin, connections, ...asked }: Asked): Promise<Http> => ({
  empty: await measureRequestsPerSecond({ origin, path: "/healthz", connections }),
  screened: await measureRequestsPerSecond({
    origin,
    path: "/v1/screenings",
    connections,
    ...asked,
  }),
});

const formatHttp = ({ empty, screened }: Http, callers: number) =>
  `${screened} screenings a second over HTTP, ${empty} empty answers, ${callers} callers at once: ${(screened / empty).toFixed(3)}`;

function judge(rounds: readonly Round[]): Pick<Report, "ratios" | "notes"> {
  const medianBy = (of: (round: Round) => number) => median(rounds.map(of));
  const [alone, coalesced] = [
    medianBy((round) => round.alone),
    medianBy((round) => round.coalesced),
  ];
  const http = (size: "few" | "many") => ({
    empty: medianBy((round) => round[size].empty),
    screened: medianBy((round) => round[size].screened),
  });
  const { empty, screened } = http("few");
  return {
    ratios: [
      atLeast("coalesced, against one statement a request", coalesced / alone, coalescedTarget),
      atLeast(
        "over HTTP with everything on the path, against an empty route",
        screened / empty,
        httpTarget,
      ),
    ],
    notes: [
      `${coalesced} facts a second coalesced, ${alone} one by one`,
      formatHttp({ empty, screened }, few),
      formatHttp(http("many"), many),
    ],
  };
}

const concurrency = 64;

/** Measures facts per second for this many concurrent readers, sharing statements or not. */
export async function measureReads(
  source: FactsSource,
  organizationId: OrganizationId,
  phones: readonly Phone[],
  isShared: boolean,
): Promise<number> {
  const asks = phones.map((phone) => ({ organizationId, phone, phoneKey: null, at: null }));
  const waiting = asks.values();
  const ask = async () => {
    for (const one of waiting) {
      if (isShared) await readCallFacts(source, one);
      else await readFacts(source, [one]);
    }
  };
  const ms = await measureMs(() => Promise.all(Array.from({ length: concurrency }, ask)));
  return Math.round((asks.length / ms) * 1_000);
}
