import { z } from "zod";
import { ReasonCode, type Reason } from "../screening/index.ts";
import { MemberId, ViolationId } from "../../platform/ids.ts";
import { storableText } from "../../platform/text/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";
import { StoredMessage, toStoredMessage } from "../../platform/message/index.ts";

/**
 * Ways to place a call without permission: although the screening refused it, after its permit had expired, or
 * without any permit.
 */
export const GateFault = z.enum(["refused-by-gate", "permit-expired", "without-permit"]);
export type GateFault = z.infer<typeof GateFault>;

/**
 * Causes of a violation: a reason that screening had against the call when it was placed, a fault in how it
 * was placed, an opt-out during the call that nobody recorded, or too many abandoned calls.
 */
export const ViolationCause = z.enum([
  ...ReasonCode.options,
  "refusal-ignored",
  "abandoned-calls",
  ...GateFault.options,
]);
export type ViolationCause = z.infer<typeof ViolationCause>;

/** The gravest first. */
export const Severity = z.enum(["grave", "serious", "minor"]);
export type Severity = z.infer<typeof Severity>;

/**
 * Severity by cause. Grave: the person or the screening had said no. Minor: the call may have been lawful, or
 * only its permit or a duty was missed.
 */
const severities = {
  "opted-out": "grave",
  "refusal-ignored": "grave",
  "refused-by-gate": "grave",
  suppressed: "serious",
  "processing-restricted": "grave",
  "dialer-refused": "grave",
  "quiet-hours": "grave",
  "consent-missing": "serious",
  "consent-expired": "serious",
  "consent-withdrawn": "grave",
  "consent-insufficient": "serious",
  "number-reassigned": "serious",
  "registry-listed": "serious",
  "dialer-not-allowed": "serious",
  "sector-banned": "serious",
  "frequency-cap": "serious",
  "outside-calling-hours": "serious",
  "day-not-allowed": "serious",
  "abandoned-calls": "serious",
  "number-invalid": "minor",
  "registry-unchecked": "minor",
  "zone-unknown": "minor",
  "jurisdiction-unknown": "minor",
  duty: "minor",
  "cannot-check": "minor",
  "permit-expired": "minor",
  "without-permit": "minor",
} as const satisfies Record<ViolationCause, Severity>;

export const causeSeverity = (cause: ViolationCause): Severity => severities[cause];

/** Rank for sorting. 0 is the gravest. */
export const severityRank = (severity: Severity): number => Severity.options.indexOf(severity);

/** Returns the severity of the gravest cause. */
export function worstSeverity(causes: readonly [ViolationCause, ...ViolationCause[]]): Severity {
  const ranks = causes.map((cause) => severityRank(causeSeverity(cause)));
  return Severity.options[Math.min(...ranks)] ?? "grave";
}

/** True if the cause is a missing, expired, withdrawn or insufficient consent. */
export const isConsentCause = (cause: ViolationCause): boolean => cause.startsWith("consent-");

export const ViolationStatus = z.enum(["open", "closed"]);
export type ViolationStatus = z.infer<typeof ViolationStatus>;

/** Reason for closing a violation: its cause was fixed, the call was allowed, or the log was wrong. */
export const ClosingReason = z.enum(["mended", "allowed-after-all", "log-was-wrong"]);
export type ClosingReason = z.infer<typeof ClosingReason>;

/**
 * Events in the history of a violation after it was found. `found-again`: a later check found new causes;
 * `found-no-more`: a later check no longer finds some of its causes.
 */
export const StepKind = z.enum(["found-again", "found-no-more", "assigned", "noted", "closed"]);
export type StepKind = z.infer<typeof StepKind>;

/** Input: how many waiting calls to judge at most. */
export const JudgeCalls = z.strictObject({ limit: z.int().min(1).optional() });

/** A cause, or `bypassed` for every way to place a call without permission. */
export const CauseFilter = z.enum([...ViolationCause.options, "bypassed"]);
export type CauseFilter = z.infer<typeof CauseFilter>;

/** The causes that a filter means. */
export const listFilteredCauses = (filter: CauseFilter): readonly ViolationCause[] =>
  filter === "bypassed" ? GateFault.options : [filter];

/** Input: which violations to list. They come page by page, the gravest first. */
export const ListViolations = z.strictObject({
  status: z.enum([...ViolationStatus.options, "all"]).default("open"),
  severity: Severity.optional(),
  cause: CauseFilter.optional(),
  /** Time of the earliest call. */
  from: z.date().optional(),
  /** `next` of the page before. */
  after: ViolationId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListViolations = z.infer<typeof ListViolations>;

const text = storableText(2_000).min(1);

/** Assigns a violation to a member. Null unassigns it. */
export const AssignViolation = z.strictObject({
  violationId: ViolationId,
  ownerId: MemberId.nullable(),
});
export type AssignViolation = z.infer<typeof AssignViolation>;

export const NoteViolation = z.strictObject({ violationId: ViolationId, text });
export type NoteViolation = z.infer<typeof NoteViolation>;

export const CloseViolation = z.strictObject({
  violationId: ViolationId,
  reason: ClosingReason,
  text,
});
export type CloseViolation = z.infer<typeof CloseViolation>;

/** Days until a violation must be closed. */
const daysToClose = { grave: 1, serious: 3, minor: 14 } as const satisfies Record<Severity, number>;

/** Returns the deadline for closing a violation found at this time. */
export const dueAt = (severity: Severity, foundAt: Date) =>
  new Date(foundAt.getTime() + daysToClose[severity] * DAY_MS);

type CauseIdentity = {
  cause: ViolationCause;
  rule?: string | undefined;
  registry?: string | undefined;
};

const causeKey = ({ cause, rule, registry }: CauseIdentity) =>
  JSON.stringify([cause, rule, registry]);

/**
 * Merges the causes of a call that is judged again. Known causes stay, whatever was learned since. `added`
 * contains the new ones.
 */
export function mergeCauses<Cause extends CauseIdentity>(
  known: readonly Cause[],
  found: readonly Cause[],
) {
  const knownKeys = new Set(known.map(causeKey));
  const added = found.filter((cause) => !knownKeys.has(causeKey(cause)));
  const causes = [...known, ...added].toSorted(
    (a, b) => severityRank(causeSeverity(a.cause)) - severityRank(causeSeverity(b.cause)),
  );
  return { causes, added };
}

/** One cause with its details. `message` is a key with values, to be translated when it is shown. */
export type CauseFound = Omit<Reason, "reason"> & { cause: ViolationCause };

/** All causes of a violation, and its severity. */
export type FoundViolation = { severity: Severity; causes: readonly CauseFound[] };

/** A cause as stored. */
export const StoredCause = z.object({
  cause: ViolationCause,
  message: StoredMessage,
  rule: z.string().optional(),
  citation: z.string().optional(),
  registry: z.string().optional(),
  missing: z.array(z.string()).readonly().optional(),
  since: z.coerce.date().optional(),
  until: z.coerce.date().optional(),
});
export type StoredCause = z.infer<typeof StoredCause>;

export const toStoredCauses = (causes: FoundViolation["causes"]) =>
  causes.map(({ message, ...cause }) => ({ ...cause, message: toStoredMessage(message) }));
