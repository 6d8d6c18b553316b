import {
  type CallRelationship,
  type JurisdictionId,
  type RuleOfType,
  deriveFromBook,
  isInForce,
  listLineage,
  listWithParents,
  requiredChannel,
} from "../../people/jurisdiction/index.ts";
import {
  type ConsentEvent,
  type ConsentQuestion,
  coversQuestion,
  isEnquiry,
  isGrant,
  isRefusal,
} from "../../consents/consent/index.ts";
import { type OptOut, coversCall } from "../../do-not-call/opt-out/index.ts";
import { addPeriod, listLocalDates } from "../../platform/time/index.ts";
import type { ScreeningFacts } from "./facts.ts";

/** Groups the rules that say how long an established business relationship lasts, by place. Bills are left out. */
const groupRelationshipRules = deriveFromBook(({ rules }) =>
  Map.groupBy(
    rules.filter(
      (rule): rule is RuleOfType<"ebr"> => rule.type === "ebr" && rule.status !== "bill_unverified",
    ),
    ({ jurisdiction }) => jurisdiction,
  ),
);

/**
 * Finds, for each place of a call, whether the person has an established business relationship with the seller: by a
 * purchase or an enquiry on record within the time that the law of the place, or of the one it lies in, names. Where
 * no law names one, and after any refusal of such calls, there is none.
 */
export function findRelationships(
  facts: ScreeningFacts,
): Readonly<Record<JurisdictionId, CallRelationship>> {
  const places = listWithParents(facts.law, facts.jurisdictions);
  const enquiries = facts.consents.filter(
    (event) => isGrant(event) && isEnquiry(event) && event.sellerId === facts.seller.id,
  );
  const hasNone = (facts.purchasedAt === null && enquiries.length === 0) || hasRefusedCalls(facts);
  return Object.fromEntries(
    places.map((place) => [place, hasNone ? "none" : findRelationship(place, facts, enquiries)]),
  );
}

function findRelationship(
  place: JurisdictionId,
  facts: ScreeningFacts,
  enquiries: readonly ConsentEvent[],
): CallRelationship {
  const rules = groupRelationshipRules(facts.law);
  const localDates = listLocalDates(facts.at, facts.zones);
  const rule = listLineage(facts.law, place)
    .flatMap((id) => rules.get(id) ?? [])
    .find((one) => localDates.every((date) => isInForce(one, date)));
  if (rule === undefined) return "none";
  const { transaction, inquiry } = rule.value;
  const { at, purchasedAt } = facts;
  const lasts = (since: Date, period: string | undefined) =>
    period !== undefined && since <= at && at <= addPeriod(since, period);
  if (purchasedAt !== null && lasts(purchasedAt, transaction)) return "transaction";
  return enquiries.some((event) => lasts(event.at, inquiry)) ? "inquiry" : "none";
}

function hasRefusedCalls(facts: ScreeningFacts): boolean {
  const question = toConsentQuestion(facts);
  return (
    facts.optOuts.some((optOut) => isKnownOptOut(facts)(optOut) && coversCall(optOut, question)) ||
    facts.consents.some(
      (event) => event.at <= facts.at && isRefusal(event) && coversQuestion(event, question),
    )
  );
}

/** Returns what a consent has to cover for a call. */
export const toConsentQuestion = ({
  seller,
  purpose,
  dialer,
}: ScreeningFacts): ConsentQuestion => ({
  sellerId: seller.id,
  purpose: purpose.key,
  channel: requiredChannel(dialer),
});

/**
 * Creates a filter for the opt-outs that count: all on record, whatever their time. In a what-if, those that were
 * made and recorded later do not count.
 */
export const isKnownOptOut =
  ({ isWhatIf, at }: ScreeningFacts) =>
  (optOut: OptOut) =>
    wasKnownAt(isWhatIf, at.getTime(), optOut.at.getTime(), optOut.recordedAt.getTime());

/**
 * True if an opt-out counts for a call at `instant`, as `isKnownOptOut` says: `at` is when it was made. All times are
 * epoch milliseconds.
 */
export const wasKnownAt = (isWhatIf: boolean, instant: number, at: number, recordedAt: number) =>
  !isWhatIf || at <= instant || recordedAt <= instant;
