import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { readFile, writeFile } from "node:fs/promises";
import { keysIn } from "@ringfence/services/testing/keys";
import type { Phone } from "@ringfence/core/people/phone";
import autocannon from "autocannon";
import { atMost, type Bench, median, type Report } from "../bench.ts";
import { createDialerKey } from "../create-dialer-key.ts";
import { loadOrganization, scaledSizes } from "../load-organization.ts";
import { loadPhones } from "../load-phones.ts";
import { withApi } from "../with-api.ts";
import { withPostgres } from "../with-postgres.ts";
import { benchOwner } from "../bench-owner.ts";

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
      const key = await createDialerKey({ db, keys, organizationId, actor: benchOwner });

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

type Latency = { average: number; p50: number; p99: number; worst: number };

const SECONDS = 5;
const CALLERS = 8;

/** Measures how long single screenings take, in milliseconds. Throws on any answer but a verdict. */
async function measureScreeningLatency(
  origin: string,
  key: string,
  phones: readonly Phone[],
): Promise<Latency> {
  const { latency, non2xx, errors, timeouts } = await autocannon({
    url: `${origin}/v1/screenings`,
    connections: CALLERS,
    duration: SECONDS,
    requests: phones.map((phone) => ({
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ phone, purpose: "marketing" }),
    })),
  });
  if (non2xx + errors + timeouts > 0) {
    throw new Error(`${non2xx} refused, ${errors} errors, ${timeouts} timeouts`);
  }
  const { average, p50, p99, max: worst } = latency;
  return { average, p50, p99, worst };
}

type Kind = "whole" | "unfinished";

/** Time until all senders have begun. */
const BEGIN_MS = 1_000;

/** Floods the API from another process while the work runs; returns how the mails were answered. */
async function withFlood<T>(
  origin: string,
  kind: Kind,
  work: () => Promise<T>,
): Promise<{ result: T; answers: string }> {
  const sender = path.join(import.meta.dirname, "send-flood.ts");
  const child = spawn(process.execPath, [sender, origin, kind], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const answers = text(child.stdout);
  try {
    await pause(BEGIN_MS);
    const result = await work();
    child.kill("SIGTERM");
    return { result, answers: (await answers).trim() };
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

/** The most memory that a process had since it was last asked, in MiB (Linux). */
async function readPeakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const [, kibibytes = ""] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  await writeFile(`/proc/${pid}/clear_refs`, "5");
  return Math.round(Number(kibibytes) / 1024);
}
