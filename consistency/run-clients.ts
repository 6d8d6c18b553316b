import { setTimeout as wait } from "node:timers/promises";
import { type Random, random } from "@ringfence/services/testing/random";
import { checkHistory, type Breach } from "./check-history.ts";
import { runClient } from "./clients.ts";
import { emptyHistory, type History, type Route } from "./history.ts";
import { field, readId, readItems } from "./read-response.ts";
import type { Run, Send, TestedWorld } from "./run.ts";
import { sendRequest } from "./send-request.ts";

/** A sender of requests to the APIs under test, and the people whom clients call. */
export type TestedSystem = { send: Send; world: TestedWorld };

/** Creates a sender that sends each request to one of these APIs at random. */
export const createSender =
  (origins: readonly string[], key: string): Send =>
  (random, request) =>
    sendRequest({ origin: random.oneOf(origins), key, ...request });

type Settings = {
  seed: number;
  /** Number of clients. */
  clients?: number;
  /** Lets things fail until the run is over. */
  injectFailures: (isOver: () => boolean) => Promise<void>;
  /** Waits until the run has lasted long enough. */
  waitForEnd: (history: History) => Promise<void>;
};

export type ClientReport = {
  breaches: Breach[];
  /** Number of answered requests. */
  answered: number;
  optOuts: number;
  verdicts: Record<Route, number>;
  allowed: number;
};

/** Counts the opt-outs that were acknowledged. */
export const countAcknowledged = ({ optOuts }: History) =>
  optOuts.filter(({ id }) => id !== null).length;

/** Runs clients while things fail, and checks what they received. */
export async function runClients(
  { send, world }: TestedSystem,
  { seed, clients = 12, injectFailures, waitForEnd }: Settings,
): Promise<ClientReport> {
  const history = emptyHistory();
  const clock = new AbortController();
  const isOver = () => clock.signal.aborted;
  const feedEnd = new AbortController();
  const run: Run = {
    send,
    world,
    history,
    permits: [],
    answered: 0,
    lists: new Set(),
    isOver,
  };
  const working = [
    ...Array.from({ length: clients }, (_, n) => runClient(run, random(seed * 1_000 + n))),
    injectFailures(isOver),
  ];
  const following = followFeed(send, random(seed), () => feedEnd.signal.aborted);
  await Promise.race([waitForEnd(history), Promise.all(working)]);
  clock.abort();
  await Promise.all([...working, ...run.lists]);
  feedEnd.abort();
  history.followedFeed = await following;
  history.feed = await followFeed(send, random(seed), () => true);

  const { verdicts } = history;
  const count = (route: Route) => verdicts.filter((one) => one.route === route).length;
  return {
    breaches: checkHistory(history),
    answered: run.answered,
    optOuts: countAcknowledged(history),
    verdicts: {
      single: count("single"),
      batch: count("batch"),
      permit: count("permit"),
      scrub: count("scrub"),
    },
    allowed: verdicts.filter(({ verdict }) => verdict === "allow").length,
  };
}

/** Polling interval of a dialer that keeps a copy. */
const pauseMs = 50;

/** After the run, pages that cannot be read for so long are given up. */
const patienceMs = 30_000;

/**
 * Gathers the feed page by page from the beginning, until the run is over and no page is left or one cannot be read.
 */
async function followFeed(send: Send, random: Random, isOver: () => boolean): Promise<string[]> {
  const ids: string[] = [];
  let after = "";
  for (let since = performance.now(); performance.now() - since < patienceMs;) {
    const path = `/opt-outs?limit=50${after && `&after=${after}`}`;
    const isLast = isOver();
    const answer = await send(random, { path });
    const page = answer?.status === 200 ? readPage(answer.body) : null;
    if (page !== null) {
      ids.push(...page.ids);
      after = page.next;
      since = performance.now();
      if (isLast && page.ids.length === 0) return ids;
      if (page.ids.length > 0) continue;
    }
    if (!isLast) since = performance.now();
    await wait(pauseMs);
  }
  return ids;
}

function readPage(body: unknown): { ids: string[]; next: string } {
  return { ids: readItems(body, "items").map(readId), next: String(field(body, "next")) };
}
