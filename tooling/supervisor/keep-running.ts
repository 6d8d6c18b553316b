import { setTimeout as wait } from "node:timers/promises";
import { CannotStart } from "@ringfence/db/postgres";
import { answered } from "./answered.ts";
import { nextPause } from "./next-pause.ts";
import { fail, isStopping, say } from "./owned.ts";
import { serve, type Service } from "./processes.ts";

let isStarted = false;

/** Says that everything answers: a part that ends from now on is started again, and stops nothing. */
export function finishStart() {
  isStarted = true;
}

/** A part of the house: a service, or PostgreSQL. */
type Part = {
  name: string;
  /** Starts it; resolves when it has ended, with how, as a whole sentence. */
  run: () => Promise<string>;
  /** Resolves when it works, where that can be seen. */
  works?: () => Promise<unknown>;
};

/**
 * Keeps a part running for as long as the house runs. One that ends during the start stops the house: what
 * is wrong then is for a person to mend. Later it starts again after a pause, which grows while it goes on
 * ending, and the other parts run on.
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

/** Unless it has ended by then. */
function tellWhenBack(name: string, works: () => Promise<unknown>, running: Promise<unknown>) {
  let isOver = false;
  const end = () => void (isOver = true);
  running.then(end, end);
  works().then(
    () => isOver || isStopping() || say(`${name} works again`),
    () => {}, // it said itself why not
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
