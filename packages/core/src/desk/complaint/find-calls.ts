import { DAY_MS, dayStart } from "../../platform/time/index.ts";

/** When the call was, as the person says: an instant, a calendar day by their clock, or nothing. */
export type SaidTime = { at: Date } | { day: string } | null;

/** The time in which calls are looked for, and the instant that they should be near. Both ends are included. */
export type CallSearch = { from: Date; until: Date; near: Date };

/** At most so many calls are linked without an officer. */
export const MAX_FOUND_CALLS = 50;

/** A person without a watch: so far may the call be from the time that they name. */
const TOLERANCE_MS = DAY_MS;
/** Without any time, the calls of so many days before the complaint are looked at. */
const LOOK_BACK_DAYS = 30;

/**
 * Decides where to look for the calls that a complaint is about: a day around the time that the person names, the day
 * that they name by every clock that may be theirs, or the last 30 days. No call after the complaint is about it.
 * Without `zones`, the day begins and ends wherever on Earth it is that day.
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
