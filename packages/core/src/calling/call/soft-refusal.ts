import type { Message } from "../../platform/message/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";
import { toCallEnd } from "./call-ending.ts";

/** A call as a log tells of it; `seconds` are those in which there was somebody on the line. */
export type EndedCall = { at: Date; outcome: string | null; seconds: number | null };

export type SoftSign = "hung-up" | "rejected";

const [TIMES, DAYS] = [3, 30];
/** Who hangs up within these had no time to hear what it is about. */
const HUNG_UP_SECONDS = 5;
/** Who stays for so long talks. */
const TALK_SECONDS = 30;

/** Our own word, and the answers of SIP by which a person or their operator rejects a call (RFC 3261, 8197, 8688). */
const REJECTED = /^(rejected|declined?|60[378])$/i;

/** What in the end of a call may show that the person does not want it. */
export function findSoftSign({ outcome, seconds }: Omit<EndedCall, "at">): SoftSign | null {
  if (outcome !== null && REJECTED.test(outcome)) return "rejected";
  const hasAnswered = toCallEnd(outcome) === "answered" && seconds !== null;
  return hasAnswered && seconds <= HUNG_UP_SECONDS ? "hung-up" : null;
}

/**
 * Whether the ends of a person's calls together look like a refusal: three within thirty days, with no
 * talk since the first of them. It is a suggestion: a person decides. Null where they do not.
 */
export function findSoftRefusal(calls: readonly EndedCall[], now: Date): Message | null {
  const late = calls.filter(({ at }) => now.getTime() - at.getTime() < DAYS * DAY_MS);
  const talks = late.filter(({ seconds }) => seconds !== null && seconds >= TALK_SECONDS);
  const lastTalk = Math.max(0, ...talks.map(({ at }) => at.getTime()));
  const signs = late
    .filter(({ at }) => at.getTime() > lastTalk)
    .flatMap((call) => findSoftSign(call) ?? []);
  if (signs.length < TIMES) return null;
  const hungUp = signs.filter((sign) => sign === "hung-up").length;
  const values = { signs: signs.length, days: DAYS, hungUp, rejected: signs.length - hungUp };
  return { key: "question.soft-refusal", values };
}
