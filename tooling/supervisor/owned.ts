import { CannotStart } from "@ringfence/db/postgres";
import { stopAll } from "./processes.ts";

/** Functions that end everything that was begun, latest first. */
const ends: (() => unknown)[] = [];
let hasBegunToStop = false;

/** True if everything is about to end, so that nothing new may start. */
export const isStopping = () => hasBegunToStop;

/** Registers what has to happen at the end. Call it no later than it begins to be needed. */
export const atEnd = (end: () => unknown) => void ends.push(end);

export const say = (text: string) =>
  console.log(`[${(performance.now() / 1000).toFixed(1)} s] ${text}`);

/** Ends everything in order: the apps, then what they use, then this process. */
export async function stop(code: number) {
  if (hasBegunToStop) return;
  hasBegunToStop = true;
  if (ends.length > 0) say("stopping");
  await stopAll();
  for (const end of ends.toReversed()) await end();
  if (ends.length > 0) say("stopped");
  process.exit(code);
}

/** Ends after a fault. A sentence is enough for what a person can fix; a bug shows its stack. */
export async function fail(error: unknown) {
  if (!hasBegunToStop) console.error(error instanceof CannotStart ? error.message : error);
  await stop(1);
}

/** Stops in order on every signal, and when our parent process is gone. */
export function stopWhenTold() {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.on(signal, () => void stop(code));
  }
  // npm may be killed without passing a signal on; then another process adopts us.
  const parent = process.ppid;
  setInterval(() => void (process.ppid === parent || stop(143)), 500).unref();
  // If nobody reads our output any more, still end in order.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}
