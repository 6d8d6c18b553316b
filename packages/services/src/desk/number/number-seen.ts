import { channelOf } from "@ringfence/core/people/jurisdiction";
import type { PhoneId, SellerId } from "@ringfence/core/ids";
import type { ReadPhone } from "@ringfence/core/people/phone";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { FindNumber } from "@ringfence/core/calling/screening";
import type { Dialer } from "@ringfence/core/account/organization";
import { type AgainSeen, readAgreedAgain } from "../../consents/consent/consent-after-opt-out.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { type LineSeen, lineOf, nothingLookedUp } from "../../do-not-call/reassigned/look-ups.ts";
import { lookAtCall } from "../../calling/screening/screen-call.ts";
import type { ScreeningAnswer } from "../../calling/screening/index.ts";
import { type Person, nobody, personOf } from "../../people/phone/person-of.ts";
import type { StoredPhone } from "../../people/phone/find-phone.ts";
import { type ConsentShown, type Timeline, latestConsents, timelineOf } from "./timeline-of.ts";

/** All that is known of a number. */
export type NumberSeen = {
  /** How it was read; null for a phone whose number was erased. */
  reading: ReadPhone | null;
  /** Null where it is not on record. */
  phoneId: PhoneId | null;
  isErased: boolean;
  person: Person;
  /** What was looked up about the number. */
  line: LineSeen;
  /** The latest first, ten at most; all of them stand in the timeline. */
  consents: readonly ConsentShown[];
  timeline: Timeline;
  /** What was refused, and agreed to again, as far as the call that it is judged for asks for it. */
  again: readonly AgainSeen[];
  judged: Judged | null;
};

/** What a screening would say now, and about which call. */
export type Judged = {
  call: { seller: SellerId; purpose: PurposeKey; dialer: Dialer };
  answer: ScreeningAnswer;
};

export type NumberOnRecord = Omit<NumberSeen, "reading" | "judged">;

/** Of a number that is not on record. */
export const unmet: NumberOnRecord = {
  phoneId: null,
  isErased: false,
  person: nobody,
  line: nothingLookedUp,
  consents: [],
  again: [],
  timeline: {
    events: [],
    next: null,
    counts: { consent: 0, "opt-out": 0, suppression: 0, call: 0, screening: 0 },
  },
};

/** What rows say of a phone. Whoever asks has put on record that they look. */
export const readOnRecord = (
  ctx: RootContext,
  { id: phoneId, isErased }: StoredPhone,
  look: Look,
  judged: Judged | null,
): Promise<NumberOnRecord> =>
  inTransaction(ctx, async (ctx) => {
    const person = await personOf(ctx, phoneId);
    const line = await lineOf(ctx, phoneId);
    const consents = await latestConsents(ctx, phoneId);
    const timeline = await timelineOf(ctx, phoneId, person, look);
    const again = judged ? await readAgreedAgain(ctx, phoneId, questionOf(judged)) : [];
    return { phoneId, isErased, person, line, consents, timeline, again };
  });

const questionOf = ({ call: { seller, purpose, dialer } }: Judged) => ({
  sellerId: seller,
  purpose,
  channel: channelOf(dialer),
});

/** For which call it is judged, and what of the timeline is shown. */
export type Look = Omit<FindNumber, "phone" | "region">;

/**
 * What a screening would say of it now, by the same facts and the same judge. It comes before all
 * else that is read: its facts have a second, so that who waits for the database is told soon.
 */
export const judgeNow = async (
  ctx: RootContext,
  reading: ReadPhone,
  look: Look,
): Promise<Judged> => {
  const { call, answer } = await lookAtCall(ctx, reading, look);
  const { seller, purpose, dialer } = call;
  return { call: { seller: seller.id, purpose: purpose.key, dialer }, answer };
};
