import type { Message } from "../../platform/message/index.ts";
import type { OptOut } from "../../do-not-call/opt-out/index.ts";
import type { Reason } from "../screening/index.ts";
import {
  type GateFault,
  severityRank,
  causeSeverity,
  worstSeverity,
  type CauseFound,
  type FoundViolation,
} from "./violation.ts";
import type { PhoneId } from "../../platform/ids.ts";

export type CallJudged = {
  /** What stood in the way by the facts and the law of the call's moment. */
  refusals: readonly Reason[];
  gate: GateFault | null;
  isRefusalIgnored: boolean;
};

const gateMessages = {
  "refused-by-gate": { key: "violation.refused-by-gate" },
  "permit-expired": { key: "violation.permit-expired" },
  "without-permit": { key: "violation.without-permit" },
} as const satisfies Record<GateFault, Message>;

/** Whether a call should not have been, and all that was wrong with it, the gravest first; null for a good one. */
export function judgeCall({ refusals, gate, isRefusalIgnored }: CallJudged): FoundViolation | null {
  const all: CauseFound[] = [
    ...refusals.map(({ reason, ...found }) => ({ cause: reason, ...found })),
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

const weight = ({ cause }: CauseFound) => severityRank(causeSeverity(cause));

/** How long an agent has to put on record what the person said, in milliseconds. */
const GRACE_MS = 3_600_000;

/** Whether a refusal of all calls was put on record since a call began: then the whole of it was heard. */
export const wasOptOutRecordedSince = (at: Date, optOuts: readonly OptOut[]): boolean =>
  optOuts
    .filter(({ scope }) => scope === "all")
    .some(wasRecordedBetween(at, Number.POSITIVE_INFINITY));

/**
 * Whether what the person said in a call was not on record an hour later: the agent talked past it. For
 * as long as that hour runs nobody has.
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

/** The screening by which a call was placed: the one that its log names, else the last before it. */
export type PriorScreening = {
  phoneId: PhoneId | null;
  verdict: "allow" | "refuse";
  at: Date;
  permitUntil: Date | null;
};

/** Logs tell whole seconds, and a dialer's clock may be this much off: the doctor warns from there on. */
export const CLOCK_SLACK_MS = 2_000;

/** How a call was placed without leave, within the slack of clocks; null is by a permit that was good. */
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
