import { z } from "zod";
import {
  type CallFacts,
  type DutyConfirmation,
  type DutyRule,
  type DutySettings,
  type JurisdictionId,
  type RuleBook,
  describeDutySubject,
  hashDuty,
  findCallerDuties,
  findLastValidDay,
  isAboutDuty,
  isValidOn,
} from "../../people/jurisdiction/index.ts";
import { DutyConfirmationId } from "../../platform/ids.ts";
import { withMessage } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { listLocalDates, toDayNumber, toIsoDate } from "../../platform/time/index.ts";
import { CampaignKey, CampaignReference } from "./campaign.ts";

/**
 * An officer's statement that a caller's duty is fulfilled: something that the law requires and no program can check,
 * such as a registration. `version` is the version of the rule that the officer read.
 */
export const ConfirmDuty = CampaignReference.extend({
  ruleId: z.string().max(64),
  version: z.string().length(64),
  /** Such as a registration or contract number. */
  reference: storableText(80).default(""),
  note: storableText(500).default(""),
  /** Last day on which it is valid. */
  validUntil: z.iso.date().optional(),
});
export type ConfirmDuty = z.infer<typeof ConfirmDuty>;

export const WithdrawDuty = CampaignReference.extend({
  confirmationId: DutyConfirmationId,
  reason: storableText(500).min(10, withMessage("jurisdiction.reason-short")),
});
export type WithdrawDuty = z.infer<typeof WithdrawDuty>;

export const DutyState = z.enum([
  "confirmed",
  "missing",
  "expired",
  "withdrawn",
  /** The rule requires something else since it was confirmed. */
  "rule-changed",
  /** The campaign has another caller ID, label, dialer or script since it was confirmed. */
  "campaign-changed",
]);
export type DutyState = z.infer<typeof DutyState>;

/** A confirmation on record. */
export type RecordedConfirmation = DutyConfirmation & { isWithdrawn: boolean };

/** A duty of a campaign, and how it stands. */
export type CampaignDuty<C extends RecordedConfirmation = RecordedConfirmation> = {
  duty: DutyRule;
  version: string;
  /** The settings or scripts that a new confirmation would cover, as text to compare (`describeDutySubject`). */
  subject: string;
  state: DutyState;
  /** The confirmation that counts, or the last one that no longer does; null if there was none. */
  confirmation: C | null;
  /** Days until the confirmation ends; null if it has no end, or does not count. */
  daysLeft: number | null;
  /** First day of a rule that is not in force yet; null if it is. */
  startsOn: string | null;
  /** The last day for which it can be confirmed today; null if the law names no period. */
  lastValidDay: string | null;
};

/** Rules that begin within this many days are listed, so that there is time to fulfil them. */
const AHEAD_DAYS = 60;
/** A confirmation that ends within this many days is pointed out. */
const ENDING_DAYS = 14;

/**
 * Lists the duties of a campaign that calls these places, as of an instant, by every book that applies. A day counts
 * as soon as it has begun anywhere on Earth. `confirmations` are those of the campaign and of its seller, newest first.
 */
export function listCampaignDuties<C extends RecordedConfirmation>(
  books: readonly RuleBook[],
  campaign: { places: readonly JurisdictionId[]; facts: CallFacts; settings: DutySettings },
  confirmations: readonly C[],
  at: Date,
): CampaignDuty<C>[] {
  const { places, facts, settings } = campaign;
  const dates = listLocalDates(at, []);
  const today = at.toISOString().slice(0, 10);
  const ahead = Array.from({ length: AHEAD_DAYS }, (_, day) =>
    toIsoDate(toDayNumber(today) + day + 1),
  );
  const find = (days: readonly string[]) =>
    books.flatMap((book) => findCallerDuties(book, places, days, facts));
  const inForce = new Set(find(dates).map(hashDuty));
  // A duty that is in both books counts once.
  const duties = new Map(find([...dates, ...ahead]).map((duty) => [hashDuty(duty), duty]));
  return [...duties.values()].map((duty) => {
    const confirmationsOfDuty = confirmations.filter(({ rule }) => rule === duty.id);
    const judged = judgeDuty(duty, confirmationsOfDuty, settings, dates);
    const end = judged.state === "confirmed" ? judged.confirmation?.validUntil : undefined;
    return {
      duty,
      version: hashDuty(duty),
      subject: describeDutySubject(duty, settings),
      ...judged,
      daysLeft: end ? toDayNumber(end) - toDayNumber(today) : null,
      startsOn: inForce.has(hashDuty(duty)) ? null : duty.effectiveFrom,
      lastValidDay: findLastValidDay(duty, today),
    };
  });
}

