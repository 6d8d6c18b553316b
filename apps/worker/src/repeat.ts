import { toLoggedError } from "@ringfence/services/error-in-log";

export type Repeated = { stop: () => Promise<void> };

/** Repeats work until stopped, pausing after each time. */
export function repeat(
  pauseMs: number,
  work: (isStopped: () => boolean) => Promise<void>,
): Repeated {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener("abort", () => resolve());
  });
  const isStopped = () => stopping.signal.aborted;

  async function loop() {
    while (!isStopped()) {
      await work(isStopped).catch((error: unknown) => console.error(toLoggedError(error)));
      const { pause, timer } = startPause(pauseMs);
      await Promise.race([pause, stopped]);
      clearTimeout(timer);
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

function startPause(ms: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { pause: promise, timer: setTimeout(resolve, ms) };
}
