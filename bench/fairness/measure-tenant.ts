import { setTimeout as pause } from "node:timers/promises";
import type { Phone } from "@ringfence/core/people/phone";
import { z } from "zod";

/** Durations in milliseconds, by what was waited for, and the reasons of requests that failed. */
export type Measured = {
  screenings: number[];
  optOuts: number[];
  feed: number[];
  webhooks: number[];
  scrubs: number[];
  failures: string[];
};

type Tenant = {
  origin: string;
  key: string;
  phones: readonly Phone[];
  received: ReadonlyMap<string, number>;
};

const SECONDS = 40;
const SCREENINGS_A_SECOND = 25;
const OPT_OUTS_A_SECOND = 2;
const SCRUB_ROWS = 100;
/** Pause between two looks at the feed, and between two looks at a scrub. */
const LOOK_MS = 20;
/** Longest wait. A longer one counts as this long. */
const GIVE_UP_MS = 60_000;

/**
 * Sends an organization's screenings and opt-outs at a steady rate, however slow the answers are, and its small scrubs
 * one after another.
 */
export async function measureTenant({ origin, key, phones, received }: Tenant): Promise<Measured> {
  const measured: Measured = {
    screenings: [],
    optOuts: [],
    feed: [],
    webhooks: [],
    scrubs: [],
    failures: [],
  };
  const send = createSender(origin, key);
  const timed = async (times: number[], work: () => Promise<unknown>) => {
    const begin = performance.now();
    try {
      await work();
    } catch (error) {
      measured.failures.push(error instanceof Error ? error.message : String(error));
    }
    times.push(performance.now() - begin);
  };

  const screen = (nth: number) =>
    timed(measured.screenings, () =>
      send("/v1/screenings", { phone: phones[nth % phones.length], purpose: "marketing" }),
    );
  const optOut = async () => {
    const phone = nextNumber();
    const begin = performance.now();
    await timed(measured.optOuts, () => send("/v1/opt-outs", { phone, channel: "agent" }));
    const sinceBegin = (at: number | null) => (at === null ? GIVE_UP_MS : at - begin);
    measured.feed.push(sinceBegin(await waitFor(() => feed.seen.get(phone))));
    measured.webhooks.push(sinceBegin(await waitFor(() => received.get(phone))));
  };
  const feed = await followFeed(origin, key);
  const endsAt = performance.now() + SECONDS * 1_000;
  const scrubs = async () => {
    while (performance.now() < endsAt)
      await timed(measured.scrubs, () => scrub(origin, key, phones.slice(0, SCRUB_ROWS)));
  };
  await Promise.all([
    atRate(SCREENINGS_A_SECOND, screen),
    atRate(OPT_OUTS_A_SECOND, optOut),
    scrubs(),
  ]);
  await feed.stop();
  return measured;
}

/** Starts work at a steady rate, and resolves when all of it has ended. */
async function atRate(perSecond: number, work: (nth: number) => Promise<unknown>) {
  const begin = performance.now();
  const running: Promise<unknown>[] = [];
  for (let nth = 0; nth < SECONDS * perSecond; nth++) {
    await pause(Math.max(0, begin + (nth * 1_000) / perSecond - performance.now()));
    running.push(work(nth));
  }
  await Promise.all(running);
}

function createSender(origin: string, key: string) {
  return async (path: string, body: object) => {
    const response = await fetch(origin + path, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path} ${response.status}`);
  };
}

let numbers = Date.now() % 7_000_000;
/** A number that was not opted out before, or long ago. */
const nextNumber = () => `+1212${String(2_000_000 + (numbers++ % 7_000_000))}`;

const Feed = z.object({
  items: z.array(z.object({ phone: z.string().nullable() })),
  next: z.string(),
});

/** Follows the feed of opt-outs as a dialer does, and notes when it first showed each number. */
async function followFeed(origin: string, key: string) {
  const seen = new Map<string, number>();
  const stopping = new AbortController();
  const read = async (after: string) => {
    const headers = { authorization: `Bearer ${key}` };
    const response = await fetch(`${origin}/v1/opt-outs?limit=10000&after=${after}`, { headers });
    const text = await response.text();
    return response.ok ? Feed.parse(JSON.parse(text)) : null;
  };
  let after = "0";
  for (let isBehind = true; isBehind;) {
    const page = await read(after);
    if (page === null) throw new Error("the feed cannot be read");
    after = page.next;
    isBehind = page.items.length > 0;
  }
  const follow = async () => {
    while (!stopping.signal.aborted) {
      const page = await read(after);
      const at = performance.now();
      after = page?.next ?? after;
      for (const { phone } of page?.items ?? []) if (phone !== null) seen.set(phone, at);
      await pause(LOOK_MS);
    }
  };
  const ended = follow();
  return {
    seen,
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** Waits until a time is known; null if it takes too long. */
async function waitFor(find: () => number | undefined): Promise<number | null> {
  const begin = performance.now();
  while (performance.now() - begin < GIVE_UP_MS) {
    const at = find();
    if (at !== undefined) return at;
    await pause(LOOK_MS);
  }
  return null;
}

const Scrub = z.object({ id: z.string(), status: z.string() });

/** Scrubs a small list, and waits for its result. */
async function scrub(origin: string, key: string, phones: readonly Phone[]) {
  const headers = { authorization: `Bearer ${key}` };
  const started = await fetch(`${origin}/v1/scrubs?purpose=marketing`, {
    method: "POST",
    headers: { ...headers, "content-type": "text/csv" },
    body: `phone\n${phones.join("\n")}\n`,
  });
  if (!started.ok) throw new Error(`/v1/scrubs ${started.status}`);
  const { id } = z.object({ id: z.string() }).parse(await started.json());
  const begin = performance.now();
  while (performance.now() - begin < GIVE_UP_MS) {
    const { status } = Scrub.parse(
      await (await fetch(`${origin}/v1/scrubs/${id}`, { headers })).json(),
    );
    if (status === "done") return;
    if (status === "failed") throw new Error("a scrub failed");
    await pause(LOOK_MS);
  }
  throw new Error("a scrub took more than a minute");
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
