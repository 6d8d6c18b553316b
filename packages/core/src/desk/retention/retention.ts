import { z } from "zod";
import { RetentionPolicyId } from "../../platform/ids.ts";
import { PermanentReason } from "../../people/jurisdiction/index.ts";

/**
 * Kinds of records that have a retention period, in the order in which a sweep removes them: what refers to others
 * first. Opt-outs, what proves them, and the ledger are no kind: they stay for good.
 */
export const RetentionKind = z.enum([
  "complaints",
  "calls",
  "screenings",
  "evidence",
  "activities",
  "messages",
  "imports",
  "scrubs",
  "sign-ins",
  "audit",
  "contacts",
]);
export type RetentionKind = z.infer<typeof RetentionKind>;

type KindFacts = {
  /** The fewest days that our own work needs, such as frequency caps, which look back 31 days. */
  minDays: number;
  /** The most days. Sign-ins are deleted after half a year anyway. */
  maxDays: number;
  /** True if a record is about somebody, so that it may have a longer period in their country. */
  hasPlace: boolean;
};

const TEN_YEARS = 3_653;
const MOST_DAYS = TEN_YEARS * 3;

/** The limits that each kind sets to a retention period, besides the law. */
export const retentionKinds: Readonly<Record<RetentionKind, KindFacts>> = {
  complaints: { minDays: 365, maxDays: MOST_DAYS, hasPlace: true },
  calls: { minDays: 90, maxDays: MOST_DAYS, hasPlace: true },
  screenings: { minDays: 90, maxDays: MOST_DAYS, hasPlace: true },
  evidence: { minDays: 90, maxDays: MOST_DAYS, hasPlace: true },
  activities: { minDays: 90, maxDays: MOST_DAYS, hasPlace: true },
  messages: { minDays: 30, maxDays: MOST_DAYS, hasPlace: false },
  imports: { minDays: 7, maxDays: MOST_DAYS, hasPlace: false },
  scrubs: { minDays: 7, maxDays: MOST_DAYS, hasPlace: false },
  "sign-ins": { minDays: 30, maxDays: 180, hasPlace: false },
  audit: { minDays: 365, maxDays: MOST_DAYS, hasPlace: false },
  contacts: { minDays: 90, maxDays: MOST_DAYS, hasPlace: true },
};

/** A country (ISO 3166-1), or empty: everywhere. */
const Place = z.string().regex(/^([A-Z]{2})?$/);

/** A retention period that an officer chooses for a kind: everywhere, or longer for people in one country. */
export const ChosenTerm = z.strictObject({
  kind: RetentionKind,
  place: Place.default(""),
  days: z.int().positive().max(MOST_DAYS),
});
export type ChosenTerm = z.infer<typeof ChosenTerm>;

/** Proposes a policy. A kind without a term is kept for good; a policy without terms removes nothing. */
export const ProposeRetention = z.strictObject({
  terms: z.array(ChosenTerm).max(500),
  reason: PermanentReason,
});

/** Publishes a proposal or declines it. */
export const AnswerRetention = z.strictObject({
  policyId: RetentionPolicyId,
  isPublished: z.boolean(),
  reason: PermanentReason,
});
