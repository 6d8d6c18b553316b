import type { Message } from "../../platform/message/index.ts";
import type { OptOut } from "../../do-not-call/opt-out/index.ts";
import type { Reason, ReasonCode } from "../screening/index.ts";
import {
  type GateFault,
  severityRank,
  causeSeverity,
  worstSeverity,
  type CauseFound,
  type FoundViolation,
} from "./violation.ts";
import type { PhoneId } from "../../platform/ids.ts";

/** The findings against a call, from which `judgeCall` makes a violation. */
export type CallFindings = {
  /** Reasons against the call, by the facts and the law at its time. */
  refusals: readonly Reason[];
  /** True if the number was erased since the call. Reasons that every erased number has are then left out. */
  isErased: boolean;
  /** Way in which the call bypassed its screening; null if it had a valid permit. */
  gate: GateFault | null;
  /** True if the person opted out in the call and nobody recorded it. */
  isRefusalIgnored: boolean;
};

const gateMessages = {
  "refused-by-gate": { key: "violation.refused-by-gate" },
  "permit-expired": { key: "violation.permit-expired" },
  "without-permit": { key: "violation.without-permit" },
} as const satisfies Record<GateFault, Message>;

/** Lists everything that was wrong with a call, the gravest cause first; null for a lawful call. */
export function judgeCall({
  refusals,
  isErased,
  gate,
  isRefusalIgnored,
}: CallFindings): FoundViolation | null {
  const relevant = isErased
    ? refusals.filter(({ reason }) => !reasonsOfErased.has(reason))
    : refusals;
  const all: CauseFound[] = [
    ...relevant.map(({ reason, ...found }) => ({ cause: reason, ...found })),
    ...(isRefusalIgnored
      ? [
          {
            cause: "refusal-ignored" as const,
            message: { key: "violation.refusal-ignored" } as const,
          },
        ]
      : []),
    ...(gate === null ? [] : [{ cause: gate, message: gateMessages[gate] }]),
  ];
  const causes = all.toSorted((a, b) => weight(a) - weight(b));
  const [first, ...rest] = causes.map(({ cause }) => cause);
  return first === undefined ? null : { severity: worstSeverity([first, ...rest]), causes };
}

/** Reasons that every erased number has, so they say nothing about the call. */
const reasonsOfErased: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  "registry-unchecked",
  "zone-unknown",
  "jurisdiction-unknown",
]);

const weight = ({ cause }: CauseFound) => severityRank(causeSeverity(cause));

/** Time that an agent has to record an opt-out made in a call. */
const GRACE_MS = 3_600_000;

/** True if an opt-out of all calls was recorded since a call began, so that what the person said in it is on record. */
export const wasOptOutRecordedSince = (at: Date, optOuts: readonly OptOut[]): boolean =>
  optOuts
    .filter(({ scope }) => scope === "all")
    .some(wasRecordedBetween(at, Number.POSITIVE_INFINITY));

/**
 * True if the agent ignored what the person said: no opt-out, of any scope but profiling, was recorded within an hour
 * of the call. False until that hour has passed. Call it only for a call in which the person opted out.
 */
export function isRefusalIgnored(at: Date, optOuts: readonly OptOut[], now: Date): boolean {
  const until = at.getTime() + GRACE_MS;
  return now.getTime() > until && !optOuts.some(wasRecordedBetween(at, until));
}

const wasRecordedBetween =
  (at: Date, until: number) =>
  ({ scope, recordedAt }: OptOut) =>
    scope !== "profiling" &&
    recordedAt.getTime() >= at.getTime() - CLOCK_SLACK_MS &&
    recordedAt.getTime() <= until;

/** The screening behind a call: the one that the log names, else the last one in the day before the call. */
export type PriorScreening = {
  phoneId: PhoneId | null;
  verdict: "allow" | "refuse";
  at: Date;
  /** End of the permit that it gave or verified; null if there is none. */
  permitUntil: Date | null;
};

/** Tolerated clock difference: logs have whole seconds, and `doctor` warns if a dialer's clock is further off. */
export const CLOCK_SLACK_MS = 2_000;

/**
 * Finds how a call bypassed its screening, tolerating clock differences; null if it had a permit that was valid. A
 * screening of another number, or after the call, counts as none.
 */
export function findGateFault(
  { at, phoneId }: { at: Date; phoneId: PhoneId },
  screening: PriorScreening | null,
): GateFault | null {
  if (screening === null || screening.phoneId !== phoneId) return "without-permit";
  if (screening.at.getTime() > at.getTime() + CLOCK_SLACK_MS) return "without-permit";
  if (screening.verdict === "refuse") return "refused-by-gate";
  const until = screening.permitUntil?.getTime() ?? 0;
  return until + CLOCK_SLACK_MS < at.getTime() ? "permit-expired" : null;
}
