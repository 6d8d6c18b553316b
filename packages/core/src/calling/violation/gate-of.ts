import type { PhoneId } from "../../platform/ids.ts";
import type { GateFault } from "./violation-cause.ts";

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
export function gateOf(
  { at, phoneId }: { at: Date; phoneId: PhoneId },
  screening: PriorScreening | null,
): GateFault | null {
  if (screening === null || screening.phoneId !== phoneId) return "without-permit";
  if (screening.at.getTime() > at.getTime() + CLOCK_SLACK_MS) return "without-permit";
  if (screening.verdict === "refuse") return "refused-by-gate";
  const until = screening.permitUntil?.getTime() ?? 0;
  return until + CLOCK_SLACK_MS < at.getTime() ? "permit-expired" : null;
}
