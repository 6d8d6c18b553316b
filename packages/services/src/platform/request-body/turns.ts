/**
 * Lets many loops share the process: one of them goes on every so many milliseconds, in the order in
 * which they asked. However many there are, together they take no more of it than one.
 */
export function createTurns(ms: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let isOpen = true;
  const goOn = () => {
    const next = waiting.shift();
    isOpen = next === undefined;
    if (next === undefined) return;
    next();
    setTimeout(goOn, ms);
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (isOpen) goOn();
    });
}
