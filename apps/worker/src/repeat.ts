import { toLoggedError } from "@ringfence/services/error-in-log";

export type Repeated = { stop: () => Promise<void> };

/** Does a work again and again, each time so long after it ended, until it is stopped. */
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
      const { pause, timer } = pauseOf(pauseMs);
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

function pauseOf(ms: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { pause: promise, timer: setTimeout(resolve, ms) };
}
