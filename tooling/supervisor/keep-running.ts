import { setTimeout as wait } from "node:timers/promises";
import { CannotStart } from "@ringfence/db/postgres";
import { answered } from "./answered.ts";
import { nextPause } from "./next-pause.ts";
import { fail, isStopping, say } from "./owned.ts";
import { serve, type Service } from "./processes.ts";

let isStarted = false;

/**
 * Marks the start as complete: a part that ends from now on is restarted and stops nothing else.
 */
export function finishStart() {
  isStarted = true;
}

/** A part of the installation: a service, or PostgreSQL. */
type Part = {
  name: string;
  /** Starts it; resolves at its end with a whole sentence about how it ended. */
  run: () => Promise<string>;
  /** Resolves when it works, where that can be observed. */
  works?: () => Promise<unknown>;
};

/**
 * Keeps a part running as long as the installation runs. A part that ends during the start stops
 * everything, because a person has to fix that. Later it is restarted after a pause, which grows
 * while it keeps ending, and the other parts run on.
 */
export async function keepRunning({ name, run, works }: Part) {
  for (let pause: number | null = null; ;) {
    const begun = performance.now();
    const running = run();
    if (pause !== null && works !== undefined) tellWhenBack(name, works, running);
    const how = await running.catch((error: unknown) =>
      error instanceof CannotStart ? error.message : String(error),
    );
    if (isStopping()) return;
    if (!isStarted) return fail(new CannotStart(how));
    pause = nextPause(pause, (performance.now() - begun) / 1000);
    say(`${how}\n${name} starts again in ${pause} s.`);
    await wait(pause * 1000);
    if (isStopping()) return;
    say(`${name} starts again`);
  }
}

/** Reports that a part is back, unless it has ended by then. */
function tellWhenBack(name: string, works: () => Promise<unknown>, running: Promise<unknown>) {
  let isOver = false;
  const end = () => void (isOver = true);
  running.then(end, end);
  works().then(
    () => isOver || isStopping() || say(`${name} works again`),
    () => {}, // it has reported itself why not
  );
}

/** Keeps a service running. */
export const launch = (service: Service) => {
  const { name, url } = service;
  void keepRunning({
    name,
    run: async () => `${name} ended with ${await serve(service)}: what it said is above.`,
    ...(url !== undefined && { works: () => answered(url) }),
  });
};
