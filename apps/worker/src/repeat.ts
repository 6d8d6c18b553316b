import { setTimeout as sleep } from "node:timers/promises";
import { log } from "./log.ts";

/** `stop` resolves when the work that runs has ended. */
export type Repeated = { stop: () => Promise<void> };

/** Repeats work until stopped, pausing after each time. An error is logged, and the work repeated all the same. */
export function repeat(
  pauseMs: number,
  work: (isStopped: () => boolean) => Promise<void>,
): Repeated {
  const stopping = new AbortController();
  const { signal } = stopping;
  const isStopped = () => signal.aborted;

  async function loop() {
    while (!isStopped()) {
      await work(isStopped).catch((err: unknown) => log.error({ err }, "repeated work failed"));
      await sleep(pauseMs, undefined, { signal }).catch(() => {}); // it was told to stop
    }
  }

  const ended = loop();
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
