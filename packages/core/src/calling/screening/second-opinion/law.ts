import type { Weekday } from "./days.ts";

// Part of the second opinion, which only tests use: second-opinion.ts says why it exists. No call is decided by it.

/** Opinion of a law on the day and the hour of a call. */
export type Opinion = "allowed" | "outside-calling-hours" | "day-not-allowed";

/** A call in the terms that laws use. */
export interface PlainCall {
  /** Code of the state or province of the person's address, where it is known. */
  readonly region: string | null;
  readonly dialer: "live_agent" | "predictive" | "prerecorded" | "ai_voice";
  readonly purpose: "promotional" | "transactional" | "service" | "debt_collection" | "survey";
  readonly isMobile: boolean;
  readonly isEmergency: boolean;
  readonly isCorporate: boolean;
  /** The seller's industry. */
  readonly sector: string;
}

/** Date, day of the week and time of day on a wall in one place. */
export interface Clock {
  readonly date: string;
  readonly weekday: Weekday;
  /** As 09:05:00. */
  readonly time: string;
}

export interface HoursLaw {
  readonly place: string;
  readonly words: string;
  /** Calls that the law is about; all of them where it does not say. */
  readonly binds?: (call: PlainCall) => boolean;
  /** The clock that the law itself names, whatever the person's own clock shows. */
  readonly clock?: string;
  readonly from?: string;
  readonly until?: string;
  readonly says: (at: Clock) => Opinion;
}

/** A law that forbids a call whatever the hour: by such a device, to such a line, in an emergency. */
export interface BanLaw {
  readonly place: string;
  readonly words: string;
  readonly forbids: (call: PlainCall) => boolean;
  readonly reason: "dialer-not-allowed" | "sector-banned";
}

/**
 * Allowed from the first instant of `from` to the last one before `to`. "Not after 8 p.m." ends at
 * 8 p.m. sharp: a call that begins then is after it from its first second on.
 */
export const between = (at: Clock, from: string, to: string): Opinion =>
  `${from}:00` <= at.time && at.time < `${to}:00` ? "allowed" : "outside-calling-hours";

export const noCallsToday: Opinion = "day-not-allowed";

export const isWeekend = (at: Clock) => at.weekday === "Sat" || at.weekday === "Sun";

/** Devices that play a recording or speak with an artificial voice. */
export const playsMessage = ({ dialer }: PlainCall) =>
  dialer === "prerecorded" || dialer === "ai_voice";

export const sells = ({ purpose }: PlainCall) => purpose === "promotional";

export const sellsOrSurveys = ({ purpose }: PlainCall) =>
  purpose === "promotional" || purpose === "survey";
