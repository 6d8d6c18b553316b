import { setTimeout as sleep } from "node:timers/promises";
import type { Asking } from "./publication.ts";

/** Waits as long as a publisher requires, unless the run ends first. */
export async function waitFor(
  ms: number,
  { settings, signal }: Pick<Asking, "settings" | "signal">,
) {
  const wait = settings.wait ?? ((ms, signal) => sleep(ms, undefined, { signal }));
  await wait(ms, signal);
  signal.throwIfAborted();
}
