import { DAY_MS, dayStart } from "../../platform/time/index.ts";

/** When the call was, as the person says: an instant, a calendar day by their clock, or nothing. */
export type SaidTime = { at: Date } | { day: string } | null;

/** The time in which calls are looked for, and the instant that they should be near. Both ends are included. */
export type CallSearch = { from: Date; until: Date; near: Date };

/** The most calls that are linked to a complaint without an officer. */
export const MAX_FOUND_CALLS = 50;

/** How far the call may be from the time that the person names, because they may remember it wrong. */
const TOLERANCE_MS = DAY_MS;
/** How many days before the complaint are searched if the person names no time. */
const LOOK_BACK_DAYS = 30;

/**
 * Decides in which time to look for the calls that a complaint is about: from a day before to a day after the time that
 * the person names; the day that they name, by the clock of each of `zones`, in which they may be; or the last 30 days.
 * It never ends after `receivedAt`. Without `zones`, the day lasts as long as it is that day anywhere on Earth.
 */
export function findCallSearch(
  said: SaidTime,
  receivedAt: Date,
  zones: readonly string[],
): CallSearch {
  if (said === null) {
    const from = new Date(receivedAt.getTime() - LOOK_BACK_DAYS * DAY_MS);
    return { from, until: receivedAt, near: receivedAt };
  }
  if ("at" in said) {
    const at = said.at.getTime();
    const until = new Date(Math.min(at + TOLERANCE_MS, receivedAt.getTime()));
    return { from: new Date(at - TOLERANCE_MS), until, near: said.at };
  }
  const day = Date.parse(`${said.day}T00:00Z`) / DAY_MS;
  const possible = zones.length === 0 ? widestZones : zones;
  const from = Math.min(...possible.map((zone) => dayStart(zone, day).getTime()));
  const end = Math.max(...possible.map((zone) => dayStart(zone, day + 1).getTime() - 1));
  const until = Math.min(end, receivedAt.getTime());
  return { from: new Date(from), until: new Date(until), near: new Date((from + end) / 2) };
}

/** The first and the last zone in which a day begins. */
const widestZones = ["Etc/GMT-14", "Etc/GMT+12"];
