export type Repeated = { stop: () => Promise<void> };

/** Does a work again and again, each time so long after it ended, until it is stopped. */
export function repeat(
  pauseMs: number,
  work: (isStopped: () => boolean) => Promise<void>,
): Repeated {
  const stopped = Promise.withResolvers<void>();
  let isStopped = false;

  async function loop() {
    while (!isStopped) {
      await work(() => isStopped).catch((error: unknown) => console.error(error));
      const { pause, timer } = pauseOf(pauseMs);
      await Promise.race([pause, stopped.promise]);
      clearTimeout(timer);
    }
  }

  const ended = loop();
  return {
    async stop() {
      isStopped = true;
      stopped.resolve();
      await ended;
    },
  };
}

function pauseOf(ms: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { pause: promise, timer: setTimeout(resolve, ms) };
}
