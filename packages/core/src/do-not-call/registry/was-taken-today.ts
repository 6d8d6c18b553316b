import { DAY_MS, localClock } from "../../platform/time/index.ts";
import type { RegistryFetch } from "./registry-fetch.ts";

/** By which clock the US registry's "once a day" goes is ASSUMED: it is told nowhere. */
const PUBLISHER_ZONE = "America/New_York";
const dayAt = (at: Date) => localClock(PUBLISHER_ZONE, at.valueOf()).day;

/**
 * Whether it is what the publisher means by "already downloaded today": of the same calendar day
 * there. Of yesterday's it may not be, though less than 24 hours have passed.
 */
export function wasTakenToday({ cameAt }: Pick<RegistryFetch, "cameAt">, now: Date): boolean {
  const ageMs = now.valueOf() - cameAt.valueOf();
  return ageMs < DAY_MS && dayAt(cameAt) === dayAt(now);
}
