import { setTimeout as wait } from "node:timers/promises";
import { CannotStart } from "@ringfence/db/postgres";
import { waitForAnswer } from "./wait-for-answer.ts";
import { isStopping, log, stopWithError } from "./shutdown.ts";
import { type Service, runService } from "./processes.ts";

let isStarted = false;

/**
 * Marks the start as complete: a part that ends from now on is restarted and stops nothing else.
 */
export function markStarted() {
  isStarted = true;
}

/** A part of the installation: a service, or PostgreSQL. */
type Part = {
  name: string;
  /** Starts it; resolves when it ends, with a sentence that says how. */
  run: () => Promise<string>;
  /** Resolves when it works; missing where that cannot be observed. */
  waitUntilReady?: () => Promise<unknown>;
};

/**
 * Keeps a part running as long as the installation runs. A part that ends during the start stops
 * everything, because a person has to fix that. Later it is restarted after a pause, which grows
 * while it keeps ending, and the other parts run on.
 */
export async function keepRunning({ name, run, waitUntilReady }: Part) {
  for (let pause: number | null = null; ;) {
    const startedAt = performance.now();
    const running = run();
    if (pause !== null && waitUntilReady !== undefined)
      reportWhenBack(name, waitUntilReady, running);
    const ending = await running.catch((error: unknown) =>
      error instanceof CannotStart ? error.message : String(error),
    );
    if (isStopping()) return;
    if (!isStarted) return stopWithError(new CannotStart(ending));
    pause = nextPause(pause, (performance.now() - startedAt) / 1000);
    log(`${ending}\n${name} starts again in ${pause} s.`);
    await wait(pause * 1000);
    if (isStopping()) return;
    log(`${name} starts again`);
  }
}

/** Reports that a part is back, unless it has ended by then. */
function reportWhenBack(
  name: string,
  waitUntilReady: () => Promise<unknown>,
  running: Promise<unknown>,
) {
  let hasEnded = false;
  const markEnded = () => void (hasEnded = true);
  running.then(markEnded, markEnded);
  waitUntilReady().then(
    () => hasEnded || isStopping() || log(`${name} works again`),
    () => {}, // the part itself has reported why
  );
}

/** Keeps a service running. */
export const keepServiceRunning = (service: Service) => {
  const { name, url } = service;
  void keepRunning({
    name,
    run: async () => `${name} ended with ${await runService(service)}: what it said is above.`,
    ...(url !== undefined && { waitUntilReady: () => waitForAnswer(url) }),
  });
};

const FIRST_SECONDS = 1;
const LONGEST_SECONDS = 60;

/**
 * Returns how long to wait before restarting a part: a second, doubled after each further end, a
 * minute at most. A part that ran for a minute starts again at one second. `previous` is the last
 * wait, null if there was none.
 */
export const nextPause = (previous: number | null, ranSeconds: number): number =>
  previous === null || ranSeconds >= LONGEST_SECONDS
    ? FIRST_SECONDS
    : Math.min(previous * 2, LONGEST_SECONDS);
