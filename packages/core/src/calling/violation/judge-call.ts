import type { Message } from "../../platform/message/index.ts";
import type { OptOut } from "../../do-not-call/opt-out/index.ts";
import type { Refusal } from "../screening/index.ts";
import { CLOCK_SLACK_MS } from "./gate-of.ts";
import {
  type GateFault,
  rankOf,
  type Severity,
  severityOf,
  type ViolationCause,
  worstOf,
} from "./violation-cause.ts";

/** One cause, with what it rests on; the sentence before a language puts it in words. */
export type CauseFound = Omit<Refusal, "reason"> & { cause: ViolationCause };

export type CallJudged = {
  /** What stood in the way by the facts and the law of the call's moment. */
  refusals: readonly Refusal[];
  gate: GateFault | null;
  isRefusalIgnored: boolean;
};

export type Found = { severity: Severity; causes: readonly CauseFound[] };

const gateMessages = {
  "refused-by-gate": { key: "violation.refused-by-gate" },
  "permit-expired": { key: "violation.permit-expired" },
  "without-permit": { key: "violation.without-permit" },
} as const satisfies Record<GateFault, Message>;

/** Whether a call should not have been, and all that was wrong with it, the gravest first; null for a good one. */
export function judgeCall({ refusals, gate, isRefusalIgnored }: CallJudged): Found | null {
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
  return first === undefined ? null : { severity: worstOf([first, ...rest]), causes };
}

const weight = ({ cause }: CauseFound) => rankOf(severityOf(cause));

/** How long an agent has to put on record what the person said, in milliseconds. */
const GRACE_MS = 3_600_000;

/** Whether a refusal of all calls was put on record since a call began: then the whole of it was heard. */
export const isHeardSince = (at: Date, optOuts: readonly OptOut[]): boolean =>
  optOuts.filter(({ scope }) => scope === "all").some(isHeardBetween(at, Number.POSITIVE_INFINITY));

/**
 * Whether what the person said in a call was not on record an hour later: the agent talked past it. For
 * as long as that hour runs nobody has.
 */
export function isRefusalIgnored(at: Date, optOuts: readonly OptOut[], now: Date): boolean {
  const until = at.getTime() + GRACE_MS;
  return now.getTime() > until && !optOuts.some(isHeardBetween(at, until));
}

const isHeardBetween =
  (at: Date, until: number) =>
  ({ scope, recordedAt }: OptOut) =>
    scope !== "profiling" &&
    recordedAt.getTime() >= at.getTime() - CLOCK_SLACK_MS &&
    recordedAt.getTime() <= until;
