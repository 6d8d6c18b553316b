import { CannotStart } from "@ringfence/db/postgres";
import { stopAll } from "./processes.ts";

/** How what was begun ends, latest first. */
const ends: (() => unknown)[] = [];
let hasBegunToStop = false;

/** True if everything is about to end, so that nothing more may be started. */
export const isStopping = () => hasBegunToStop;

/** Names what has to happen at the end, at the latest when it begins to be needed. */
export const atEnd = (end: () => unknown) => void ends.push(end);

export const say = (text: string) =>
  console.log(`[${(performance.now() / 1000).toFixed(1)} s] ${text}`);

/** Ends everything in order: the apps, then what they use; then this process. */
export async function stop(code: number) {
  if (hasBegunToStop) return;
  hasBegunToStop = true;
  if (ends.length > 0) say("stopping");
  await stopAll();
  for (const end of ends.toReversed()) await end();
  if (ends.length > 0) say("stopped");
  process.exit(code);
}

/** For what went wrong. A sentence is enough where a person can mend it; a bug shows where it is. */
export async function fail(error: unknown) {
  if (!hasBegunToStop) console.error(error instanceof CannotStart ? error.message : error);
  await stop(1);
}

/** Stops in order on every signal, and when whoever started us is gone. */
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
  // Nobody may be left to read what we say; that is no reason to end without order.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}
