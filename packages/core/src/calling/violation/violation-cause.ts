import { z } from "zod";
import { Reason } from "../screening/index.ts";

/** How a call was placed without leave: against the word of the gate, too late, or past it. */
export const GateFault = z.enum(["refused-by-gate", "permit-expired", "without-permit"]);
export type GateFault = z.infer<typeof GateFault>;

/** Why a call should not have been: what stood in its way at that moment, or how it was placed. */
export const ViolationCause = z.enum([
  ...Reason.options,
  "refusal-ignored",
  "abandoned-calls",
  ...GateFault.options,
]);
export type ViolationCause = z.infer<typeof ViolationCause>;

/** The gravest first. */
export const Severity = z.enum(["grave", "serious", "minor"]);
export type Severity = z.infer<typeof Severity>;

/** A call after a refusal is the gravest violation; what could not be checked need not have been wrong. */
const severities = {
  "opted-out": "grave",
  "refusal-ignored": "grave",
  "refused-by-gate": "grave",
  suppressed: "serious",
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

export const severityOf = (cause: ViolationCause): Severity => severities[cause];

/** 0 is the gravest: what rows are sorted by. */
export const rankOf = (severity: Severity): number => Severity.options.indexOf(severity);

/** The severity of several causes is that of the worst. */
export function worstOf(causes: readonly [ViolationCause, ...ViolationCause[]]): Severity {
  const ranks = causes.map((cause) => rankOf(severityOf(cause)));
  return Severity.options[Math.min(...ranks)] ?? "grave";
}

/** Whether a consent that was on record would have made it none. */
export const isOfConsent = (cause: ViolationCause): boolean => cause.startsWith("consent-");
