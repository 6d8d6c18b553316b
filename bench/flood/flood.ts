import { keysIn } from "@ringfence/services/testing/keys";
import { type Bench, type Report, atMost, median } from "../bench.ts";
import { createDialerKey } from "../create-dialer-key.ts";
import { loadOrganization, scaledSizes } from "../load-organization.ts";
import { loadPhones } from "../load-phones.ts";
import { withApi } from "../with-api.ts";
import { withPostgres } from "../with-postgres.ts";
import { readPeakMemory } from "./peak-memory.ts";
import { type Latency, measureScreeningLatency } from "./screening-latency.ts";
import { type Kind, withFlood } from "./with-flood.ts";

/** A screening may take this many times as long while somebody floods the API. */
const target = 3;

type Measured = Latency & { memory: number; answers?: string };
type Round = Record<"alone" | Kind, Measured>;

/**
 * Measures single screenings alone, and while mails of 20 MB are posted, complete or without an
 * end.
 */
export const floodBench: Bench = {
  name: "flood",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(folder, async (db, url) => {
      const sizes = scaledSizes(scale, 10_000_000);
      const keys = keysIn(`${folder}/keys`);
      const organizationId = await loadOrganization({ db, keys }, sizes, say);
      const phones = await loadPhones(db, organizationId, 2_000);
      const actor = { type: "member", id: "bench", role: "owner", sellerIds: [] } as const;
      const key = await createDialerKey({ db, keys, organizationId, actor });

      const measured: Round[] = [];
      await withApi(url, folder, async (origin, pid) => {
        const alone = async (): Promise<Measured> => ({
          ...(await measureScreeningLatency(origin, key, phones)),
          memory: await readPeakMemory(pid),
        });
        const during = async (kind: Kind): Promise<Measured> => {
          const { result, answers } = await withFlood(origin, kind, alone);
          return { ...result, answers };
        };
        await alone(); // to warm up
        for (let round = 0; round < rounds; round++) {
          const one = {
            alone: await alone(),
            whole: await during("whole"),
            unfinished: await during("unfinished"),
          };
          say(`round ${round}: ${JSON.stringify(one)}`);
          measured.push(one);
        }
      });
      const data = `8 callers beside 100 posts of 20 MiB at a time, and beside 60 that never end; ${sizes.contacts} contacts`;
      return { bench: "flood", data, ...judge(measured) };
    }),
};

function judge(rounds: readonly Round[]): Pick<Report, "ratios" | "notes"> {
  const times = (kind: Kind) =>
    median(rounds.map((round) => round[kind].average / round.alone.average));
  const formatNote = (kind: "alone" | Kind) => {
    const of = (part: (measured: Measured) => number) =>
      median(rounds.map((round) => part(round[kind])));
    const latency = `p50 ${of(({ p50 }) => p50)} ms, p99 ${of(({ p99 }) => p99)} ms, worst ${of(({ worst }) => worst)} ms`;
    const answers = rounds.at(-1)?.[kind].answers;
    return `${kind}: ${latency}; at most ${of(({ memory }) => memory)} MiB${answers === undefined ? "" : `; mails answered ${answers}`}`;
  };
  return {
    ratios: [
      atMost("a screening beside 100 posts of 20 MiB, against alone", times("whole"), target),
      atMost("a screening beside 60 unfinished posts, against alone", times("unfinished"), target),
    ],
    notes: (["alone", "whole", "unfinished"] as const).map(formatNote),
  };
}
