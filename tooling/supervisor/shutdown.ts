import { CannotStart } from "@ringfence/db/postgres";
import { stopProcesses } from "./processes.ts";

/** Functions that stop what was started. They run in reverse order. */
const shutdownSteps: (() => unknown)[] = [];
let isShuttingDown = false;

/** True once the shutdown has begun, so that nothing new may start. */
export const isStopping = () => isShuttingDown;

/** Adds a step to the shutdown. Call it before, or as soon as, the step becomes necessary. */
export const onShutdown = (step: () => unknown) => void shutdownSteps.push(step);

export const log = (text: string) =>
  console.log(`[${(performance.now() / 1000).toFixed(1)} s] ${text}`);

/** Stops everything in order: the apps, then what they use, then this process. */
export async function stop(code: number) {
  if (isShuttingDown) return;
  isShuttingDown = true;
  if (shutdownSteps.length > 0) log("stopping");
  await stopProcesses();
  for (const step of shutdownSteps.toReversed()) await step();
  if (shutdownSteps.length > 0) log("stopped");
  process.exit(code);
}

/** Stops after an error. Prints a sentence for what a person can fix, and the stack of a bug. */
export async function stopWithError(error: unknown) {
  if (!isShuttingDown) console.error(error instanceof CannotStart ? error.message : error);
  await stop(1);
}

/** Stops in order on every signal, and when the parent process is gone. */
export function stopOnSignals() {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.on(signal, () => void stop(code));
  }
  // npm may be killed without passing a signal on; then this process gets another parent.
  const parent = process.ppid;
  setInterval(() => void (process.ppid === parent || stop(143)), 500).unref();
  // Nobody may read the output any more; the shutdown still runs in order.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}