function judgeDuty<C extends RecordedConfirmation>(
  duty: DutyRule,
  confirmations: readonly C[],
  settings: DutySettings,
  dates: readonly string[],
): { state: DutyState; confirmation: C | null } {
  const valid = confirmations.filter(
    (confirmation) =>
      !confirmation.isWithdrawn &&
      isAboutDuty(confirmation, duty, settings) &&
      isValidOn(confirmation, dates),
  );
  const [longest] = valid.toSorted((a, b) => compareEnds(b.validUntil, a.validUntil));
  if (longest) return { state: "confirmed", confirmation: longest };
  const [last] = confirmations;
  if (last === undefined) return { state: "missing", confirmation: null };
  return { state: explainLapse(last, duty, settings), confirmation: last };
}

/** Compares last days. A confirmation without an end lasts longest. */
const compareEnds = (a: string | null, b: string | null) =>
  (a === null ? Number.POSITIVE_INFINITY : toDayNumber(a)) -
    (b === null ? Number.POSITIVE_INFINITY : toDayNumber(b)) || 0;

function explainLapse(
  last: RecordedConfirmation,
  duty: DutyRule,
  settings: DutySettings,
): Exclude<DutyState, "confirmed" | "missing"> {
  if (last.isWithdrawn) return "withdrawn";
  if (last.version !== hashDuty(duty)) return "rule-changed";
  return isAboutDuty(last, duty, settings) ? "expired" : "campaign-changed";
}

/** True if calls are refused because of the duty: it is in force, and no confirmation of it counts. */
export const isOpenDuty = ({ state, startsOn }: Pick<CampaignDuty, "state" | "startsOn">) =>
  state !== "confirmed" && startsOn === null;

/** True if the confirmation ends soon. */
export const isEndingDuty = ({ daysLeft }: Pick<CampaignDuty, "daysLeft">) =>
  daysLeft !== null && daysLeft <= ENDING_DAYS;

/** Groups duties by place. Places and duties that hold up calls come first, then those that soon may. */
export function groupDutiesByPlace<D extends CampaignDuty>(
  duties: readonly D[],
): { place: JurisdictionId; open: number; duties: D[] }[] {
  const rank = (duty: D) =>
    isOpenDuty(duty) ? 0 : isEndingDuty(duty) || duty.state !== "confirmed" ? 1 : 2;
  const sorted = duties.toSorted((a, b) => rank(a) - rank(b));
  return [...Map.groupBy(sorted, ({ duty }) => duty.jurisdiction)].map(([place, ofPlace]) => ({
    place,
    open: ofPlace.filter(isOpenDuty).length,
    duties: ofPlace,
  }));
}

/** Asks for the duties of a campaign by its key. */
export const ReadDutiesByKey = z.strictObject({ key: CampaignKey });

/** The duties of a campaign, as machines read them. */
export const CampaignDuties = z
  .object({
    campaign: CampaignKey,
    /** Null if the people of its segment were never counted. Then it cannot start. */
    open: z.int().nullable(),
    items: z.array(
      z.object({
        rule: z.string(),
        place: z.string(),
        sentence: z.string(),
        citation: z.string(),
        mark: z.enum(["A", "B", "C"]),
        state: DutyState,
        startsOn: z.iso.date().nullable(),
        confirmedAt: z.date().nullable(),
        validUntil: z.iso.date().nullable(),
      }),
    ),
  })
  .meta({ id: "CampaignDuties" });
export type CampaignDuties = z.infer<typeof CampaignDuties>;
