import type { Message } from "../../platform/message/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";
import { toCallEnd } from "./call-ending.ts";

/** A call as logged. `seconds` is the talk time. */
export type EndedCall = { at: Date; outcome: string | null; seconds: number | null };

/** A sign that the person may not want calls: they hung up at once, or rejected the call. */
export type SoftSign = "hung-up" | "rejected";

/** At least so many signs within so many days look like a refusal. */
const [TIMES, DAYS] = [3, 30];
/** Someone who hangs up within this time did not hear what the call is about. */
const HUNG_UP_SECONDS = 5;
/** A call of at least this length counts as a conversation. */
const TALK_SECONDS = 30;

/**
 * Outcomes of a rejected call: the usual words, and SIP codes of the person or their operator (RFC 3261, 8197, 8688).
 */
const REJECTED = /^(rejected|declined?|60[378])$/i;

/** Finds a sign in how a call ended that the person may not want calls. */
export function findSoftSign({ outcome, seconds }: Omit<EndedCall, "at">): SoftSign | null {
  if (outcome !== null && REJECTED.test(outcome)) return "rejected";
  const hasAnswered = toCallEnd(outcome) === "answered" && seconds !== null;
  return hasAnswered && seconds <= HUNG_UP_SECONDS ? "hung-up" : null;
}

/**
 * Finds a pattern in the endings of the calls to a phone that looks like a refusal: at least three signs within the
 * last thirty days, all after the last conversation. Returns the question for an officer, who decides whether it is an
 * opt-out; null if there is no such pattern.
 */
export function findSoftRefusal(calls: readonly EndedCall[], now: Date): Message | null {
  const recent = calls.filter(({ at }) => now.getTime() - at.getTime() < DAYS * DAY_MS);
  const talks = recent.filter(({ seconds }) => seconds !== null && seconds >= TALK_SECONDS);
  const lastTalk = Math.max(0, ...talks.map(({ at }) => at.getTime()));
  const signs = recent
    .filter(({ at }) => at.getTime() > lastTalk)
    .flatMap((call) => findSoftSign(call) ?? []);
  if (signs.length < TIMES) return null;
  const hungUp = signs.filter((sign) => sign === "hung-up").length;
  const values = { signs: signs.length, days: DAYS, hungUp, rejected: signs.length - hungUp };
  return { key: "question.soft-refusal", values };
}
